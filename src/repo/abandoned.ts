/** Folders in which a repository was being built when its run was killed. They carry the run's process id. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { lstatOrNothing } from "./contain.ts";
import type { Effects } from "./effects.ts";
import { isRunning, parsePid } from "./processes.ts";

const MARK = ".create-homelab-net-";

export const temporaryName = (name: string): string => `.${name}${MARK}${process.pid}`;

/** Removes those whose run is dead. To be called before this run makes its own. */
export async function removeAbandoned(folder: string, disk: Effects): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const at = name.startsWith(".") ? name.lastIndexOf(MARK) : -1;
    const pid = at > 0 ? parsePid(name.slice(at + MARK.length)) : undefined;
    if (pid === undefined || (pid !== process.pid && isRunning(pid))) continue;
    if (lstatOrNothing(join(folder, name))?.isDirectory()) await disk.removeAll(join(folder, name));
  }
}
