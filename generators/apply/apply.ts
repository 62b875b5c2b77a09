/** `gen apply`: the repository brought in line with an edited homelab.yaml, and with this version of the program. */
import { given, WRITING, type Generator, type Prepared, type Session } from "../generator.ts";
import { readSpec } from "../repository.ts";
import { CONFLICT_FLAG, policyOf } from "./conflicts.ts";
import { prepareUpdate } from "./prepare.ts";
import { RESTORE_FLAG } from "./restore.ts";

export interface ApplyInput {
  readonly root: string;
  readonly text: string;
}

/** `others`: the generators whose files it renders again. */
export const applyGenerator = (others: readonly Generator[]): Generator<ApplyInput> => ({
  name: "apply",
  summary: "Brings the files in line with an edited homelab.yaml. Your edits of them are kept.",
  argument: "",
  argumentSummary: "",
  flags: [CONFLICT_FLAG, RESTORE_FLAG, ...WRITING],
  examples: ["gen apply", "gen apply --conflicts mark --yes", "gen apply --restore docs/dns.md"],
  collect: readSpec,
  prepare: (input, session) => prepare(input, others, session),
});

function prepare({ root, text }: ApplyInput, others: readonly Generator[], session: Session): Promise<Prepared> {
  const policy = given(session, "conflicts");
  const restore = session.flags.get("restore") ?? session.environment.get("restore") ?? [];
  const wanted = { root, before: text, text, edits: [], conflicts: policyOf(policy), restore };
  const flags = [
    ...(policy === undefined ? [] : ["--conflicts", policy]),
    ...restore.flatMap((path) => ["--restore", path]),
  ];
  return prepareUpdate({ command: "apply", wanted, again: ["apply", ...flags, "--yes"] }, others, session);
}
