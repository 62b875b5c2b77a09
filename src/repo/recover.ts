/** What a run that was killed left behind: finished when it was completely staged, undone otherwise. */
import { readdir } from "node:fs/promises";
import type { RepoPath } from "../model/names.ts";
import { diskFailure } from "./failure.ts";
import { effects, type Effects, type Hooks } from "./effects.ts";
import { finish } from "./finish.ts";
import { heedingSignals } from "./interruption.ts";
import { journalFolders, plannedPaths, readJournal, removeJournal } from "./journal.ts";
import { lockState, withLock } from "./lock.ts";
import { hasStateHome, journalHome, stateHome } from "./stateHome.ts";

export interface Recovery {
  /** `finished`: the files are as the interrupted run wanted them. `undone`: as they were before it. */
  readonly outcome: "finished" | "undone";
  /** What the interrupted run was writing. */
  readonly paths: readonly RepoPath[];
  /** Those of them that somebody has changed since; they were left alone. */
  readonly left: readonly RepoPath[];
}

/**
 * For the beginning of every command. Undefined when there was nothing to recover, which costs three look-ups
 * and writes nothing. Throws EnvironmentError while another run is writing, and when the disk does not let it finish.
 */
export async function recover(root: string, hooks: Hooks = {}): Promise<Recovery | undefined> {
  if (!hasStateHome(root) || isTidy(await readdir(stateHome(root)))) return undefined;
  const somebodyRuns = typeof (await lockState(root)) === "number";
  if (somebodyRuns && (await journalFolders(root)).length === 0) return undefined;
  const disk = effects(hooks);
  return heedingSignals(() => withLock(root, disk, () => recoverJournals(root, disk)));
}

/** A killed run may also leave a lock, or a folder it had only begun to fill. */
const isTidy = (names: readonly string[]): boolean =>
  names.length > 0 && names.every((name) => name !== "journal" && name !== "lock" && !name.startsWith("lock."));

/** The same for who holds the lock already. */
export async function recoverJournals(root: string, disk: Effects): Promise<Recovery | undefined> {
  let recovery: Recovery | undefined;
  try {
    for (const folder of await journalFolders(root)) recovery = both(recovery, await recoverOne(root, folder, disk));
    await disk.removeEmptyFolder(journalHome(root));
  } catch (error) {
    throw diskFailure(
      error,
      "finish the change that was interrupted",
      "It stays noted down, and the next command tries again.",
    );
  }
  return recovery;
}

async function recoverOne(root: string, folder: string, disk: Effects): Promise<Recovery | undefined> {
  const journal = await readJournal(folder);
  if (journal !== undefined) {
    return {
      outcome: "finished",
      paths: journal.steps.map(({ path }) => path),
      left: await finish(root, journal, disk),
    };
  }
  const paths = await plannedPaths(folder);
  await removeJournal(folder, root, disk);
  // Killed before it had said what it was going to write, or after everything was in place.
  return paths.length === 0 ? undefined : { outcome: "undone", paths, left: [] };
}

/** More than one journal can only stand there when a lock was removed by hand. */
function both(one: Recovery | undefined, other: Recovery | undefined): Recovery | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return {
    outcome: one.outcome === "finished" || other.outcome === "finished" ? "finished" : "undone",
    paths: [...new Set([...one.paths, ...other.paths])],
    left: [...new Set([...one.left, ...other.left])],
  };
}
