/** `gen diff`: what `gen apply` would do, and nothing done. */
import { prepareUpdate } from "../apply/prepare.ts";
import type { ApplyInput } from "../apply/apply.ts";
import type { Generator } from "../generator.ts";
import { readSpec } from "../repository.ts";

export const diffGenerator = (others: readonly Generator[]): Generator<ApplyInput> => ({
  name: "diff",
  summary:
    "Shows what apply would do, and writes nothing. Ends with exit code 0 when that is nothing, with 3 when it is something.",
  argument: "",
  argumentSummary: "",
  flags: [
    { name: "diff", summary: "show the lines that change" },
    { name: "json", summary: "print one JSON object on stdout" },
  ],
  examples: ["gen diff", "gen diff --diff"],
  collect: readSpec,
  prepare: ({ root, text }, session) =>
    prepareUpdate(
      {
        command: "diff",
        wanted: { root, before: text, text, edits: [], restore: [] },
        again: ["diff"],
        readOnly: true,
      },
      others,
      session,
    ),
});
