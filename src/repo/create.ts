/** A new repository on disk, all of it or nothing. */
import { chmod, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { CancelledError, NeedsUserError, UserError } from "../model/errors.ts";
import type { RepoPath } from "../model/names.ts";
import { foldSpelling } from "../tree/spelling.ts";
import { removeAbandoned, temporaryName } from "./abandoned.ts";
import { applyChanges } from "./apply.ts";
import { lookup } from "./contain.ts";
import { effects, type Effects, type Hooks } from "./effects.ts";
import { codeOf, diskFailure } from "./failure.ts";
import { heedingSignals, type Interrupted } from "./interruption.ts";
import { contentHash } from "./prepare.ts";
import { journalFolders } from "./journal.ts";
import { recover, type Recovery } from "./recover.ts";
import { sha256 } from "./hash.ts";
import { canBeReplaced, folderAt, siteOf, type Site } from "./site.ts";
import { hasStateHome } from "./stateHome.ts";
import type { FileWrite } from "./writes.ts";

export interface CreateOptions {
  /** Overwrite files that stand where ours should. Others are never touched. */
  readonly force?: boolean;
  /** Where the user stands; the folder of this process when absent. */
  readonly cwd?: string;
  readonly hooks?: Hooks;
}

export interface Created {
  /** Absolute path of the repository. */
  readonly root: string;
  readonly written: readonly RepoPath[];
  /** A README or licence that was there and stays. */
  readonly kept: readonly RepoPath[];
  /** A change to the folder that was cut short before, completed or taken back first. */
  readonly recovered?: Recovery;
  /** Ctrl-C came when it was too late to turn back: what was to come after writing should not. */
  readonly interrupted: boolean;
}

/**
 * Where nothing is, or an empty folder, the repository appears by one rename. Into a folder with other files it goes
 * as a journalled change. Throws UserError naming the files that stand in the way; otherwise as `applyChanges`.
 */
export async function createRepository(
  target: string,
  writes: readonly FileWrite[],
  { force = false, cwd = process.cwd(), hooks = {} }: CreateOptions = {},
): Promise<Created> {
  const root = await folderAt(target);
  const site = await siteOf(root);
  const disk = effects(hooks);
  await removeAbandoned(site.ancestor, disk);
  if (site.state === "missing" || (site.state === "empty" && (await canBeReplaced(root, cwd)))) {
    const created = await heedingSignals((interrupted) => appear(root, site, writes, disk, interrupted));
    if (created !== undefined) return created;
  }
  return intoFolder(root, writes, force, hooks);
}

/** A mount point; a folder of the user in one that is not. */
const FILLED_INSTEAD: readonly string[] = ["EBUSY", "EXDEV", "EACCES", "EPERM"];

/** Undefined when the folder that is there cannot be replaced. */
async function appear(
  root: string,
  { state, ancestor, names }: Site,
  writes: readonly FileWrite[],
  disk: Effects,
  interrupted: Interrupted,
): Promise<Created | undefined> {
  const [first = "", ...rest] = names;
  const temporary = join(ancestor, temporaryName(first));
  const place = join(ancestor, first);
  let doing = `make ${root}`;
  try {
    await disk.mayChange(ancestor);
    await disk.makeFolder(join(temporary, ...rest));
    const folders = new Set<string>();
    for (const { path, content, executable = false } of writes) {
      if (await interrupted()) throw new CancelledError();
      doing = `write ${path}`;
      const file = join(temporary, ...rest, path);
      if (!folders.has(dirname(file))) await disk.makeFolder(dirname(file));
      folders.add(dirname(file));
      await disk.write(file, Buffer.from(content), { executable });
    }
    doing = `make ${root}`;
    if (state === "empty") {
      await chmod(temporary, (await stat(place)).mode & 0o7777);
      // Windows does not rename over a folder.
      if (process.platform === "win32") await disk.removeEmptyFolder(place);
    }
    if (await interrupted()) throw new CancelledError();
    await disk.rename(temporary, place);
  } catch (error) {
    await disk.removeAll(temporary);
    if (FILLED_INSTEAD.includes(codeOf(error) ?? "") && state === "empty") return undefined;
    if (["ENOTEMPTY", "EEXIST"].includes(codeOf(error) ?? "")) {
      throw new NeedsUserError(
        `${place} was filled by somebody else in the meantime. Nothing was written.`,
        "look at what is in it, then run the command again",
      );
    }
    throw diskFailure(error, doing, "Nothing was written.");
  }
  return { root, written: writes.map(({ path }) => path), kept: [], interrupted: await interrupted() };
}

/** What a Git host puts into a new repository. */
const WELCOME = /^(\.git|readme(\..*)?|licen[cs]e(\..*)?)$/i;

interface Standing {
  readonly kept: readonly FileWrite[];
  readonly ours: readonly FileWrite[];
  readonly inTheWay: ReadonlySet<RepoPath>;
}

/** What of the writes can go into a folder that has files. Throws UserError naming what stands in the way. */
async function standing(root: string, writes: readonly FileWrite[], force: boolean): Promise<Standing> {
  const entries = await readdir(root);
  const stays = entries.every((name) => WELCOME.test(name)) ? new Set(entries.map(foldSpelling)) : new Set<string>();
  const kept = writes.filter(({ path }) => stays.has(foldSpelling(path)));
  const ours = writes.filter(({ path }) => !stays.has(foldSpelling(path)));
  const inTheWay = differing(root, ours);
  if (inTheWay.size === 0 || force) return { kept, ours, inTheWay };
  throw new UserError(
    `${inTheWay.size === 1 ? "a file stands" : `${inTheWay.size} files stand`} in the way in ${root}: ${[...inTheWay].join(", ")}`,
    `choose another folder, move ${inTheWay.size === 1 ? "it" : "them"} away, or replace exactly ${inTheWay.size === 1 ? "this file" : "these files"} with --force`,
  );
}

/** Throws what `createRepository` would throw before it writes anything, as far as the disk tells now. */
export async function refuseTaken(
  target: string,
  writes: readonly FileWrite[],
  { force = false, hooks = {} }: CreateOptions = {},
): Promise<void> {
  const root = await folderAt(target);
  const { state, ancestor } = await siteOf(root);
  try {
    await effects(hooks).mayChange(state === "missing" ? ancestor : root);
  } catch (error) {
    throw diskFailure(error, `make ${root}`, "Nothing was written.");
  }
  // A change that was cut short is finished or taken back first, and leaves other files than stand there now.
  if (state === "filled" && !(hasStateHome(root) && (await journalFolders(root)).length > 0))
    await standing(root, writes, force);
}

async function intoFolder(root: string, writes: readonly FileWrite[], force: boolean, hooks: Hooks): Promise<Created> {
  const recovered = await recover(root, hooks);
  const { kept, ours, inTheWay } = await standing(root, writes, force);
  const { written, interrupted } = await applyChanges(
    root,
    ours.map((write) => (inTheWay.has(write.path) ? { ...write, overwrite: true as const } : write)),
    hooks,
  );
  return {
    root,
    written,
    kept: kept.map(({ path }) => path),
    ...(recovered !== undefined && { recovered }),
    interrupted,
  };
}

/** Paths where another content stands. */
function differing(root: string, writes: readonly FileWrite[]): ReadonlySet<RepoPath> {
  const { find } = lookup(root);
  const found = new Set<RepoPath>();
  for (const { path, content } of writes) {
    const { absolute, stats } = find(path);
    if (stats !== undefined && contentHash(absolute) !== sha256(content)) found.add(path);
  }
  return found;
}
