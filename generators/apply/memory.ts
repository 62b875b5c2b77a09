/** What the repository remembers after an update. */
import type { RepoPath } from "../../src/model/names.ts";
import type { File } from "../../src/model/tree.ts";
import { recordOf, type GeneratorRecord } from "../../src/repo/record.ts";
import { baseTexts, stateWrites, type State } from "../../src/repo/state.ts";
import type { FileWrite } from "../../src/repo/writes.ts";
import type { EngineChange } from "./engine/change.ts";
import { keptBy } from "./engine/keep.ts";
import type { Renderings } from "./renderings.ts";

/** The base of the next merge is what was generated now, whatever the user made of it. */
export function memoryOf(
  state: State,
  { all }: Renderings,
  version: string,
  change: EngineChange | undefined,
): readonly FileWrite[] {
  const rendered = all.flatMap(({ record: previous, tree }) => {
    const { generator, instance, inputs } = previous;
    const anew = rewrittenOf(previous, state, change);
    const known = { ...previous, files: without(previous.files, anew) };
    const whole = new Map([...tree, ...anew]);
    const { record, texts } = recordOf({ generator, instance, version, inputs, tree: whole, previous: known });
    return stateWrites(state, record, texts);
  });
  const others = state.records.filter(
    (record) =>
      !all.some((one) => one.record.generator === record.generator && one.record.instance === record.instance),
  );
  const writes = [...rendered, ...others.flatMap((record) => movedRecord(record, state, change))];
  // Two files of one text are one object.
  const each = new Map(writes.map((write) => [write.path, write]));
  return [...each.values()].filter(({ content, before }) => typeof content !== "string" || content !== before);
}

/** The record of an app that is the user's, where the engine changed under it. */
function movedRecord(record: GeneratorRecord, state: State, change: EngineChange | undefined): readonly FileWrite[] {
  const anew = rewrittenOf(record, state, change);
  const gone = new Set(movesOf(record, change).flatMap(({ before }) => [...before.files.keys()]));
  if (anew.size + gone.size === 0) return [];
  const { record: written, texts } = recordOf({ ...record, tree: anew });
  const kept = [...record.files].filter(([path]) => !gone.has(path));
  return stateWrites(state, { ...record, files: new Map([...kept, ...written.files]) }, texts);
}

const movesOf = ({ generator, instance }: GeneratorRecord, change: EngineChange | undefined) =>
  (change?.moves ?? []).flatMap(({ record, move }) =>
    record.generator === generator && record.instance === instance ? [move] : [],
  );

/** Files that are written once and were written anew: those of the engine, and those that it keeps. */
function rewrittenOf(
  record: GeneratorRecord,
  state: State,
  change: EngineChange | undefined,
): ReadonlyMap<RepoPath, File> {
  if (change === undefined) return new Map();
  const nothing = { disk: new Map(), tree: new Map() };
  const kept = [...baseTexts(state, record, nothing)].flatMap(([path, text]): (readonly [RepoPath, File])[] => {
    if (text === undefined || record.files.get(path)?.kept !== "seeded") return [];
    const content = keptBy(text, path, change.was, change.now);
    return content === text ? [] : [[path, { content, kept: "seeded", by: record.generator }]];
  });
  return new Map([...kept, ...movesOf(record, change).flatMap(({ after }) => [...after.files])]);
}

const without = <Value>(
  map: ReadonlyMap<RepoPath, Value>,
  gone: ReadonlyMap<RepoPath, unknown>,
): ReadonlyMap<RepoPath, Value> => new Map([...map].filter(([path]) => !gone.has(path)));
