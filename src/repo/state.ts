/**
 * What the repository remembers of the generators that were run in it: a record for each, and the texts they wrote.
 * Committed with the rest, needs neither git nor a network, and is untrusted: anybody who can push can edit it.
 */
import { UserError } from "../model/errors.ts";
import { parseLabel, type RepoPath } from "../model/names.ts";
import type { Tree } from "../model/tree.ts";
import { normalise } from "../tree/lines.ts";
import { sha256 } from "./hash.ts";
import { recordPath } from "./instance.ts";
import { objectPath, packObject, readObject } from "./objects.ts";
import type { GeneratorRecord, RecordedFile } from "./record.ts";
import { parseRecord, recordText } from "./recordText.ts";
import { readSources, type Source } from "./sources.ts";
import type { FileRemoval, FileWrite } from "./writes.ts";

export interface State {
  /** By generator, then instance. */
  readonly records: readonly GeneratorRecord[];
  find(generator: string, instance: string): GeneratorRecord | undefined;
  /** What was generated last for a path, by whichever record lists it. Undefined when nothing was, or it is lost. */
  base(path: RepoPath): string | undefined;
  /** The text with this hash, if the repository has it. */
  text(hash: string): string | undefined;
  /** Records as they stand on disk, by their own path. */
  readonly sources: ReadonlyMap<RepoPath, string>;
}

/** A record lies where its own words say; otherwise two could claim one instance. */
function parseAtItsPlace({ path, text }: Source): GeneratorRecord {
  const record = parseRecord(text, path);
  const place = parseLabel(record.generator) === undefined ? undefined : recordPath(record.generator, record.instance);
  if (place === path) return record;
  throw new UserError(
    `${path} is the record of ${JSON.stringify(`${record.generator} ${record.instance}`)}, which has another place`,
    "restore the file from git",
  );
}

/** Reads every record; texts are read when they are asked for. Throws UserError naming the file that is no record. */
export function readState(root: string): State {
  return stateOf(readSources(root), (hash) => readObject(root, hash));
}

/** Before the first generator ran. */
export const emptyState: State = stateOf([], () => undefined);

function stateOf(sources: readonly Source[], text: State["text"]): State {
  const records = sources.map(parseAtItsPlace);
  return {
    records,
    sources: new Map(sources.map((source) => [source.path, source.text])),
    find: (generator, instance) =>
      records.find((record) => record.generator === generator && record.instance === instance),
    base: (path) => {
      const file = records.map(({ files }) => files.get(path)).find((found) => found !== undefined);
      return file === undefined
        ? undefined
        : hashesOf(file)
            .map(text)
            .find((found) => found !== undefined);
    },
    text,
  };
}

const hashesOf = ({ sha256: hash, alternatives = [] }: RecordedFile): readonly string[] => [hash, ...alternatives];

/**
 * What `compare` takes as base: each file of a record with the text generated last, undefined where that is lost.
 * A text on disk or in the new tree that has the recorded hash is that text, so a lost object often does no harm;
 * where two branches were put together it is also the better of two origins.
 */
export function baseTexts(
  state: State,
  record: GeneratorRecord | undefined,
  { disk, tree }: { readonly disk: ReadonlyMap<RepoPath, string>; readonly tree: Tree },
): ReadonlyMap<RepoPath, string | undefined> {
  const bases = [...(record?.files ?? [])].map(([path, file]) => {
    const hashes = hashesOf(file);
    const [onDisk, generated] = [disk.get(path), tree.get(path)?.content];
    const known = [onDisk === undefined ? undefined : normalise(onDisk), generated].find(
      (text) => text !== undefined && hashes.includes(sha256(text)),
    );
    return [path, known ?? hashes.map(state.text).find((text) => text !== undefined)] as const;
  });
  return new Map(bases);
}

/** Files a record lists as generated executable, for `compare`. */
export const recordedExecutables = (record: GeneratorRecord | undefined): ReadonlySet<RepoPath> =>
  new Set([...(record?.files ?? [])].flatMap(([path, { executable }]) => (executable ? [path] : [])));

/** The record and the objects of its texts, as files. */
export function stateFiles(
  record: GeneratorRecord,
  texts: ReadonlyMap<RepoPath, string>,
): ReadonlyMap<RepoPath, Uint8Array | string> {
  return new Map<RepoPath, Uint8Array | string>([
    [recordPath(record.generator, record.instance), recordText(record)],
    ...[...texts.values()].map((text) => [objectPath(sha256(text)), packObject(text)] as const),
  ]);
}

/** The same as writes, to go with the files they describe in one change. Objects that are there are left out. */
export function stateWrites(
  state: State,
  record: GeneratorRecord,
  texts: ReadonlyMap<RepoPath, string>,
): readonly FileWrite[] {
  const missing = new Map([...texts].filter(([, text]) => state.text(sha256(text)) === undefined));
  return [...stateFiles(record, missing)].map(([path, content]): FileWrite =>
    typeof content === "string"
      ? { path, content, before: state.sources.get(path) }
      : { path, content, overwrite: true },
  );
}

/** Forgets an instance. Its texts stay: another branch may still refer to them. */
export function forgetRecord(
  state: State,
  { generator, instance }: Pick<GeneratorRecord, "generator" | "instance">,
): readonly FileRemoval[] {
  const path = recordPath(generator, instance);
  const before = state.sources.get(path);
  return before === undefined ? [] : [{ path, remove: true, before }];
}
