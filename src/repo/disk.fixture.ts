/** Folders on a real disk for tests: made, filled, looked at in full. */
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

// Modes below are those of a usual umask, whatever the developer's is.
process.umask(0o022);

/** Removed when the test is over. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "homelab-net-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function fill(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

export function temporaryFolderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  fill(folder, files);
  return folder;
}

export const setMode = (folder: string, path: string, mode: number): void => chmodSync(join(folder, path), mode);

export const modeOf = (folder: string, path: string): number => lstatSync(join(folder, path)).mode & 0o777;

/** Everything below a folder, empty folders included, with content and mode; `undefined` content is a folder. */
export function snapshot(folder: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const walk = (below: string) => {
    for (const name of readdirSync(join(folder, below)).sort()) {
      const path = below === "" ? name : `${below}/${name}`;
      const stats = lstatSync(join(folder, path));
      const mode = (stats.mode & 0o777).toString(8);
      if (stats.isDirectory()) {
        found[`${path}/`] = "folder";
        walk(path);
      } else if (stats.isSymbolicLink()) {
        found[path] = `→ ${readlinkSync(join(folder, path))}`;
      } else {
        found[path] = `${mode} ${readFileSync(join(folder, path), "latin1")}`;
      }
    }
  };
  walk("");
  return found;
}

/** What the operating system would throw. */
export const systemError = (code: string): Error => Object.assign(new Error(`${code}: simulated`), { code });
