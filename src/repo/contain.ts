/**
 * Where a path of the repository lies on this disk. Lexical safety is `parseRepoPath`'s; here are the things only
 * the disk knows: symbolic links, folders and files in each other's place, names that differ only in spelling.
 */
import { lstatSync, readdirSync, realpathSync, type Stats } from "node:fs";
import { join, relative, isAbsolute, sep } from "node:path";
import { UserError } from "../model/errors.ts";
import type { RepoPath } from "../model/names.ts";
import { foldersOf, foldSpelling } from "../tree/spelling.ts";
import { diskFailure, isMissing } from "./failure.ts";

export interface Location {
  /** Absolute, with symbolic links among the parents resolved. */
  readonly absolute: string;
  /** The file as it is, undefined when there is none. */
  readonly stats: Stats | undefined;
  /** The deepest folder of the path that exists, absolute. */
  readonly folder: string;
}

/** Looks paths up below one root, reading each folder once. */
export interface Lookup {
  /**
   * Throws UserError when writing to the path would leave the root or replace something that is no plain file,
   * EnvironmentError when a folder on the way may not be looked into.
   */
  find(path: RepoPath): Location;
}

export function lstatOrNothing(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function realOrNothing(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Whether `path` is `folder` or lies in it. Both absolute and resolved. */
export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

export function lookup(root: string): Lookup {
  const names = new Map<string, ReadonlyMap<string, readonly string[]>>();

  function spellings(folder: string): ReadonlyMap<string, readonly string[]> {
    const known = names.get(folder) ?? byFoldedSpelling(readdirSync(folder));
    names.set(folder, known);
    return known;
  }

  function enter(folder: string, name: string, path: RepoPath): Stats | undefined {
    const alike = spellings(folder).get(foldSpelling(name)) ?? [];
    const [other] = alike;
    if (other === undefined) return undefined;
    if (alike.includes(name)) return lstatOrNothing(join(folder, name));
    throw new UserError(
      `${path} cannot be written: ${other} is there, which macOS and Windows take for the same name as ${name}`,
      `rename ${other} to ${name}, or remove it, and run the command again`,
    );
  }

  function find(path: RepoPath): Location {
    const top = realpathSync(root);
    refuseGit(path, path);
    let folder = top;
    for (const parent of foldersOf(path)) {
      const name = parent.split("/").at(-1) ?? parent;
      const stats = enter(folder, name, path);
      if (stats === undefined) return { absolute: join(folder, ...rest(path, parent)), stats: undefined, folder };
      folder = stats.isSymbolicLink() ? follow(join(folder, name), parent, path, top) : join(folder, name);
      if (!stats.isSymbolicLink() && !stats.isDirectory()) throw notAFolder(parent, path);
    }
    const name = path.split("/").at(-1) ?? path;
    const stats = enter(folder, name, path);
    if (stats !== undefined && !stats.isFile()) throw notAFile(stats, path);
    return { absolute: join(folder, name), stats, folder };
  }

  return {
    find(path) {
      try {
        return find(path);
      } catch (error) {
        throw diskFailure(error, `look at ${path}`);
      }
    },
  };
}

function byFoldedSpelling(all: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const grouped = new Map<string, string[]>();
  for (const name of all) grouped.set(foldSpelling(name), [...(grouped.get(foldSpelling(name)) ?? []), name]);
  return grouped;
}

/** The part of `path` from `parent`'s own name on. */
const rest = (path: string, parent: string): readonly string[] => path.split("/").slice(parent.split("/").length - 1);

/** Git's own folder is no part of what it keeps. */
function refuseGit(way: string, path: RepoPath): void {
  if (!way.split("/").some((part) => /^(\.git|git~1)$/i.test(part))) return;
  throw new UserError(
    `${path} cannot be written: it would lie in git's own folder`,
    "remove the entry or the link that leads there",
  );
}

/** A symbolic link to a folder inside the repository is the user's layout; one that leads out is refused. */
function follow(link: string, parent: string, path: RepoPath, top: string): string {
  const target = realOrNothing(link);
  if (target === undefined) {
    throw new UserError(
      `${path} cannot be written: the symbolic link ${parent} leads nowhere`,
      `remove the link ${parent}, or let it lead to a folder`,
    );
  }
  if (!isInside(target, top)) {
    throw new UserError(
      `${path} cannot be written: the symbolic link ${parent} leads out of the repository, to ${target}`,
      `replace the link ${parent} by a folder; nothing outside the repository is ever written`,
    );
  }
  refuseGit(relative(top, target).split(sep).join("/"), path);
  if (!lstatSync(target).isDirectory()) throw notAFolder(parent, path);
  return target;
}

const notAFolder = (parent: string, path: RepoPath) =>
  new UserError(
    `${path} cannot be written: ${parent} is a file, and a folder is needed there`,
    `move or remove ${parent} and run the command again`,
  );

function notAFile(stats: Stats, path: RepoPath): UserError {
  if (stats.isSymbolicLink()) {
    return new UserError(
      `${path} cannot be written: it is a symbolic link, and writing would replace the link`,
      `put the file itself at ${path}, or remove the link, and run the command again`,
    );
  }
  const what = stats.isDirectory() ? "a folder" : "no regular file";
  return new UserError(`${path} cannot be written: it is ${what}`, `move or remove ${path} and run the command again`);
}

/** Absolute path of a file that may be written. For one path; several share the work through `lookup`. */
export async function resolveInside(root: string, path: RepoPath): Promise<string> {
  return lookup(root).find(path).absolute;
}
