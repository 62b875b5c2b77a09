/** One run at a time writes to a repository. The lock is a file with the process id of its holder. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EnvironmentError, UserError } from "../model/errors.ts";
import { STATE_FOLDER } from "../tree/stateFolder.ts";
import type { Effects } from "./effects.ts";
import { codeOf, diskFailure, isMissing } from "./failure.ts";
import { isRunning, parsePid } from "./processes.ts";
import { hasStateHome, lockFile, stateHome } from "./stateHome.ts";

/** Locks of this very process: in a container the dead run before often had the same id. */
const held = new Set<string>();

async function contentOf(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    if (codeOf(error) !== "EISDIR") throw diskFailure(error, `read ${STATE_FOLDER}/lock`, "Nothing was changed.");
    throw new UserError(`${STATE_FOLDER}/lock is a folder, and no run makes one`, `remove ${STATE_FOLDER}/lock`);
  });
}

/** The process that holds the lock, undefined when there is none or it is dead. */
function holderOf(file: string, content: string): number | undefined {
  const pid = parsePid(content.trim());
  if (pid === undefined) return undefined;
  return pid === process.pid ? (held.has(file) ? pid : undefined) : isRunning(pid) ? pid : undefined;
}

/** `free`, `stale` or the process id of the run that holds the repository. */
export async function lockState(root: string): Promise<"free" | "stale" | number> {
  const content = await contentOf(lockFile(root));
  return content === undefined ? "free" : (holderOf(lockFile(root), content) ?? "stale");
}

const taken = (pid: number) =>
  new EnvironmentError(
    `another run is writing to this repository (process ${pid})`,
    `wait until it has finished; if process ${pid} is none of ours, remove ${STATE_FOLDER}/lock`,
  );

async function create(file: string, disk: Effects): Promise<boolean> {
  try {
    await disk.announce("write", file);
    await writeFile(file, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    // On a full disk the name fits and the process id does not.
    if ((await contentOf(file)) === "") await disk.remove(file);
    throw error;
  }
}

/**
 * Takes a dead run's lock away. Renaming it first makes sure that of two runs only one does so, and that it was the
 * dead one's lock and not that of a run which had just been quicker.
 */
async function takeOver(file: string, content: string, disk: Effects): Promise<void> {
  const aside = `${file}.${process.pid}`;
  try {
    await disk.rename(file, aside);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  if ((await contentOf(aside)) === content) await disk.remove(aside);
  else await disk.rename(aside, file);
}

async function acquire(root: string, disk: Effects): Promise<void> {
  const file = lockFile(root);
  try {
    if (!hasStateHome(root)) await disk.makeFolder(stateHome(root));
    while (!(await create(file, disk))) {
      const content = await contentOf(file);
      const holder = content === undefined ? undefined : holderOf(file, content);
      if (holder !== undefined) throw taken(holder);
      if (content !== undefined) await takeOver(file, content, disk);
    }
    held.add(file);
  } catch (error) {
    await disk.removeEmptyFolder(stateHome(root));
    throw diskFailure(error, `write ${STATE_FOLDER}/lock`, "Nothing was changed.");
  }
}

/** Locks that runs died over while taking them over. */
async function removeAsides(root: string, disk: Effects): Promise<void> {
  for (const name of await readdir(stateHome(root))) {
    const pid = name.startsWith("lock.") ? parsePid(name.slice("lock.".length)) : undefined;
    if (pid !== undefined && (pid === process.pid || !isRunning(pid))) await disk.remove(join(stateHome(root), name));
  }
}

/** Does `work` while no other run can. Throws EnvironmentError at once when one holds the lock: a run takes moments. */
export async function withLock<Result>(root: string, disk: Effects, work: () => Promise<Result>): Promise<Result> {
  await acquire(root, disk);
  try {
    await removeAsides(root, disk);
    return await work();
  } finally {
    held.delete(lockFile(root));
    await disk.remove(lockFile(root));
    // Of a repository that was not to be after all, nothing stays behind.
    await disk.removeEmptyFolder(stateHome(root));
  }
}
