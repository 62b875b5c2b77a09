/**
 * Trees are made here, so every tree iterates in path order and can be written to any file system.
 * Whoever adds a path twice, in two spellings or as both file and folder has a bug: a plain Error names both.
 */
import type { RepoPath } from "../model/names.ts";
import type { File, Tree } from "../model/tree.ts";
import { foldersOf, foldSpelling } from "./spelling.ts";

export type Entry = readonly [RepoPath, File];

export interface TreeBuilder {
  /** Throws a plain Error when the path is taken or the content is not text as `File` wants it. */
  add(path: RepoPath, file: File): TreeBuilder;
  build(): Tree;
}

interface Taken {
  readonly spelling: string;
  readonly kind: "file" | "folder";
  readonly by: string;
}

export function treeBuilder(): TreeBuilder {
  const files = new Map<RepoPath, File>();
  const taken = new Map<string, Taken>();

  function take(next: Taken): void {
    const key = foldSpelling(next.spelling);
    const previous = taken.get(key);
    if (previous === undefined) {
      taken.set(key, next);
    } else if (previous.spelling !== next.spelling) {
      throw new Error(
        `${next.spelling} (${next.by}) and ${previous.spelling} (${previous.by}) differ only in spelling`,
      );
    } else if (previous.kind !== next.kind || next.kind === "file") {
      throw new Error(`${next.spelling} is a ${previous.kind} of ${previous.by} and a ${next.kind} of ${next.by}`);
    }
  }

  const builder: TreeBuilder = {
    add(path, file) {
      if (file.content.includes("\r")) throw new Error(`${path} (${file.by}) has \\r line ends`);
      if (file.content !== "" && !file.content.endsWith("\n"))
        throw new Error(`${path} (${file.by}) has no final newline`);
      for (const folder of foldersOf(path)) take({ spelling: folder, kind: "folder", by: file.by });
      take({ spelling: path, kind: "file", by: file.by });
      files.set(path, file);
      return builder;
    },
    build: () => new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  return builder;
}

export function createTree(entries: Iterable<Entry>): Tree {
  const builder = treeBuilder();
  for (const [path, file] of entries) builder.add(path, file);
  return builder.build();
}

export function joinTrees(...trees: readonly Tree[]): Tree {
  return createTree(trees.flatMap((tree) => [...tree]));
}
