/** Lines that the user and we both changed: named, never decided by us, never written without a clear yes. */
import { NeedsUserError, UserError } from "../../src/model/errors.ts";
import type { RepoPath } from "../../src/model/names.ts";
import { suggest } from "../../src/model/suggest.ts";
import type { Change, Tree } from "../../src/model/tree.ts";
import { markedLines } from "../../src/tree/merge.ts";
import type { Flag, NeedsUser } from "../generator.ts";

export type Conflict = Extract<Change, { kind: "conflict" }>;

const POLICIES = ["mark", "mine"] as const;
/** `mark`: both versions are written into the file. `mine`: the file stays as it is. */
export type ConflictPolicy = (typeof POLICIES)[number];

export const CONFLICT_FLAG: Flag = {
  name: "conflicts",
  value: "HOW",
  summary: "lines you and we both changed: mark writes both for you to choose, mine keeps your file",
  choices: POLICIES,
};

/** Throws UserError for a word that is none. */
export function policyOf(text: string | undefined): ConflictPolicy | undefined {
  if (text === undefined) return undefined;
  const policy = POLICIES.find((candidate) => candidate === text);
  if (policy !== undefined) return policy;
  const near = suggest(text, POLICIES);
  throw new UserError(
    `--conflicts ${text}: it is ${POLICIES.join(" or ")}`,
    near === undefined ? CONFLICT_FLAG.summary : `did you mean ${near}?`,
  );
}

export const conflictsIn = (changes: readonly Change[]): readonly Conflict[] =>
  changes.filter((change) => change.kind === "conflict");

export const settledConflicts = (changes: readonly Change[], policy: ConflictPolicy | undefined): readonly Change[] =>
  policy === "mine"
    ? changes.map((change) =>
        change.kind === "conflict" ? { kind: "keep", path: change.path, reason: "yours" } : change,
      )
    : changes;

/** `docs/dns.md:14` in the file as it is, or as it will be with its markers. */
export const placeOf = ({ path, lines }: Pick<Conflict, "path" | "lines">): string =>
  lines[0] === undefined ? path : `${path}:${lines[0]}`;

export const markedPlaces = ({ path, after }: Conflict): string => placeOf({ path, lines: markedLines(after) });

export function toDecide(conflicts: readonly Conflict[]): NeedsUser {
  return {
    message: `${conflicts.length === 1 ? "1 file needs" : `${conflicts.length} files need`} your decision: ${conflicts.map(placeOf).join(", ")}`,
    hint: "--conflicts mark writes both versions for you to choose from, --conflicts mine keeps yours; the rest is applied either way",
  };
}

export function toResolve(conflicts: readonly Conflict[]): NeedsUser {
  return {
    message: `to be resolved: ${conflicts.map(markedPlaces).join(", ")}`,
    hint: "keep what you want of the lines between <<<<<<< and >>>>>>>, delete the markers, and run gen apply again",
  };
}

/** Nobody can merge into a text that says two things. */
export function refuseMarked(disk: ReadonlyMap<RepoPath, string>, tree: Tree, replaced: ReadonlySet<RepoPath>): void {
  const marked = [...disk]
    .filter(([path]) => tree.get(path)?.kept === "managed" && !replaced.has(path))
    .map(([path, text]) => ({ path, lines: markedLines(text) }))
    .filter(({ lines }) => lines.length > 0);
  if (marked.length === 0) return;
  throw new NeedsUserError(
    `a conflict is not resolved yet: ${marked.map(placeOf).join(", ")}. Nothing was written.`,
    "keep what you want of the lines between <<<<<<< and >>>>>>>, and delete the markers",
  );
}
