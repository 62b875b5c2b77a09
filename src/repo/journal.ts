/**
 * The journal of one run: `.homelab-net/journal/<n>/` with the new files by number and a manifest. Under its final
 * name the manifest says that everything is staged: from there on a run is finished, before that it is undone.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../model/errors.ts";
import { parseRepoPath, type RepoPath } from "../model/names.ts";
import { STATE_FOLDER } from "../tree/stateFolder.ts";
import type { Effects } from "./effects.ts";
import { isMissing } from "./failure.ts";
import { journalHome } from "./stateHome.ts";

/** One path, with the sha256 of what stood there and of what is to stand there; absent means no file. */
export interface Step {
  readonly path: RepoPath;
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

export interface Journal {
  /** Absolute. */
  readonly folder: string;
  /** The staged file of the n-th step is called `n`. */
  readonly steps: readonly Step[];
}

const FORMAT = 1;
const COMPLETE = "manifest.json";
const UNFINISHED = "manifest.part";

export const completeManifest = (folder: string): string => join(folder, COMPLETE);
export const unfinishedManifest = (folder: string): string => join(folder, UNFINISHED);

export const manifestText = (steps: readonly Step[]): string =>
  `${JSON.stringify({ format: FORMAT, steps }, undefined, 2)}\n`;

const numbersIn = (names: readonly string[]): readonly number[] =>
  names
    .filter((name) => /^[1-9]\d{0,8}$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);

/** Folders of journals, oldest first. */
export async function journalFolders(root: string): Promise<readonly string[]> {
  const names = await readdir(journalHome(root)).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  return numbersIn(names).map((number) => join(journalHome(root), String(number)));
}

/** Undefined when the run did not come as far as completing it. Throws UserError when somebody else wrote it. */
export async function readJournal(folder: string): Promise<Journal | undefined> {
  const text = await readOrNothing(completeManifest(folder));
  if (text === undefined) return undefined;
  const steps = parseManifest(text);
  if (steps !== undefined) return { folder, steps };
  const shown = `${STATE_FOLDER}/journal`;
  throw new UserError(
    `${shown} holds an interrupted change that cannot be read: it is damaged, or this program did not write it. Nothing was changed`,
    `remove the folder ${shown} to give the change up, then look at git status and run the command again`,
  );
}

/** What an unfinished journal was going to write, as far as it says so. */
export async function plannedPaths(folder: string): Promise<readonly RepoPath[]> {
  const text = await readOrNothing(unfinishedManifest(folder));
  return (text === undefined ? undefined : parseManifest(text))?.map(({ path }) => path) ?? [];
}

/** Takes a journal away, the manifest last: until then the next run knows what this was. */
export async function removeJournal(folder: string, root: string, disk: Effects): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const isManifest = (name: string) => name === COMPLETE || name === UNFINISHED;
  for (const name of [...names.filter((each) => !isManifest(each)), ...names.filter(isManifest)])
    await disk.removeAll(join(folder, name));
  await disk.removeEmptyFolder(folder);
  await disk.removeEmptyFolder(journalHome(root));
}

async function readOrNothing(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
}

function parseManifest(text: string): readonly Step[] | undefined {
  try {
    const { format, steps } = JSON.parse(text) as { format?: unknown; steps?: unknown };
    if (format !== FORMAT || !Array.isArray(steps)) return undefined;
    const parsed = steps.map(parseStep);
    return parsed.every((step) => step !== undefined) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function parseStep(value: unknown): Step | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { path, before, after } = value as Record<string, unknown>;
  const parsed = typeof path === "string" ? parseRepoPath(path) : undefined;
  if (parsed === undefined || !isHash(before) || !isHash(after)) return undefined;
  return { path: parsed, before, after };
}

const isHash = (value: unknown): value is string | undefined =>
  value === undefined || (typeof value === "string" && /^[0-9a-f]{64}$/.test(value));
