/** Of a machine that stands there already: how much memory is in it. */
import { sizeField } from "../fields/size.ts";

export const memoryOption = sizeField({ example: "4GiB" })
  .optional()
  .describe("memory in the machine; with it is worked out whether what runs there fits");
