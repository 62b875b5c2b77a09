/** Items of lists: putting one in, taking one out. */
import { printFlow, printItem } from "../print.ts";
import {
  afterColon,
  afterLine,
  columnOf,
  dashOf,
  isFlow,
  itemEnd,
  lineStart,
  startOf,
  type Seq,
  type Source,
} from "./source.ts";
import { pullUp, removeLines } from "./map.ts";
import { replaceValue, type Slot } from "./slot.ts";
import { insertLines, replace } from "./text.ts";

/** At `index`; behind the last when it is the number of items. The list has at least one. */
export function addItem(source: Source, slot: Slot, index: number, value: unknown): string {
  const seq = slot.node as Seq;
  const last = seq.items.length - 1;
  if (slot.inFlow || isFlow(seq)) {
    const next = seq.items[index];
    if (next !== undefined) return replace(source, startOf(next), startOf(next), `${printFlow(value)}, `);
    return replace(source, itemEnd(seq, last), itemEnd(seq, last), `, ${printFlow(value)}`);
  }
  const column = columnOf(source, dashOf(seq, 0));
  const text = `- ${printItem(value, column + 2, "quoted")}`;
  const colon = slot.kind === "pair" ? afterColon(slot.pair) : undefined;
  // Above comments: what stands above the first item speaks of it.
  if (index === 0 && colon !== undefined)
    return insertLines(source, afterLine(source, colon), `${" ".repeat(column)}${text}`);
  if (index === 0) {
    // The first dash may stand behind another: `- - a`.
    const dash = dashOf(seq, 0);
    return replace(source, dash, dash, `${text}\n${" ".repeat(column)}`.replaceAll("\n", source.eol));
  }
  return insertLines(source, afterLine(source, itemEnd(seq, index - 1)), `${" ".repeat(column)}${text}`);
}

export function removeItem(source: Source, slot: Slot, index: number): string {
  const seq = slot.node as Seq;
  if (seq.items.length === 1) return replaceValue(source, slot, []);
  const next = seq.items[index + 1];
  const end = itemEnd(seq, index);
  if (slot.inFlow || isFlow(seq)) {
    const item = seq.items[index];
    if (next !== undefined && item !== undefined) return replace(source, startOf(item), startOf(next), "");
    return replace(source, itemEnd(seq, index - 1), end, "");
  }
  const dash = dashOf(seq, index);
  const line = lineStart(source, dash);
  if (source.text.slice(line, dash).replace("\ufeff", "").trim() === "") {
    return removeLines(source, dash, end, index === 0 ? undefined : itemEnd(seq, index - 1));
  }
  return pullUp(source, line, dash, afterLine(source, end), dashOf(seq, index + 1));
}

/** Turns a list into another, leaving the items both begin and end with where they are. */
export function changedRange(
  before: readonly unknown[],
  after: readonly unknown[],
  same: (a: unknown, b: unknown) => boolean,
) {
  let head = 0;
  while (head < before.length && head < after.length && same(before[head], after[head])) head++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && same(before[before.length - 1 - tail], after[after.length - 1 - tail])) tail++;
  return { head, removed: before.length - head - tail, added: after.slice(head, after.length - tail) };
}
