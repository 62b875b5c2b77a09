import type { RepoPath } from "../model/names.ts";
import type { File } from "../model/tree.ts";
import { printDocuments } from "../yaml/print.ts";

export type Entry = readonly [RepoPath, File];

/** Objects as a file. `seeded`: it belongs to an app that is the user's. */
export const objectFile = (path: RepoPath, objects: readonly unknown[], by: string, seeded?: boolean): Entry => [
  path,
  { content: printDocuments(objects), kept: seeded ? "seeded" : "managed", by },
];
