/**
 * Temporary folders of a run in memory, where the machine has room there: hundreds of repositories of two hundred small
 * files each are made, copied and taken away, which costs a disk several times as much as all that is done with them.
 * TMPDIR says otherwise.
 */
import { accessSync, constants, existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A file system in memory on Linux; containers often have one of 64 MiB, and let nothing in it be run. */
const MEMORY = "/dev/shm";
const ENOUGH = 1024 ** 3;

let folder: string | undefined;

/** For vitest's `globalSetup`: before any worker starts, */
export function setup(): void {
  if ((process.env["TMPDIR"] ?? "") !== "" || !hasRoom()) return;
  folder = mkdtempSync(join(MEMORY, "homelab-net-"));
  if (mayRun(folder)) process.env["TMPDIR"] = folder;
}

/** and after the last one has ended. */
export function teardown(): void {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}

function hasRoom(): boolean {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= ENOUGH;
}

function mayRun(at: string): boolean {
  const file = join(at, "program");
  writeFileSync(file, "#!/bin/sh\n", { mode: 0o755 });
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
