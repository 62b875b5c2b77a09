/** Reading a repository's files. Text only: what is not UTF-8 is nothing we write, merge or scan. */
import { lstat, readdir, readFile, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../model/errors.ts";
import { parseRepoPath, type RepoPath } from "../model/names.ts";
import { STATE_FOLDER } from "../tree/stateFolder.ts";
import { isInside } from "./contain.ts";
import { diskFailure, isMissing } from "./failure.ts";
import { decode } from "./text.ts";

export interface ReadOptions {
  /** What to do with a file that is no UTF-8 text: UserError by default; `skip` where any file may lie about. */
  readonly binary?: "refuse" | "skip";
}

/**
 * Where a path leads, symbolic links followed. Undefined when nothing is there; UserError when it leads out of the
 * repository, whose content may come from anybody.
 */
async function target(top: string, path: RepoPath): Promise<string | undefined> {
  try {
    const absolute = await realpath(join(top, path));
    if (isInside(absolute, top)) return absolute;
    throw new UserError(
      `${path} cannot be read: a symbolic link leads out of the repository, to ${absolute}`,
      "replace the link by the file; nothing outside the repository is ever read",
    );
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function readText(top: string, path: RepoPath, { binary = "refuse" }: ReadOptions): Promise<string | undefined> {
  try {
    const absolute = await target(top, path);
    // A folder where a file is expected is told when something is to be written there.
    if (absolute === undefined || !(await stat(absolute)).isFile()) return undefined;
    const text = decode(await readFile(absolute));
    if (text !== undefined || binary === "skip") return text;
    throw new UserError(
      `${path} cannot be read: it is no UTF-8 text`,
      "convert it to UTF-8, or move it away, and run the command again",
    );
  } catch (error) {
    throw diskFailure(error, `read ${path}`, "Nothing was changed.");
  }
}

/** Whole texts of those files that exist. */
export async function readFiles(
  root: string,
  paths: Iterable<RepoPath>,
  options: ReadOptions = {},
): Promise<Map<RepoPath, string>> {
  const top = await realpath(root);
  const texts = await Promise.all([...paths].map(async (path) => [path, await readText(top, path, options)] as const));
  return new Map(texts.flatMap(([path, text]) => (text === undefined ? [] : [[path, text] as const])));
}

/** Those of the files that may be executed by their owner. None on Windows, which has no such bit. */
export async function executableFiles(root: string, paths: Iterable<RepoPath>): Promise<ReadonlySet<RepoPath>> {
  const modes = await Promise.all(
    [...paths].map(async (path) => [path, await lstat(join(root, path)).catch(() => undefined)] as const),
  );
  return new Set(modes.flatMap(([path, stats]) => (stats?.isFile() && stats.mode & 0o100 ? [path] : [])));
}

const NOT_CONTENT = new Set([".git", "node_modules", STATE_FOLDER]);

/**
 * Files below a folder (`""` for all), in path order. Links to files inside the repository count as files, links to
 * folders are not entered; a name no repository path can have is left out.
 */
export async function listFiles(root: string, folder: RepoPath | ""): Promise<readonly RepoPath[]> {
  const top = await realpath(root);
  const found: RepoPath[] = [];
  async function walk(below: string): Promise<void> {
    const entries = await readdir(join(top, below), { withFileTypes: true }).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw diskFailure(error, `read ${below || root}`, "Nothing was changed.");
    });
    for (const entry of entries) {
      const path = parseRepoPath(below === "" ? entry.name : `${below}/${entry.name}`);
      if (path === undefined || NOT_CONTENT.has(entry.name)) continue;
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(top, path)))) found.push(path);
    }
  }
  await walk(folder);
  return found.sort();
}

async function leadsToFile(top: string, path: RepoPath): Promise<boolean> {
  try {
    const absolute = await realpath(join(top, path));
    return isInside(absolute, top) && (await stat(absolute)).isFile();
  } catch {
    return false;
  }
}
