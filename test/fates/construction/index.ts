/** Every check, in the order of the areas. */
import type { Check } from "./check.ts";
import { networks } from "./networks.ts";

export const checks: readonly Check[] = [...networks];
