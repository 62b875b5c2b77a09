/** Temporary folders for tests, and proof of what happened to them. */
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { expect } from "vitest";
import { checkout } from "./paths.ts";

const made: string[] = [];

/** Called after the last test of each file; the end of the process would be too late, since vitest kills its workers. */
export function removeTemporaryFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/**
 * An empty folder that is gone after the last test of the file. Never inside the checkout: a program under test that
 * looks upward for a repository must not find this one.
 */
export function temporaryFolder(name = "test", parent: string = tmpdir()): string {
  const real = realpathSync(parent);
  const inside = relative(realpathSync(checkout), real);
  if (!isAbsolute(inside) && inside.split(sep)[0] !== "..") {
    throw new Error(`${real} is inside the checkout; set TMPDIR to a folder outside it`);
  }
  const folder = mkdtempSync(join(real, `homelab-net-${name}-`));
  made.push(folder);
  return folder;
}

/** Writes texts below a folder; a path that ends in `/` is an empty folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const target = join(folder, path);
    mkdirSync(path.endsWith("/") ? target : dirname(target), { recursive: true });
    if (path.endsWith("/")) continue;
    writeFileSync(target, text);
    if (text.startsWith("#!")) chmodSync(target, 0o755);
  }
}

export interface Entry {
  readonly sha256: string;
  /** Permission bits, `0o755`. */
  readonly mode: number;
  /** Content as text; where a symbolic link leads. */
  readonly text: string;
}

/**
 * Every file below a folder by its path with `/`, sorted; empty folders end in `/`. `.git` is left out unless
 * asked for, because git rewrites its index when it looks.
 */
export function snapshotTree(folder: string, options: { readonly git?: boolean } = {}): Record<string, Entry> {
  const result: Record<string, Entry> = {};
  const walk = (path: string): void => {
    const entries = readdirSync(join(folder, path), { withFileTypes: true });
    if (entries.length === 0 && path !== "") result[`${path}/`] = { sha256: "", mode: modeOf(path), text: "" };
    for (const entry of entries) {
      const below = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.name === ".git" && options.git !== true) continue;
      if (entry.isDirectory()) walk(below);
      else if (entry.isSymbolicLink()) result[below] = describe(readlinkSync(join(folder, below)), 0o777);
      else result[below] = describe(readFileSync(join(folder, below)), modeOf(below));
    }
  };
  const modeOf = (path: string): number => statSync(join(folder, path)).mode & 0o777;
  if (existsSync(folder)) walk("");
  return Object.fromEntries(Object.entries(result).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const describe = (content: string | Buffer, mode: number): Entry => ({
  sha256: createHash("sha256").update(content).digest("hex"),
  mode,
  text: content.toString(),
});

/** The folder is the same after `action` as before, names, texts and modes, whether it succeeds or throws. */
export async function expectUntouched<Result>(folder: string, action: () => Result | Promise<Result>): Promise<Result> {
  const before = snapshotTree(folder);
  try {
    return await action();
  } finally {
    expect(snapshotTree(folder)).toEqual(before);
  }
}
