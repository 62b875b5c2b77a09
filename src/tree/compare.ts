/**
 * A tree against the disk and against what was generated last. Decides for every path what applying would do; reads
 * and writes nothing. After it was applied and remembered, the same comparison finds nothing to do.
 */
import type { Pin } from "../model/unit.ts";
import type { RepoPath } from "../model/names.ts";
import type { Change, ChangeSet, File, Tree } from "../model/tree.ts";
import { inStyleOf, normalise } from "./lines.ts";
import { mergeText, mergeWithoutBase, type MergeLabels } from "./merge.ts";
import { wrongMerge } from "./objects.ts";
import { neutralisePins, type PinMove, type Versions } from "./pins.ts";

export interface Comparison {
  readonly tree: Tree;
  /** Whole texts of the files that exist, at least for every path of `tree` and `base`. */
  readonly disk: ReadonlyMap<RepoPath, string>;
  /**
   * What was generated last, by the generator whose tree this is: a path of `base` that `tree` no longer has is
   * deleted. `undefined` stands for a text that was generated but is lost.
   */
  readonly base: ReadonlyMap<RepoPath, string | undefined>;
  /** Pins as `tree` has them, so that versions moved in the repository are no conflict. */
  readonly pins?: readonly Pin[];
  readonly labels?: MergeLabels;
  /** Files that are executable on disk, and those that were generated so. Without it modes are not compared. */
  readonly executable?: { readonly disk: ReadonlySet<RepoPath>; readonly base: ReadonlySet<RepoPath> };
}

export interface Compared extends ChangeSet {
  /** Pins that stand at another version than we wrote, with what becomes of them. */
  readonly pins: readonly (PinMove & { readonly path: RepoPath })[];
}

export function compare(comparison: Comparison): Compared {
  const { tree, disk, base } = comparison;
  const pins: (PinMove & { path: RepoPath })[] = [];
  const changes = [...new Set([...tree.keys(), ...base.keys()])].sort().flatMap((path): Change[] => {
    const [file, ours] = [tree.get(path), disk.get(path)];
    if (file === undefined) return gone(path, ours, base.get(path));
    if (ours === undefined) return [missing(path, file, base.has(path))];
    const { change, moves } = present({ path, file, ours, base: base.get(path) }, comparison);
    pins.push(...moves.map((move) => ({ ...move, path })));
    return [change];
  });
  return { changes, pins };
}

const mode = ({ executable }: File): { readonly executable?: true } => (executable ? { executable } : {});

/** In the last tree, not in this one. */
function gone(path: RepoPath, ours: string | undefined, base: string | undefined): Change[] {
  if (ours === undefined) return [];
  const untouched = base !== undefined && normalise(ours) === normalise(base);
  return [untouched ? { kind: "delete", path, before: ours } : { kind: "keep", path, reason: "orphaned" }];
}

/** In this tree, not on the disk: new, or the user did not want it. */
function missing(path: RepoPath, file: File, generatedBefore: boolean): Change {
  if (generatedBefore) return { kind: "keep", path, reason: "deleted-by-you" };
  return { kind: "create", path, after: file.content, ...mode(file) };
}

interface Present {
  readonly path: RepoPath;
  readonly file: File;
  readonly ours: string;
  readonly base: string | undefined;
}

function present(at: Present, comparison: Comparison): { readonly change: Change; readonly moves: readonly PinMove[] } {
  const { path, file, ours, base } = at;
  const before = ours;
  const keep = (reason: "same" | "yours" | "seeded"): Change =>
    becomesExecutable(path, file, comparison)
      ? { kind: "update", path, before, after: before, executable: true }
      : { kind: "keep", path, reason };
  const alone = (change: Change) => ({ change, moves: [] });

  if (normalise(ours) === file.content) return alone(keep("same"));
  if (file.kept === "seeded") return alone(keep("seeded"));
  if (base === undefined) return alone(conflict(at, comparison));
  if (normalise(ours) === normalise(base)) {
    return alone({ kind: "update", path, before, after: inStyleOf(file.content, ours), ...mode(file) });
  }
  // A checksum over all lines seals such a file: it cannot be merged, only replaced by its owner.
  if (isEncrypted(ours)) return alone(keep("yours"));

  const { moves, ...texts } = neutralisePins({ base, ours, theirs: file.content }, comparison.pins ?? []);
  const { text, reason } = merge(path, texts, comparison);
  const after = inStyleOf(text, ours);
  if (reason !== undefined) return { moves, change: { kind: "conflict", path, before, after, reason } };
  if (after === before) return { moves, change: keep("yours") };
  const kind = texts.ours === texts.base ? "update" : "merge";
  return { moves, change: { kind, path, before, after, ...mode(file) } };
}

/** `reason` tells why the text has conflict markers. */
function merge(
  path: RepoPath,
  texts: Versions,
  { labels }: Comparison,
): { readonly text: string; readonly reason?: string } {
  const merged = mergeText({ ...texts, labels });
  if (merged.conflict) return { text: merged.text, reason: "you and the generator changed the same lines" };
  const reason = wrongMerge(path, texts, merged.text);
  return reason === undefined ? merged : { text: mergeWithoutBase({ ...texts, labels }).text, reason };
}

/** Both texts in full, the lines they share once. */
function conflict({ path, file, ours }: Present, { base, labels }: Comparison): Change {
  const reason = base.has(path)
    ? "it was changed, and what was generated before is lost"
    : "a file that was not generated stands here";
  return {
    kind: "conflict",
    path,
    before: ours,
    after: mergeWithoutBase({ ours, theirs: file.content, labels }).text,
    reason,
  };
}

const isEncrypted = (text: string): boolean => text.includes("ENC[AES256_GCM,");

/** A bit we never set before; one that was taken away by hand stays away. */
function becomesExecutable(path: RepoPath, file: File, { executable }: Comparison): boolean {
  if (!file.executable || executable === undefined) return false;
  return !executable.disk.has(path) && !executable.base.has(path);
}
