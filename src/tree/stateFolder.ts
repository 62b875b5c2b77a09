/** What lies in `.homelab-net`, and the two files that tell git how to treat it. */
import { repoPath, type RepoPath } from "../model/names.ts";

export const STATE_FOLDER = ".homelab-net";

/** Seen from the folder of homelab.yaml. */
export const isRemembered = (path: string): boolean => path.startsWith(`${STATE_FOLDER}/`);
/** As git is told below. */
export const isCommitted = (path: string): boolean =>
  !path.startsWith(`${STATE_FOLDER}/journal/`) && !/\/lock(?:\.[^/]*)?$/.test(path);
/** A text that was written once, compressed. */
export const isBase = (path: string): boolean => path.startsWith(`${STATE_FOLDER}/objects/`);

/** A run's lock and its journal belong to one machine; everything else there is committed. */
const STATE_GITIGNORE = "journal/\nlock\nlock.*\n";

/**
 * Records are lines whose order and repetition do not matter, so that `union` merges them without a conflict.
 * Objects are compressed: git must not convert line ends inside them.
 */
const STATE_GITATTRIBUTES = [
  "state/** text eol=lf merge=union linguist-generated",
  "objects/** binary linguist-generated",
  "",
].join("\n");

/** Part of every emitted repository, managed like any other file. */
export const stateHousekeeping: ReadonlyMap<RepoPath, string> = new Map([
  [repoPath(STATE_FOLDER, ".gitignore"), STATE_GITIGNORE],
  [repoPath(STATE_FOLDER, ".gitattributes"), STATE_GITATTRIBUTES],
]);
