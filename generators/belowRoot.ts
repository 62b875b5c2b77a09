/** Paths as seen from the folder of homelab.yaml, which need not be the top of the Git repository. */
import { repoPath, type RepoPath } from "../src/model/names.ts";
import type { Plan } from "../src/model/plan.ts";
import type { File, Tree } from "../src/model/tree.ts";

export function belowRoot(tree: Tree, { root }: Pick<Plan, "root">): ReadonlyMap<RepoPath, File> {
  if (root === "") return tree;
  return new Map([...tree].map(([path, file]) => [repoPath(path.slice(root.length + 1)), file]));
}
