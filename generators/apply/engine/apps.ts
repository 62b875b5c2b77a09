/** Apps that are the user's: what the engine that leaves has of them goes, what the other one needs is made anew. */
import type { App } from "../../../src/model/component.ts";
import type { RepoPath } from "../../../src/model/names.ts";
import type { Tree } from "../../../src/model/tree.ts";
import type { Pin, PinId } from "../../../src/model/unit.ts";
import { asList, asMap } from "../../../src/model/unknown.ts";
import { normalise } from "../../../src/tree/lines.ts";
import { neutralisePins } from "../../../src/tree/pins.ts";
import { same } from "../../../src/yaml/splice/same.ts";
import { readDocuments } from "../../../src/yaml/documents.ts";
import { ExpectedError } from "../../../src/model/errors.ts";
import type { Named } from "../../generator.ts";
import type { Drafts } from "./drafts.ts";

/** Paths are below the folder of homelab.yaml. */
export interface EngineSide extends Named {
  readonly files: Tree;
}

/** An app of a record, in the words of either engine. */
export interface UserApp {
  readonly namespace: string;
  readonly name: string;
  /** Folders of its units. */
  readonly folders: readonly RepoPath[];
  /** Texts of its files as they were written once. */
  readonly written: ReadonlyMap<RepoPath, string | undefined>;
  /** Pins its own files may carry beside those of the catalog. */
  readonly pins: readonly Pin[];
  /** What the engine that leaves would write today. */
  before(objects: ReadonlyMap<RepoPath, string>): EngineSide;
  /** What the one that comes has of it, at these versions. */
  after(objects: ReadonlyMap<RepoPath, string>, versions: ReadonlyMap<PinId, string>): EngineSide;
}

export interface Move {
  readonly before: EngineSide;
  readonly after: EngineSide;
}

export interface Stays {
  readonly app: Pick<App, "namespace" | "name">;
  /** What it stays for. */
  readonly path: RepoPath;
  readonly because: string;
}

/** Kustomize's own list of the files in a folder. */
const LIST = "kustomization.yaml";

/** How the app moves, why it stays, or nothing where it is gone. Writes nothing. */
export function moveOf(app: UserApp, drafts: Drafts, pins: readonly Pin[]): Move | Stays | undefined {
  const plain = app.before(new Map());
  const own = [...plain.files.keys()];
  // Both have a list of the objects in a folder, so that says nothing of who wrote it.
  const ofBoth = app.after(new Map(), new Map()).files;
  const first = own.find((path) => !ofBoth.has(path) && drafts.text(path) !== undefined);
  if (first === undefined) return already(app, drafts);
  const edited = (path: RepoPath, because: string): Stays => ({ app, path, because });
  const objects = new Map<RepoPath, string>();
  for (const folder of app.folders) {
    const listed = listedIn(`${folder}/${LIST}`, drafts).filter((path) => !own.includes(path));
    for (const path of listed) {
      const text = drafts.text(path);
      if (text === undefined)
        return edited(`${folder}/${LIST}` as RepoPath, `it lists ${path.slice(folder.length + 1)}`);
      objects.set(path, text);
    }
  }
  const before = app.before(objects);
  const all = [...pins, ...app.pins];
  const versions = new Map<PinId, string>();
  for (const [path, { content }] of before.files) {
    const [text, written] = [drafts.text(path), app.written.get(path)];
    if (text === undefined) return edited(first, `${path} is gone`);
    if (!isAsWritten(path, text, written, all)) return edited(path, "you changed this file");
    for (const { pin, ours } of neutralisePins({ base: content, ours: text, theirs: content }, all).moves)
      versions.set(pin, ours);
  }
  const unlisted = before.registrations.find(({ file, list, item }) => !lists(drafts.text(file), file, list, item));
  if (unlisted !== undefined) return edited(unlisted.file, `${unlisted.item} is not listed, so nobody applied it`);
  return { before, after: app.after(objects, versions) };
}

/** Added after homelab.yaml was edited and before that was applied: it only has to be named where the others are. */
function already(app: UserApp, drafts: Drafts): Move | undefined {
  const after = app.after(new Map(), new Map());
  const isThere = [...after.files.keys()].some((path) => drafts.text(path) !== undefined);
  const nothing = { files: new Map(), registrations: [], mentions: [] };
  return isThere ? { before: nothing, after: { ...after, files: new Map() } } : undefined;
}

/** As it was written, but for versions that have moved and for what a list names besides. */
function isAsWritten(path: RepoPath, text: string, written: string | undefined, pins: readonly Pin[]): boolean {
  if (written === undefined) return false;
  const { base, ours } = neutralisePins({ base: written, ours: text, theirs: written }, pins);
  return ours === base || (path.endsWith(`/${LIST}`) && isSameBut("resources", ours, base, path));
}

const comments = (text: string): string =>
  normalise(text)
    .split("\n")
    .flatMap((line) => /(?:^|\s)#.*$/.exec(line)?.[0].trim() ?? [])
    .join("\n");

function isSameBut(key: string, text: string, other: string, path: string): boolean {
  const [mine, theirs] = [one(text, path), one(other, path)];
  if (mine === undefined || theirs === undefined || comments(text) !== comments(other)) return false;
  return same({ ...mine, [key]: null }, { ...theirs, [key]: null });
}

/** The only document of a file. */
export function one(text: string, path: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const [document, ...others] = readDocuments(text, path);
    return others.length > 0 ? undefined : asMap(document);
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}

const plainPath = (item: unknown): string => String(item).replace(/^\.\//, "");

/** Files a list of this folder names, as paths. */
function listedIn(path: string, drafts: Drafts): readonly RepoPath[] {
  const text = drafts.text(path as RepoPath);
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  return text === undefined
    ? []
    : asList(one(text, path)?.["resources"]).map((item) => `${folder}${plainPath(item)}` as RepoPath);
}

const lists = (text: string | undefined, path: string, list: string, item: string): boolean =>
  text !== undefined && asList(one(text, path)?.[list]).some((other) => plainPath(other) === plainPath(item));
