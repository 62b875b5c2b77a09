/** Versions that Renovate or people have moved in files of the engine that leaves: they stay where they were put. */
import type { RepoPath } from "../../../src/model/names.ts";
import type { Change, Tree } from "../../../src/model/tree.ts";
import type { Pin, PinId } from "../../../src/model/unit.ts";
import { neutralisePins } from "../../../src/tree/pins.ts";
import type { Written } from "./lists.ts";

export interface Held {
  readonly versions: ReadonlyMap<PinId, string>;
  /** Files in which nothing else was changed. */
  readonly untouched: ReadonlySet<RepoPath>;
}

/** `before`: what the engine that leaves would have today. */
export function heldIn(
  before: Tree,
  written: Written,
  disk: ReadonlyMap<RepoPath, string>,
  pins: readonly Pin[],
): Held {
  const versions = new Map<PinId, string>();
  const untouched = new Set<RepoPath>();
  for (const [path, { content: theirs }] of before) {
    const [base, ours] = [written.get(path), disk.get(path)];
    if (base === undefined || ours === undefined) continue;
    const neutral = neutralisePins({ base, ours, theirs }, pins);
    if (neutral.ours === neutral.base) untouched.add(path);
    for (const { pin, ours: held, taken } of neutral.moves) if (taken === "ours") versions.set(pin, held);
  }
  return { versions, untouched };
}

/** `after`: what is generated with these versions. What is remembered of it has those of the catalog, so that they count as moved. */
export const withHeld = (
  decided: readonly Change[],
  { untouched }: Held,
  after: Tree,
  disk: ReadonlyMap<RepoPath, string>,
) =>
  decided.map((change): Change => {
    const before = disk.get(change.path);
    if (change.kind === "keep" && change.reason === "orphaned" && untouched.has(change.path) && before !== undefined)
      return { kind: "delete", path: change.path, before };
    if (change.kind !== "create") return change;
    return { ...change, after: after.get(change.path)?.content ?? change.after };
  });
