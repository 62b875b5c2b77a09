/** `--restore PATH`: a file as it is generated, whatever became of it. The only way an edit is given up, and by name. */
import { relative, resolve } from "node:path";
import { UserError } from "../../src/model/errors.ts";
import { parseRepoPath, type RepoPath } from "../../src/model/names.ts";
import { suggest } from "../../src/model/suggest.ts";
import type { File, Tree } from "../../src/model/tree.ts";
import type { Comparison } from "../../src/tree/compare.ts";
import type { Flag } from "../generator.ts";
import { SPEC_FILE } from "../repository.ts";

export const RESTORE_FLAG: Flag = {
  name: "restore",
  value: "PATH",
  summary: "write this file as it is generated, although you changed or deleted it; may stand more than once",
  repeated: true,
};

/** Paths as they are printed, or as they are typed in a folder of the repository. */
export function pathsToRestore(typed: readonly string[], tree: Tree, root: string, cwd: string): ReadonlySet<RepoPath> {
  const paths = typed.map((text) => {
    const here = relative(root, resolve(cwd, text)).replaceAll("\\", "/");
    const found = [text, here].map(parseRepoPath).find((path) => path !== undefined && tree.has(path));
    if (found !== undefined && found !== SPEC_FILE) return found;
    const near = suggest(text, [...tree.keys()]);
    throw new UserError(
      `--restore ${text}: ${found === undefined ? "no file of that name is generated" : "it is yours alone"}`,
      near === undefined ? "gen diff lists what is generated and stands otherwise on disk" : `did you mean ${near}?`,
    );
  });
  return new Set(paths);
}

/** Such a file is compared as if it had never been touched, or never been there. */
export function restoring(paths: ReadonlySet<RepoPath>, comparison: Comparison): Comparison {
  const { tree, disk } = comparison;
  const base = new Map(comparison.base);
  for (const path of paths) {
    const onDisk = disk.get(path);
    if (onDisk === undefined) base.delete(path);
    else base.set(path, onDisk);
  }
  const managed = [...tree].map(([path, file]): readonly [RepoPath, File] => [
    path,
    paths.has(path) ? { ...file, kept: "managed" } : file,
  ]);
  return { ...comparison, tree: new Map(managed), base };
}
