/** The second half of a change: staged files into place. Can be cut short anywhere and done again. */
import { dirname, join } from "node:path";
import type { RepoPath } from "../model/names.ts";
import { foldersOf } from "../tree/spelling.ts";
import { lookup, lstatOrNothing } from "./contain.ts";
import type { Effects } from "./effects.ts";
import { removeJournal, type Journal, type Step } from "./journal.ts";
import { contentHash } from "./prepare.ts";

/**
 * New contents first, removals last, then the journal goes. Returns the paths left as they are because somebody
 * changed them in between. What it throws leaves the journal in place, so that finishing can be tried again.
 */
export async function finish(root: string, journal: Journal, disk: Effects): Promise<readonly RepoPath[]> {
  const left: RepoPath[] = [];
  const numbered = journal.steps.map((step, index) => ({ step, staged: join(journal.folder, String(index)) }));
  const folders = new Set<string>();
  for (const { step, staged } of numbered.filter(({ step: { after } }) => after !== undefined)) {
    // Each path is looked up afresh: the steps before it made folders.
    const { absolute } = lookup(root).find(step.path);
    if (lstatOrNothing(staged) === undefined) continue;
    const current = contentHash(absolute);
    if (current === step.before) {
      await disk.makeFolder(dirname(absolute));
      await disk.rename(staged, absolute);
      folders.add(dirname(absolute));
    } else if (current !== step.after) {
      left.push(step.path);
    }
  }
  for (const { step } of numbered.filter(({ step: { after } }) => after === undefined)) {
    if (!(await removeFile(root, step, disk))) left.push(step.path);
  }
  for (const folder of folders) disk.settle(folder);
  await removeJournal(journal.folder, root, disk);
  return left;
}

/** With the folders that are empty then. False when the file is not the one that was to go. */
async function removeFile(root: string, { path, before }: Step, disk: Effects): Promise<boolean> {
  const { absolute } = lookup(root).find(path);
  const current = contentHash(absolute);
  if (current !== undefined && current !== before) return false;
  if (current !== undefined) await disk.remove(absolute);
  for (const folder of foldersOf(path).toReversed()) {
    if (!(await disk.removeEmptyFolder(join(root, folder)))) break;
  }
  return true;
}
