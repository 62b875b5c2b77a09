/** Pairs of maps: adding one behind the last, taking one out. */
import { printFlow, printNested } from "../print.ts";
import { scalar } from "../scalar.ts";
import {
  afterLine,
  columnOf,
  columnOfMap,
  isFlow,
  isMap,
  lineStart,
  pairEnd,
  pairStart,
  type Map,
  type Source,
} from "./source.ts";
import { isPlainMap } from "./same.ts";
import { replaceValue, type Slot } from "./slot.ts";
import { behindComments, insertLines, replace, replaceLines } from "./text.ts";

export function addPair(source: Source, slot: Slot, key: string, value: unknown): string {
  const map = slot.node as Map;
  const last = map.items.at(-1);
  if (last === undefined) return replaceValue(source, slot, { [key]: value });
  if (slot.inFlow || isFlow(map)) {
    return replace(source, pairEnd(last), pairEnd(last), `, ${scalar(key, "flow")}: ${printFlow(value)}`);
  }
  const column = columnOfMap(source, map);
  const at = behindComments(source, afterLine(source, pairEnd(last)), column);
  const line = isLikeNeighbours(map, value) ? ` ${printFlow(value)}` : undefined;
  return insertLines(
    source,
    at,
    `${" ".repeat(column)}${scalar(key)}:${line !== undefined && column + key.length + line.length < LONGEST ? line : printNested(value, column + 2, "quoted")}`,
  );
}

const LONGEST = 120;

/** One more of entries that stand on a line each. */
function isLikeNeighbours({ items }: Map, value: unknown): boolean {
  const [first] = isPlainMap(value) ? Object.keys(value) : [];
  if (first === undefined) return false;
  const maps = items.flatMap(({ value: other }) => (isMap(other) ? [other] : []));
  return maps.length > 0 && maps.every((other) => isFlow(other) && other.has(first));
}

/** The key goes with its lines; comments on other lines stay. */
export function removePair(source: Source, slot: Slot & { kind: "pair" }): string {
  const { map, pair, parent } = slot;
  const index = map.items.indexOf(pair);
  const before = map.items[index - 1];
  const after = map.items[index + 1];
  const start = pairStart(pair);
  const end = pairEnd(pair);
  if (slot.inFlow) {
    if (before !== undefined) return replace(source, pairEnd(before), end, "");
    return after === undefined ? replaceValue(source, parent, {}) : replace(source, start, pairStart(after), "");
  }
  if (before === undefined && after === undefined && parent.kind !== "root") return replaceValue(source, parent, {});
  const line = lineStart(source, start);
  const isFirstOnLine = source.text.slice(line, start).replace("\ufeff", "").trim() === "";
  if (isFirstOnLine) return removeLines(source, start, end, before && pairEnd(before));
  return pullUp(source, line, start, afterLine(source, end), after === undefined ? start : pairStart(after));
}

/** From the line of `start` to that of `end`. `before` is the end of what remains in front. */
export function removeLines(source: Source, start: number, end: number, before: number | undefined): string {
  const from = lineStart(source, start);
  const to = afterLine(source, end);
  // A block scalar in front would take in comments that are left behind.
  const endsInBlockScalar = before !== undefined && source.text[before - 1] === "\n";
  return replaceLines(source, from, endsInBlockScalar ? behindComments(source, to, columnOf(source, start)) : to, "");
}

/** What stood behind a dash goes: the next takes its place, unless a comment stands between. */
export function pullUp(source: Source, line: number, start: number, nextLine: number, next: number): string {
  if (source.text.slice(nextLine, next).trim() === "") return replace(source, start, next, "");
  return replaceLines(source, line, nextLine, source.text.slice(line, start).trimEnd());
}
