/** The plan as a table: every address of the network in order, then what is inside the cluster. */
import type { Plan } from "../model/plan.ts";
import { addressRows } from "../plan/addressRows.ts";
import { columns } from "./wrap.ts";

export const networkTable = (plan: Plan, width: number): string =>
  [
    "  Network plan",
    columns(
      addressRows(plan).map(({ address, what, note, ofPool }) =>
        ofPool ? [`  ${address}`, `  ${what}`, note] : [address, what, note],
      ),
      "  ",
      width,
    ),
  ].join("\n");
