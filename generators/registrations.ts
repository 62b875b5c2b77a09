/** Lists that make an app known, spliced where they stand; what people wrote into them stays as it is. */
import type { Engine } from "../src/model/component.ts";
import { UserError } from "../src/model/errors.ts";
import { repoPath, type RepoPath } from "../src/model/names.ts";
import type { Change } from "../src/model/tree.ts";
import type { Mention, Registration } from "../src/model/registration.ts";
import { registrationFiles } from "../src/compose/registrations.ts";
import { readFiles } from "../src/repo/disk.ts";
import { readPending, type Pending } from "./pending.ts";
import { appendToList, removeFromList } from "../src/yaml/splice.ts";
import { appendInObject } from "../src/yaml/spliceObject.ts";

/** kustomize takes a file of any of these names, and no folder may have two of them. */
const NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** One change a list that lacks an entry; `root` is the folder the paths are below. */
export async function registrationChanges(
  root: string,
  registrations: readonly Registration[],
  engine: Engine,
  pending: Pending = [],
): Promise<readonly Change[]> {
  const files = [...new Set(registrations.map(({ file }) => file))];
  const disk = await readPending(root, files.flatMap(spellings), pending);
  return files.flatMap((file): Change[] => {
    const own = registrations.filter((registration) => registration.file === file);
    const path = standing(file, disk);
    const before = path === undefined ? undefined : disk.get(path);
    if (path === undefined || before === undefined) {
      const made = registrationFiles(own, engine).get(file);
      return made === undefined ? [] : [{ kind: "create", path: file, after: made.content }];
    }
    const after = own.reduce((text, { list, item }) => appendToList(text, path, [list], item).text, before);
    return after === before ? [] : [{ kind: "update", path, before, after }];
  });
}

export interface EntryOnDisk {
  readonly entry: Registration;
  /** The list as it is called there. */
  readonly path: RepoPath;
  readonly text: string;
}

/** Those of the entries that stand in their lists. */
export async function entriesOnDisk(root: string, entries: readonly Registration[]): Promise<readonly EntryOnDisk[]> {
  const disk = await readFiles(
    root,
    entries.flatMap(({ file }) => spellings(file)),
  );
  return entries.flatMap((entry) => {
    const path = standing(entry.file, disk);
    const text = path === undefined ? undefined : disk.get(path);
    if (path === undefined || text === undefined) return [];
    return removeFromList(text, path, [entry.list], entry.item).changed ? [{ entry, path, text }] : [];
  });
}

/** One change an object that does not name what it should. */
export async function mentionChanges(
  root: string,
  mentions: readonly Mention[],
  pending: Pending = [],
): Promise<readonly Change[]> {
  const disk = await readPending(
    root,
    mentions.map(({ file }) => file),
    pending,
  );
  return [...disk].flatMap(([path, before]): Change[] => {
    const after = mentions
      .filter(({ file }) => file === path)
      .reduce(
        (text, { object, list, item, by }) => appendInObject(text, path, object, { path: list, item, by }).text,
        before,
      );
    return after === before ? [] : [{ kind: "update", path, before, after }];
  });
}

/** The list as it is called on the disk. */
function standing(file: RepoPath, disk: ReadonlyMap<RepoPath, string>): RepoPath | undefined {
  const found = spellings(file).filter((path) => disk.has(path));
  if (found.length > 1)
    throw new UserError(
      `${found.join(" and ")} stand side by side, and kustomize reads neither`,
      "keep one of them, with the entries of both",
    );
  return found[0];
}

function spellings(file: RepoPath): readonly RepoPath[] {
  const folder = file.slice(0, file.lastIndexOf("/") + 1);
  const name = file.slice(folder.length);
  return NAMES.includes(name) ? NAMES.map((other) => repoPath(`${folder}${other}`)) : [file];
}
