/** Three-way merge of texts, line by line. Pure: works without git, and gives what git would (docs/decisions). */
import { diff3Merge, diffComm } from "node-diff3";
import { inStyleOf, linesOf, normalise, textOf } from "./lines.ts";

/** What stands behind the conflict markers: `yours`, `generated 1.0.0`, `generated 1.4.0`. */
export interface MergeLabels {
  readonly ours: string;
  readonly base: string;
  readonly theirs: string;
}

const defaultLabels: MergeLabels = { ours: "yours", base: "generated before", theirs: "generated now" };

export interface MergeInput {
  /** What we generated last. */
  readonly base: string;
  /** What is on disk. */
  readonly ours: string;
  /** What we generate now. */
  readonly theirs: string;
  readonly labels?: MergeLabels | undefined;
}

/** The text has the line ends of `ours`, and markers where there is a conflict. */
export type Merged =
  | { readonly text: string; readonly conflict: false }
  /** `lines`: where in `ours` each conflict begins, 1-based. */
  | { readonly text: string; readonly conflict: true; readonly lines: readonly number[] };

interface Hunk {
  readonly ours: readonly string[];
  readonly base?: readonly string[];
  readonly theirs: readonly string[];
}

function markers(hunk: Hunk, labels: MergeLabels): string[] {
  const base = hunk.base === undefined ? [] : [`||||||| ${labels.base}`, ...hunk.base];
  return [`<<<<<<< ${labels.ours}`, ...hunk.ours, ...base, "=======", ...hunk.theirs, `>>>>>>> ${labels.theirs}`];
}

/** How many lines both sides begin with. */
function headOf({ ours, theirs }: Hunk): number {
  const shortest = Math.min(ours.length, theirs.length);
  let head = 0;
  while (head < shortest && ours[head] === theirs[head]) head++;
  return head;
}

/** A conflict without the lines at its ends that both sides have, so that only the difference is left to decide. */
function narrow(hunk: Hunk, labels: MergeLabels): string[] {
  const { ours, theirs } = hunk;
  const shortest = Math.min(ours.length, theirs.length);
  const head = headOf(hunk);
  let tail = 0;
  while (tail < shortest - head && ours.at(-1 - tail) === theirs.at(-1 - tail)) tail++;
  const middle = (lines: readonly string[]) => lines.slice(head, lines.length - tail);
  return [
    ...ours.slice(0, head),
    ...markers({ ...hunk, ours: middle(ours), theirs: middle(theirs) }, labels),
    ...ours.slice(ours.length - tail),
  ];
}

/** Edits that touch the same or adjacent lines are a conflict; equal edits on both sides are not. */
export function mergeText({ base, ours, theirs, labels = defaultLabels }: MergeInput): Merged {
  const [o, a, b] = [normalise(base), normalise(ours), normalise(theirs)];
  if (a === b || b === o) return { text: ours, conflict: false };
  if (a === o) return { text: inStyleOf(b, ours), conflict: false };
  const places: number[] = [];
  const lines = diff3Merge(linesOf(a), linesOf(o), linesOf(b)).flatMap((region) => {
    if (region.conflict === undefined) return region.ok ?? [];
    const hunk = { ours: region.conflict.a, base: region.conflict.o, theirs: region.conflict.b };
    places.push(region.conflict.aIndex + headOf(hunk) + 1);
    return narrow(hunk, labels);
  });
  const text = inStyleOf(textOf(lines), ours);
  return places.length === 0 ? { text, conflict: false } : { text, conflict: true, lines: places };
}

/** Two texts of which nobody knows the common origin: every difference is a conflict, nothing is lost. */
export function mergeWithoutBase({ ours, theirs, labels = defaultLabels }: Omit<MergeInput, "base">): Merged {
  const [a, b] = [normalise(ours), normalise(theirs)];
  if (a === b) return { text: ours, conflict: false };
  const places: number[] = [];
  let line = 1;
  const lines = diffComm(linesOf(a), linesOf(b)).flatMap((part) => {
    const start = line;
    line += (part.common ?? part.buffer1).length;
    if (part.common !== undefined) return part.common;
    places.push(start);
    return markers({ ours: part.buffer1, theirs: part.buffer2 }, labels);
  });
  return { text: inStyleOf(textOf(lines), ours), conflict: true, lines: places };
}

/** Whether somebody still has to resolve the text. */
export const hasConflictMarkers = (text: string): boolean =>
  /^<{7}( |$)/m.test(text) && /^={7}\r?$/m.test(text) && /^>{7}( |$)/m.test(text);

/** The lines, 1-based, at which a text that has to be resolved begins to say two things. */
export const markedLines = (text: string): readonly number[] =>
  hasConflictMarkers(text)
    ? text.split("\n").flatMap((line, index) => (/^<{7}( |\r?$)/.test(line) ? [index + 1] : []))
    : [];
