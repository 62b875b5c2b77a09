/** Everything that can speak against a set of writes, found before the first byte is written. */
import { readFileSync, statSync } from "node:fs";
import { EnvironmentError, NeedsUserError, UserError } from "../model/errors.ts";
import type { RepoPath } from "../model/names.ts";
import { lookup, type Location } from "./contain.ts";
import type { Effects } from "./effects.ts";
import { diskFailure, isMissing } from "./failure.ts";
import { sha256 } from "./hash.ts";
import type { Step } from "./journal.ts";
import { stateHome } from "./stateHome.ts";
import type { Write } from "./writes.ts";

/** A write that changes something, with what the disk says. */
export interface Prepared extends Step {
  /** Absent: the file is removed. */
  readonly content?: Uint8Array;
  readonly absolute: string;
  readonly executable: boolean;
  /** Mode of the file that is replaced, and its new one. */
  readonly mode?: number;
}

export function contentHash(absolute: string): string | undefined {
  try {
    return sha256(readFileSync(absolute));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === "string" ? Buffer.from(content) : content;

/** Reading is what allows executing: 644 becomes 755, 600 becomes 700. */
const madeExecutable = (mode: number): number => mode | ((mode & 0o444) >> 2);

/**
 * Writes that have nothing to change are left out. Throws UserError for a path that must not be written,
 * NeedsUserError when a file is not as it was read, EnvironmentError when the disk does not permit it.
 */
export async function prepare(root: string, writes: readonly Write[], disk: Effects): Promise<readonly Prepared[]> {
  const { find } = lookup(root);
  const prepared: Prepared[] = [];
  const changed: RepoPath[] = [];
  const owners = new Map<string, RepoPath>();
  const folders = new Map<string, RepoPath>();
  for (const write of writes) {
    const location = find(write.path);
    refuseAlias(owners, location, write.path);
    const current = location.stats === undefined ? undefined : contentHash(location.absolute);
    const next = prepareOne(write, location, current);
    if (next === undefined) continue;
    if (next === "changed") changed.push(write.path);
    else prepared.push(next);
    folders.set(location.folder, write.path);
  }
  if (changed.length > 0) throw changedOnDisk(changed);
  for (const [folder, path] of folders) await permit(root, folder, path, disk);
  return prepared;
}

function prepareOne(
  write: Write,
  { absolute, stats }: Location,
  current: string | undefined,
): Prepared | "changed" | undefined {
  const { path } = write;
  const expected = write.before === undefined ? undefined : sha256(write.before);
  if ("remove" in write) {
    if (current === undefined) return undefined;
    return current === expected ? { path, absolute, before: current, executable: false } : "changed";
  }
  const content = bytesOf(write.content);
  const after = sha256(content);
  const executable = write.executable === true;
  const old = stats === undefined ? undefined : stats.mode & 0o7777;
  const mode = old !== undefined && executable ? madeExecutable(old) : old;
  if (current === after && mode === old) return undefined;
  if (current !== after && current !== expected && !write.overwrite) return "changed";
  return { path, absolute, before: current, after, content, executable, ...(mode !== undefined && { mode }) };
}

/** Through a symbolic link two paths can be one file. */
function refuseAlias(owners: Map<string, RepoPath>, { absolute }: Location, path: RepoPath): void {
  const other = owners.get(absolute);
  owners.set(absolute, path);
  if (other === undefined) return;
  if (other === path) throw new Error(`${path} is written twice in one change`);
  throw new UserError(
    `${other} and ${path} are one file here, through a symbolic link, and have to be two`,
    "replace the link by a folder and run the command again",
  );
}

async function permit(root: string, folder: string, path: RepoPath, disk: Effects): Promise<void> {
  try {
    await disk.mayChange(folder);
    if (statSync(folder).dev === statSync(stateHome(root)).dev) return;
  } catch (error) {
    throw diskFailure(error, `write ${path}`, "Nothing was changed.");
  }
  throw new EnvironmentError(
    `cannot write ${path}: its folder lies on another file system than the repository. Nothing was changed.`,
    "keep the repository on one file system",
  );
}

/** Throws NeedsUserError when a file is not as it was when it was prepared. */
export function refuseChanged(prepared: readonly Prepared[]): void {
  const changed = prepared.filter(({ absolute, before }) => contentHash(absolute) !== before).map(({ path }) => path);
  if (changed.length > 0) throw changedOnDisk(changed);
}

const changedOnDisk = (paths: readonly RepoPath[]): NeedsUserError =>
  new NeedsUserError(
    `${paths.length === 1 ? `${paths[0]} has` : `${paths.length} files have`} changed on disk since ${paths.length === 1 ? "it was" : "they were"} read${paths.length === 1 ? "" : `: ${paths.join(", ")}`}. Nothing was written.`,
    "run the command again: it starts from the files as they are now",
  );
