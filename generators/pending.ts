/** Two changes of a repository in one run: the second reads files as the first leaves them. */
import type { RepoPath } from "../src/model/names.ts";
import type { Change } from "../src/model/tree.ts";
import { listFiles, readFiles } from "../src/repo/disk.ts";

export type Pending = readonly Change[];

/** Whole texts of those files that exist then. */
export async function readPending(
  root: string,
  paths: Iterable<RepoPath>,
  pending: Pending,
): Promise<Map<RepoPath, string>> {
  const wanted = new Set(paths);
  const texts = await readFiles(root, wanted);
  for (const change of pending) {
    if (!wanted.has(change.path) || change.kind === "keep") continue;
    if (change.kind === "delete") texts.delete(change.path);
    else texts.set(change.path, change.after);
  }
  return texts;
}

/** Whether anything lies in a folder then. */
export async function isFilled(root: string, folder: RepoPath, pending: Pending): Promise<boolean> {
  const isIn = ({ kind, path }: Change): boolean => kind === "create" && path.startsWith(`${folder}/`);
  return pending.some(isIn) || (await listFiles(root, folder)).length > 0;
}

/** Each file once, from what it is on disk to what the second makes of it. */
export function inOne(first: Pending, second: readonly Change[]): readonly Change[] {
  const later = new Map(second.map((change) => [change.path, change]));
  const both = first.map((change) => {
    const next = later.get(change.path);
    return next === undefined ? change : joined(change, next);
  });
  const known = new Set(first.map(({ path }) => path));
  return [...both, ...second.filter(({ path }) => !known.has(path))].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function joined(change: Change, next: Change): Change {
  if (change.kind === "keep" || next.kind === "keep") return change.kind === "keep" ? next : change;
  if (!("after" in next) || change.kind === "delete") throw new Error(`${next.path} is taken away and written at once`);
  return { ...change, after: next.after };
}
