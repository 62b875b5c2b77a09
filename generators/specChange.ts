/** Commands that change one thing in homelab.yaml: judged as the network will be, applied with all that follows. */
import { UserError } from "../src/model/errors.ts";
import { suggest } from "../src/model/suggest.ts";
import { CONFLICT_FLAG, policyOf } from "./apply/conflicts.ts";
import { prepareUpdate, type Told } from "./apply/prepare.ts";
import type { SpecEdit } from "./apply/written.ts";
import { given, WRITING, type Flag, type Generator, type Prepared, type Session } from "./generator.ts";
import type { OpenRepository } from "./repository.ts";

export interface SpecChange extends Told {
  readonly command: string;
  /** The words that ask for the same again, after the command. */
  readonly again: readonly string[];
  /** homelab.yaml with the change. */
  readonly text: string;
  readonly edits: readonly SpecEdit[];
}

export const CHANGING: readonly Flag[] = [CONFLICT_FLAG, ...WRITING];

/** Throws FindingsError when the network would not work any more. `others`: the generators whose files follow. */
export function prepareChange(
  { root, text: before }: OpenRepository,
  { command, again, text, edits, ...told }: SpecChange,
  others: readonly Generator[],
  session: Session,
): Promise<Prepared> {
  const policy = given(session, CONFLICT_FLAG.name);
  const wanted = { root, before, text, edits, conflicts: policyOf(policy), restore: [] };
  const flags = [...(policy === undefined ? [] : ["--conflicts", policy]), "--yes"];
  return prepareUpdate({ command, wanted, again: [command, ...again, ...flags], told }, others, session);
}

/** One of the names there are. Throws UserError for any other. */
export function oneOf(what: string, text: string, names: readonly string[]): string {
  const name = text.trim().toLowerCase().replace(/\.$/, "");
  if (names.includes(name)) return name;
  const near = suggest(name, names);
  const there = names.length === 0 ? "there is none" : `there are ${names.join(", ")}`;
  throw new UserError(`homelab.yaml has no ${what} ${name}`, near === undefined ? there : `did you mean ${near}?`);
}
