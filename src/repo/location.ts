/** Which repository a command is about. */
import { lstatSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { STATE_FOLDER } from "../tree/stateFolder.ts";

const SPEC = "homelab.yaml";

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

/** Whether a file of that name lies in the folder itself, not behind a link. */
export const hasFile = (folder: string, name: string): boolean => has(folder, name, "isFile");

/**
 * What is left of a repository here or above: one of the two signs without the other, such as after homelab.yaml was
 * moved away. For a message; no command works in it.
 */
export function findRemains(from: string): { readonly folder: string; readonly lacks: string } | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const [spec, state] = [has(folder, SPEC, "isFile"), has(folder, STATE_FOLDER, "isDirectory")];
    if (spec !== state) return { folder, lacks: spec ? STATE_FOLDER : SPEC };
    if (folder === dirname(folder)) return undefined;
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
      (has(folder, SPEC, "isFile") || has(join(folder, STATE_FOLDER), "journal", "isDirectory"));
    if (isOne) return { root: folder };
    if (folder === dirname(folder)) return undefined;
  }
}
