/**
 * A tree against the disk and against what was generated last. Decides for every path what applying would do; reads
 * and writes nothing. After it was applied and remembered, the same comparison finds nothing to do.
 */
import type { Pin } from "../model/unit.ts";
import type { RepoPath } from "../model/names.ts";
import type { Change, ChangeSet, File, Tree } from "../model/tree.ts";
import { inStyleOf, normalise } from "./lines.ts";
import { extendLists, mergeLists } from "./lists.ts";
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
  /** Paths of `base` that were written once. The app they are of is the user's, and gets and loses no file by us. */
  readonly seeded?: ReadonlySet<RepoPath>;
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
  const { tree, disk, base, seeded = new Set() } = comparison;
  const folders = new Set([...seeded].filter((path) => tree.get(path)?.kept === "seeded").map(folderOf));
  // In the root of a repository lie files of many.
  const isTheirs = (path: RepoPath): boolean => path.includes("/") && folders.has(folderOf(path));
  const pins: (PinMove & { path: RepoPath })[] = [];
  const changes = [...new Set([...tree.keys(), ...base.keys()])].sort().flatMap((path): Change[] => {
    const [file, ours] = [tree.get(path), disk.get(path)];
    if (file === undefined)
      return seeded.has(path) && isTheirs(path) ? [settled(path)] : gone(path, ours, base.get(path));
    if (ours === undefined)
      return file.kept === "seeded" && !base.has(path) && isTheirs(path)
        ? [settled(path)]
        : [missing(path, file, base.has(path))];
    const { change, moves } = present({ path, file, ours, base: base.get(path) }, comparison);
    pins.push(...moves.map((move) => ({ ...move, path })));
    return [change];
  });
  return { changes, pins };
}

const folderOf = (path: RepoPath): string => path.slice(0, path.lastIndexOf("/") + 1);

const settled = (path: RepoPath): Change => ({ kind: "keep", path, reason: "seeded" });

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
  if (base === undefined) {
    // Made by `add-app`, or by hand: what is listed there stays, and ours comes to it.
    const extended = comparison.base.has(path) ? undefined : extendLists(path, { ours, theirs: file.content });
    if (extended === undefined) return alone(conflict(at, comparison));
    const after = inStyleOf(extended, ours);
    return alone(after === before ? keep("yours") : { kind: "merge", path, before, after, ...mode(file) });
  }
  if (normalise(ours) === normalise(base)) {
    return alone({ kind: "update", path, before, after: inStyleOf(file.content, ours), ...mode(file) });
  }
  // A checksum over all lines seals such a file: it cannot be merged, only replaced by its owner.
  if (isEncrypted(ours)) return alone(keep("yours"));

  const { moves, ...texts } = neutralisePins({ base, ours, theirs: file.content }, comparison.pins ?? []);
  const merged = merge(path, texts, comparison);
  const after = inStyleOf(merged.text, ours);
  if ("reason" in merged) {
    const { reason, lines } = merged;
    return { moves, change: { kind: "conflict", path, before, after, reason, lines } };
  }
  if (after === before) return { moves, change: keep("yours") };
  const kind = texts.ours === texts.base ? "update" : "merge";
  return { moves, change: { kind, path, before, after, ...mode(file) } };
}

/** Why most conflicts are one. */
export const SAME_LINES = "you and we changed the same lines";

interface Marked {
  readonly text: string;
  /** Why it has conflict markers. */
  readonly reason: string;
  readonly lines: readonly number[];
}

function merge(path: RepoPath, texts: Versions, { labels }: Comparison): { readonly text: string } | Marked {
  const merged = mergeText({ ...texts, labels });
  const reason = merged.conflict ? "you and we changed the same lines" : wrongMerge(path, texts, merged.text);
  if (reason === undefined) return merged;
  const text = mergeLists(path, texts);
  if (text !== undefined && wrongMerge(path, texts, text) === undefined) return { text };
  return merged.conflict ? { ...merged, reason } : { ...bothTexts(texts, labels), reason };
}

/** Both texts in full, the lines they share once. */
function bothTexts(texts: Pick<Versions, "ours" | "theirs">, labels: MergeLabels | undefined): Omit<Marked, "reason"> {
  const merged = mergeWithoutBase({ ...texts, labels });
  return { text: merged.text, lines: merged.conflict ? merged.lines : [] };
}

function conflict({ path, file, ours }: Present, { base, labels }: Comparison): Change {
  const reason = base.has(path)
    ? "it was changed, and what was generated before is lost"
    : "a file that was not generated stands here";
  const { text: after, lines } = bothTexts({ ours, theirs: file.content }, labels);
  return { kind: "conflict", path, before: ours, after, reason, lines };
}

const isEncrypted = (text: string): boolean => text.includes("ENC[AES256_GCM,");

/** A bit we never set before; one that was taken away by hand stays away. */
function becomesExecutable(path: RepoPath, file: File, { executable }: Comparison): boolean {
  if (!file.executable || executable === undefined) return false;
  return !executable.disk.has(path) && !executable.base.has(path);
}
