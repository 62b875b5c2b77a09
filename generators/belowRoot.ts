/** Paths as seen from the folder of homelab.yaml, which need not be the top of the Git repository. */
import { repoPath, type RepoPath } from "../src/model/names.ts";
import type { Plan } from "../src/model/plan.ts";
import type { File, Tree } from "../src/model/tree.ts";

type Root = Pick<Plan, "root">;

export const pathBelowRoot = (path: RepoPath, { root }: Root): RepoPath =>
  root === "" ? path : repoPath(path.slice(root.length + 1));

export function belowRoot(tree: Tree, plan: Root): ReadonlyMap<RepoPath, File> {
  if (plan.root === "") return tree;
  return new Map([...tree].map(([path, file]) => [pathBelowRoot(path, plan), file]));
}

/** The same for entries of lists. */
export function namedBelowRoot<Entry extends { readonly file: RepoPath }>(
  entries: readonly Entry[],
  plan: Root,
): readonly Entry[] {
  return entries.map((entry) => ({ ...entry, file: pathBelowRoot(entry.file, plan) }));
}
