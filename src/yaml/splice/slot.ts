/** A place that holds a value: the root, a key of a map, an item of a list. */
import {
  afterColon,
  afterLine,
  columnOf,
  dashOf,
  endOf,
  isAlias,
  isFlow,
  isLeftOut,
  isLiteral,
  isMap,
  isNull,
  isScalar,
  isSeq,
  itemEnd,
  lineStart,
  pairEnd,
  pairStart,
  refuse,
  startOf,
  type BlockPair,
  type Map,
  type Node,
  type Seq,
  type Source,
} from "./source.ts";
import { printFlow, printItem, printNested } from "../print.ts";
import { replace, replaceLines } from "./text.ts";

export type Slot =
  | { readonly kind: "root"; readonly node: Node | null; readonly inFlow: false }
  | {
      readonly kind: "pair";
      readonly map: Map;
      readonly pair: BlockPair;
      readonly node: Node | null;
      readonly inFlow: boolean;
      readonly parent: Slot;
    }
  | {
      readonly kind: "item";
      readonly seq: Seq;
      readonly index: number;
      readonly node: Node | null;
      readonly inFlow: boolean;
      readonly parent: Slot;
    };

export interface Found {
  readonly slot: Slot;
  /** Steps of the path that do not exist below the slot. */
  readonly missing: readonly string[];
}

function step(source: Source, slot: Slot, key: string): Slot | undefined {
  const { node } = slot;
  const inFlow = slot.inFlow || isFlow(node);
  if (isMap(node)) {
    const map = node as Map;
    const pair = map.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
    return pair && { kind: "pair", map, pair, node: pair.value, inFlow, parent: slot };
  }
  if (isSeq(node)) {
    const seq = node as Seq;
    const index = Number(key);
    if (!/^\d+$/.test(key) || index >= seq.items.length)
      return refuse(source, node, `a list without item ${key}`, "give the number of an item, from 0");
    return { kind: "item", seq, index, node: seq.items[index] ?? null, inFlow, parent: slot };
  }
  if (isNull(node)) return undefined;
  if (isAlias(node)) return refuse(source, node, "an alias stands here", "write its value out first");
  return refuse(
    source,
    node,
    `a single value stands where ${JSON.stringify(key)} needs a map`,
    "remove the value, or write it as a map",
  );
}

export function find(source: Source, path: readonly string[]): Found {
  let slot: Slot = { kind: "root", node: source.root, inFlow: false };
  for (const [index, key] of path.entries()) {
    const next = step(source, slot, key);
    if (next === undefined) return { slot, missing: path.slice(index) };
    slot = next;
  }
  return { slot, missing: [] };
}

/** Behind the colon or dash, where the value's text begins. */
function opening(slot: Slot): number {
  if (slot.kind === "pair") return afterColon(slot.pair) ?? slot.pair.key.range?.[1] ?? 0;
  return slot.kind === "item" ? dashOf(slot.seq, slot.index) + 1 : 0;
}

const endOfSlot = (slot: Slot): number =>
  slot.kind === "pair"
    ? pairEnd(slot.pair)
    : slot.kind === "item"
      ? itemEnd(slot.seq, slot.index)
      : slot.node === null
        ? 0
        : endOf(slot.node);

/** The comment on the line that `from` stands in, behind it, with the space before it. */
const commentBehind = ({ text }: Source, from: number): string =>
  /^[^\n]*/
    .exec(text.slice(from))?.[0]
    .match(/\s+#.*/)?.[0]
    .trimEnd() ?? "";

/** The comment beside the key or dash, which belongs to it rather than to its value. */
function comment(source: Source, slot: Slot, open: number, end: number): string {
  const { node } = slot;
  if (node === null || isLeftOut(node) || source.text.slice(open, startOf(node)).includes("\n"))
    return commentBehind(source, open);
  const isOneLine = isFlow(node) || isAlias(node) || (isScalar(node) && !isLiteral(node));
  return isOneLine ? commentBehind(source, end) : "";
}

/** Column of the lines below a key or dash: as it is where a block stands there, else two more. */
function columnBelow(source: Source, slot: Slot & { kind: "pair" | "item" }, value: unknown): number {
  if (slot.kind === "item") return columnOf(source, dashOf(slot.seq, slot.index)) + 2;
  const { node } = slot;
  const own = columnOf(source, pairStart(slot.pair));
  const isBlock = node !== null && (isMap(node) || isSeq(node)) && !isFlow(node);
  const column = isBlock ? columnOf(source, startOf(node)) : own + 2;
  // Dashes may stand below the first letter of their key, other keys may not.
  return column > own || Array.isArray(value) ? column : own + 2;
}

function replaceInFlow(source: Source, slot: Slot, value: unknown): string {
  const end = endOfSlot(slot);
  if (slot.kind === "item" && slot.node !== null) return replace(source, startOf(slot.node), end, printFlow(value));
  const open = opening(slot);
  const colon = slot.kind === "pair" && afterColon(slot.pair) === undefined ? ":" : "";
  return replace(source, open, Math.max(open, end), `${colon} ${printFlow(value)}`);
}

function replaceRoot(source: Source, node: Node | null, value: unknown): string {
  const { text } = source;
  const [from, to] =
    node === null || isLeftOut(node)
      ? [text.length, text.length]
      : [lineStart(source, startOf(node)), afterLine(source, endOf(node))];
  return replaceLines(source, from, to, printItem(value, 0, "quoted"));
}

/** The text with another value in the slot. Comments on other lines, and beside the key, stay. */
export function replaceValue(source: Source, slot: Slot, value: unknown): string {
  if (slot.kind === "root") return replaceRoot(source, slot.node, value);
  if (slot.inFlow) return replaceInFlow(source, slot, value);
  const open = opening(slot);
  const end = endOfSlot(slot);
  const column = columnBelow(source, slot, value);
  const printed =
    slot.kind === "pair" ? printNested(value, column, "quoted") : ` ${printItem(value, column, "quoted")}`;
  const [first = "", ...rest] = printed.split("\n");
  const line = lineStart(source, open);
  const lines = [source.text.slice(line, open) + first + comment(source, slot, open, end), ...rest];
  return replaceLines(source, line, afterLine(source, end), lines.join("\n"));
}
