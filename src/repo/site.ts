/** Where a new repository is to be, and what is there now. */
import type { Stats } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, resolve, sep } from "node:path";
import { UserError } from "../model/errors.ts";
import { isInside, lstatOrNothing } from "./contain.ts";
import { diskFailure } from "./failure.ts";

/** Absolute, a symbolic link to a folder resolved. */
export async function folderAt(target: string): Promise<string> {
  const absolute = resolve(target);
  refuseName(absolute);
  const stats = lookAt(absolute);
  if (stats === undefined || stats.isDirectory()) return absolute;
  const real = stats.isSymbolicLink() ? await realpath(absolute).catch(() => undefined) : undefined;
  if (real !== undefined && (await stat(real)).isDirectory()) {
    refuseName(real);
    return real;
  }
  const what = stats.isSymbolicLink() ? "is a symbolic link that leads to no folder" : "is a file";
  throw new UserError(`cannot make a repository at ${absolute}: it ${what}`, "choose another folder, or move it away");
}

/** Folders that exist or can be made, and are still no place for files of a person. */
function refuseName(absolute: string): void {
  const shown = JSON.stringify(absolute);
  if (/[\x00-\x1f\x7f]/.test(absolute))
    throw new UserError(
      `cannot make a repository at ${shown}: the name has a control character`,
      "choose another name",
    );
  if (absolute.split(sep).some((name) => name.toLowerCase() === ".git"))
    throw new UserError(`cannot make a repository at ${absolute}: that is git's own folder`, "choose another folder");
}

function lookAt(path: string): Stats | undefined {
  try {
    return lstatOrNothing(path);
  } catch (error) {
    throw diskFailure(error, `look at ${path}`, "Nothing was written.");
  }
}

export interface Site {
  readonly state: "missing" | "empty" | "filled";
  /** The folder in which something new appears. */
  readonly ancestor: string;
  /** Names from there to the repository; the first one is what appears. */
  readonly names: readonly string[];
}

/** Absolute path of the folder. Throws UserError where no repository can be made, whatever is to be in it. */
export async function folderForNew(target: string): Promise<string> {
  const root = await folderAt(target);
  await siteOf(root);
  return root;
}

export async function siteOf(root: string): Promise<Site> {
  const names = [basename(root)];
  let ancestor = dirname(root);
  if (lookAt(root) !== undefined) {
    const entries = await readdir(root).catch((error: unknown) => {
      throw diskFailure(error, `look into ${root}`, "Nothing was written.");
    });
    return { state: entries.length === 0 ? "empty" : "filled", ancestor, names };
  }
  while (lookAt(ancestor) === undefined) {
    names.unshift(basename(ancestor));
    ancestor = dirname(ancestor);
  }
  if (!(await stat(ancestor)).isDirectory()) {
    throw new UserError(
      `cannot make a repository at ${root}: ${ancestor} is a file`,
      "choose another folder, or move that file",
    );
  }
  return { state: "missing", ancestor, names };
}

/** A folder somebody stands in would be gone under their feet. */
export async function canBeReplaced(root: string, cwd: string): Promise<boolean> {
  return !isInside(await realpath(cwd), await realpath(root));
}
