/** What a generator wrote the last time: enough to recognise its files and to bring them up to date. */
import type { RepoPath } from "../model/names.ts";
import type { Kept, Tree } from "../model/tree.ts";
import { sha256 } from "./hash.ts";

export interface RecordedFile {
  /** Of the text as it was generated. */
  readonly sha256: string;
  readonly kept: Kept;
  readonly executable?: true;
  /** Where git put the records of two branches together: what the other one generated. */
  readonly alternatives?: readonly string[];
}

export interface GeneratorRecord {
  /** `create`, `add-route`. */
  readonly generator: string;
  /** What it was run for: `network`, a host name. */
  readonly instance: string;
  /** Version of this program. */
  readonly version: string;
  /** What it needs to render the same again. JSON. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** In path order. */
  readonly files: ReadonlyMap<RepoPath, RecordedFile>;
}

export interface RecordInput extends Pick<GeneratorRecord, "generator" | "instance" | "version" | "inputs"> {
  /** All it generated now, with what the user deleted or changed. */
  readonly tree: Tree;
  /** The record that this one replaces. */
  readonly previous?: GeneratorRecord | undefined;
}

/**
 * The record for after a change set was applied, and the texts it refers to. A seeded file keeps its first entry:
 * that is what was written, whatever would be generated today. What is gone from the tree is forgotten.
 */
export function recordOf({ tree, previous, ...identity }: RecordInput): {
  readonly record: GeneratorRecord;
  readonly texts: ReadonlyMap<RepoPath, string>;
} {
  const isOld = (path: RepoPath, kept: Kept) => kept === "seeded" && previous?.files.has(path) === true;
  const files = [...tree].map(([path, { content, kept, executable }]): readonly [RepoPath, RecordedFile] => {
    const old = isOld(path, kept) ? previous?.files.get(path) : undefined;
    return [path, { sha256: old?.sha256 ?? sha256(content), kept, ...(executable && { executable }) }];
  });
  const texts = [...tree]
    .filter(([path, { kept }]) => !isOld(path, kept))
    .map(([path, { content }]) => [path, content] as const);
  return { record: { ...identity, files: new Map(files) }, texts: new Map(texts) };
}
