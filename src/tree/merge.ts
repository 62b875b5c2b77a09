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

export interface Merged {
  /** With the line ends of `ours`. Contains markers when there is a conflict. */
  readonly text: string;
  readonly conflict: boolean;
}

interface Hunk {
  readonly ours: readonly string[];
  readonly base?: readonly string[];
  readonly theirs: readonly string[];
}

function markers(hunk: Hunk, labels: MergeLabels): string[] {
  const base = hunk.base === undefined ? [] : [`||||||| ${labels.base}`, ...hunk.base];
  return [`<<<<<<< ${labels.ours}`, ...hunk.ours, ...base, "=======", ...hunk.theirs, `>>>>>>> ${labels.theirs}`];
}

/** A conflict without the lines at its ends that both sides have, so that only the difference is left to decide. */
function narrow(hunk: Hunk, labels: MergeLabels): string[] {
  const { ours, theirs } = hunk;
  const shortest = Math.min(ours.length, theirs.length);
  let head = 0;
  while (head < shortest && ours[head] === theirs[head]) head++;
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
  let conflict = false;
  const lines = diff3Merge(linesOf(a), linesOf(o), linesOf(b)).flatMap((region) => {
    if (region.conflict === undefined) return region.ok ?? [];
    conflict = true;
    return narrow({ ours: region.conflict.a, base: region.conflict.o, theirs: region.conflict.b }, labels);
  });
  return { text: inStyleOf(textOf(lines), ours), conflict };
}

/** Two texts of which nobody knows the common origin: every difference is a conflict, nothing is lost. */
export function mergeWithoutBase({ ours, theirs, labels = defaultLabels }: Omit<MergeInput, "base">): Merged {
  const [a, b] = [normalise(ours), normalise(theirs)];
  if (a === b) return { text: ours, conflict: false };
  const lines = diffComm(linesOf(a), linesOf(b)).flatMap((part) =>
    part.common === undefined ? markers({ ours: part.buffer1, theirs: part.buffer2 }, labels) : part.common,
  );
  return { text: inStyleOf(textOf(lines), ours), conflict: true };
}

/** Whether somebody still has to resolve the text. */
export const hasConflictMarkers = (text: string): boolean =>
  /^<{7}( |$)/m.test(text) && /^={7}\r?$/m.test(text) && /^>{7}( |$)/m.test(text);
