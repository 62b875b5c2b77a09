/** Files as they will be: changes that were decided, and more edits on top of them. */
import type { RepoPath } from "../../../src/model/names.ts";
import type { Change } from "../../../src/model/tree.ts";

export interface Drafts {
  /** Undefined where no file is, or will be. */
  text(path: RepoPath): string | undefined;
  /** `undefined` takes the file away. */
  write(path: RepoPath, text: string | undefined): void;
  /** The user decides about its lines, so nothing more is written into it. */
  isContested(path: RepoPath): boolean;
  paths(): readonly RepoPath[];
  /** In path order; what comes back to where it began is no change. */
  changes(): readonly Change[];
}

export function draftsOf(decided: readonly Change[], disk: ReadonlyMap<RepoPath, string>): Drafts {
  const before = new Map(decided.map((change) => [change.path, change]));
  const after = new Map<RepoPath, string | undefined>(disk);
  for (const change of decided)
    if (change.kind !== "keep") after.set(change.path, change.kind === "delete" ? undefined : change.after);
  const written = new Set<RepoPath>();
  const isContested = (path: RepoPath) => before.get(path)?.kind === "conflict";
  return {
    text: (path) => after.get(path),
    isContested,
    write: (path, text) => {
      if (isContested(path)) throw new Error(`${path} is the user's to decide about`);
      written.add(path);
      after.set(path, text);
    },
    paths: () => [...after].flatMap(([path, text]) => (text === undefined ? [] : [path])).sort(),
    changes: () => {
      const ours = [...written].flatMap((path): readonly Change[] => {
        const old = before.get(path);
        const change = changeOf(path, disk.get(path), after.get(path), old?.kind === "merge");
        return change === undefined ? [] : [change];
      });
      const others = decided.filter(({ path }) => !written.has(path));
      return [...others, ...ours].sort((a, b) => (a.path < b.path ? -1 : 1));
    },
  };
}

function changeOf(
  path: RepoPath,
  before: string | undefined,
  after: string | undefined,
  merged: boolean,
): Change | undefined {
  if (after === undefined) return before === undefined ? undefined : { kind: "delete", path, before };
  if (before === undefined) return { kind: "create", path, after };
  if (before === after) return { kind: "keep", path, reason: "same" };
  return { kind: merged ? "merge" : "update", path, before, after };
}
