/** Which repository a command is about. */
import { lstatSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { STATE_FOLDER } from "../tree/stateFolder.ts";

export interface Repository {
  /** Absolute path of the folder of homelab.yaml. Every RepoPath is relative to it. */
  readonly root: string;
}

function has(folder: string, name: string, kind: "isFile" | "isDirectory"): boolean {
  try {
    return lstatSync(join(folder, name))[kind]();
  } catch {
    // Not there, or in a folder above that may not be looked into: no repository of this user either way.
    return false;
  }
}

/**
 * The nearest folder, from `from` upward, that has a homelab.yaml with a `.homelab-net` beside it. An interrupted
 * run may have left only its journal: that counts too, so that the next command can finish or undo it.
 */
export function findRepository(from: string): Repository | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const isOne =
      has(folder, STATE_FOLDER, "isDirectory") &&
      (has(folder, "homelab.yaml", "isFile") || has(join(folder, STATE_FOLDER), "journal", "isDirectory"));
    if (isOne) return { root: folder };
    if (folder === dirname(folder)) return undefined;
  }
}
