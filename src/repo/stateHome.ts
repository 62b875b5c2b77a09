/** The folder `.homelab-net` on a disk, whose content may come from anybody who could push to the repository. */
import { join } from "node:path";
import { UserError } from "../model/errors.ts";
import { STATE_FOLDER } from "../tree/stateFolder.ts";
import { lstatOrNothing } from "./contain.ts";

export const stateHome = (root: string): string => join(root, STATE_FOLDER);
export const journalHome = (root: string): string => join(root, STATE_FOLDER, "journal");
export const lockFile = (root: string): string => join(root, STATE_FOLDER, "lock");

/** Whether it exists. Throws UserError when it, or the journal in it, is something else than a folder, such as a link that leads elsewhere. */
export function hasStateHome(root: string): boolean {
  const folders = [
    { shown: STATE_FOLDER, absolute: stateHome(root) },
    { shown: `${STATE_FOLDER}/journal`, absolute: journalHome(root) },
  ];
  const found = folders.map((folder) => ({ ...folder, stats: lstatOrNothing(folder.absolute) }));
  for (const { shown, stats } of found) {
    if (stats === undefined || stats.isDirectory()) continue;
    const what = stats.isSymbolicLink() ? "a symbolic link" : "a file";
    throw new UserError(
      `${shown} is ${what}, and has to be a folder: what gen remembers lies there`,
      `remove ${shown} and restore the folder from git`,
    );
  }
  return found[0]?.stats !== undefined;
}
