/**
 * The last call of every command that writes. Everything is staged and noted down before the first file is replaced,
 * so a repository is as it was or as it should be, whatever happens in between (recover.ts).
 */
import { join } from "node:path";
import { CancelledError, NeedsUserError } from "../model/errors.ts";
import type { RepoPath } from "../model/names.ts";
import { effects, type Effects, type Hooks } from "./effects.ts";
import { diskFailure } from "./failure.ts";
import { finish } from "./finish.ts";
import { heedingSignals, type Interrupted } from "./interruption.ts";
import {
  completeManifest,
  journalFolders,
  manifestText,
  removeJournal,
  unfinishedManifest,
  type Journal,
} from "./journal.ts";
import { withLock } from "./lock.ts";
import { prepare, refuseChanged, type Prepared } from "./prepare.ts";
import { recoverJournals, type Recovery } from "./recover.ts";
import { journalHome } from "./stateHome.ts";
import type { Write } from "./writes.ts";

export interface Applied {
  readonly written: readonly RepoPath[];
  readonly removed: readonly RepoPath[];
  /** An earlier run's change, completed or taken back first. */
  readonly recovered?: Recovery;
  /** Ctrl-C came when it was too late to turn back: the files are written, what was to come after them should not. */
  readonly interrupted: boolean;
}

/**
 * Writes that change nothing are no writes. Throws, with nothing changed: UserError for a path that must not be
 * written; NeedsUserError when a file is not as it was read; EnvironmentError when the disk is full or read-only or
 * another run is writing; CancelledError after Ctrl-C.
 */
export async function applyChanges(root: string, writes: readonly Write[], hooks: Hooks = {}): Promise<Applied> {
  const disk = effects(hooks);
  return heedingSignals((interrupted) =>
    withLock(root, disk, async () => {
      const recovered = await recoverJournals(root, disk);
      const prepared = await prepare(root, writes, disk);
      const left =
        prepared.length === 0 ? [] : await bringIntoPlace(root, await stage(root, prepared, disk, interrupted), disk);
      if (left.length > 0) throw leftAlone(left);
      return {
        written: prepared.filter(({ after }) => after !== undefined).map(({ path }) => path),
        removed: prepared.filter(({ after }) => after === undefined).map(({ path }) => path),
        ...(recovered !== undefined && { recovered }),
        interrupted: await interrupted(),
      };
    }),
  );
}

async function stage(
  root: string,
  prepared: readonly Prepared[],
  disk: Effects,
  interrupted: Interrupted,
): Promise<Journal> {
  const folder = join(journalHome(root), String((await journalFolders(root)).length + 1));
  const steps = prepared.map(({ path, before, after }) => ({ path, before, after }));
  let doing = "note down what is to be written";
  try {
    await disk.makeFolder(folder);
    await disk.write(unfinishedManifest(folder), Buffer.from(manifestText(steps)), { durable: true });
    for (const [index, { path, content, executable, mode }] of prepared.entries()) {
      if (await interrupted()) throw new CancelledError();
      doing = `write ${path}`;
      if (content !== undefined)
        await disk.write(join(folder, String(index)), content, { executable, mode, durable: true });
    }
    refuseChanged(prepared);
    if (await interrupted()) throw new CancelledError();
    await disk.rename(unfinishedManifest(folder), completeManifest(folder));
    disk.settle(folder);
  } catch (error) {
    await removeJournal(folder, root, disk);
    throw diskFailure(error, doing, "Nothing was changed.");
  }
  return { folder, steps };
}

async function bringIntoPlace(root: string, journal: Journal, disk: Effects): Promise<readonly RepoPath[]> {
  try {
    return await finish(root, journal, disk);
  } catch (error) {
    throw diskFailure(
      error,
      "put the new files into place",
      "The change is noted down and the next gen command finishes it.",
    );
  }
}

const leftAlone = (paths: readonly RepoPath[]): NeedsUserError =>
  new NeedsUserError(
    `changed on disk at the very moment of writing, and left as it is: ${paths.join(", ")}. Everything else is written.`,
    "run the command again to bring it up to date",
  );
