/**
 * Edits of YAML files that people keep by hand: only the lines in question change; comments, order, quoting, line ends
 * and a missing last line break stay. Texts of several lines are written quoted, because the lines of a `|` block take
 * in an indented comment that follows. Every edit is read back: the value must have changed as intended and nowhere
 * else, otherwise a plain Error is thrown and no text returned.
 *
 * All throw UserError with file, line and column when the text is not one readable YAML document, or when it holds
 * something else at the path than the edit needs. Steps of a path are keys, and indexes of existing list items.
 */
import { UserError } from "../model/errors.ts";
import { addItem, changedRange, removeItem } from "./splice/list.ts";
import { addPair, removePair } from "./splice/map.ts";
import { isPlainMap, same, withValue } from "./splice/same.ts";
import { find, replaceValue, type Slot } from "./splice/slot.ts";
import { isAlias, isMap, isNull, isSeq, open, refuse, valueAt, type Source } from "./splice/source.ts";

export interface Splice {
  readonly text: string;
  readonly changed: boolean;
}

type Path = readonly string[];

/** Empty files hold null; a file whose last key was taken out holds nothing either. */
const orNothing = (value: unknown): unknown => (value === null ? {} : value);

function checked(before: Source, text: string, intended: unknown): Splice {
  let after: unknown;
  try {
    after = open(text, before.file).value;
  } catch (cause) {
    throw new Error(`an edit of ${before.file} made it unreadable`, { cause });
  }
  if (!same(orNothing(after), orNothing(intended))) {
    if (before.hasAliases)
      throw new UserError(
        `${before.file}: an anchor repeats what the edit would change`,
        "write the value out where it is repeated, or edit the file by hand",
      );
    throw new Error(`an edit of ${before.file} changed something else than intended`);
  }
  return { text, changed: text !== before.text };
}

const unchanged = ({ text }: Source): Splice => ({ text, changed: false });

/** kustomize takes `./a` and `a` for the same file. */
const normalised = (item: unknown): unknown => (typeof item === "string" ? item.replace(/^\.\//, "") : item);

/** What an item of a list is put in order by; nothing where it has no place in one. */
function rankOf(item: unknown, by: string | undefined): string | undefined {
  const value = by === undefined ? normalised(item) : isPlainMap(item) ? item[by] : undefined;
  return typeof value === "string" ? value : undefined;
}

const isSorted = (ranks: readonly (string | undefined)[]): boolean =>
  ranks.every((rank, index) => rank !== undefined && (index === 0 || String(ranks[index - 1]) <= rank));

function listAt(source: Source, slot: Slot): readonly unknown[] {
  const { node } = slot;
  if (isNull(node)) return [];
  if (!isSeq(node))
    return refuse(
      source,
      node,
      isAlias(node) ? "an alias stands here" : "this is not a list",
      "write a list here, or edit the file by hand",
    );
  return valueAt(source, node) as unknown[];
}

export type Item = string | Readonly<Record<string, string>>;

/**
 * Adds `item` to the list at `path`, which is made when it is missing, null or `[]`. In order where the list is sorted,
 * maps by the key `by`, else at the end. An item that is there already, also as `./item`, changes nothing.
 */
export function appendToList(text: string, file: string, path: Path, item: Item, by?: string): Splice {
  const source = open(text, file);
  const { slot, missing } = find(source, path);
  if (missing.length > 0) return setValue(text, file, path, [item]);
  const items = listAt(source, slot);
  if (items.some((other) => same(normalised(other), normalised(item)))) return unchanged(source);
  if (items.length === 0)
    return checked(source, replaceValue(source, slot, [item]), withValue(source.value, path, [item]));
  const [rank, ranks] = [rankOf(item, by), items.map((other) => rankOf(other, by))];
  const greater = rank !== undefined && isSorted(ranks) ? ranks.findIndex((other) => String(other) > rank) : -1;
  const index = greater < 0 ? items.length : greater;
  return checked(
    source,
    addItem(source, slot, index, item),
    withValue(source.value, path, items.toSpliced(index, 0, item)),
  );
}

/** Takes `item` out wherever it stands in the list at `path`; the last one leaves `[]`. */
export function removeFromList(text: string, file: string, path: Path, item: string): Splice {
  const source = open(text, file);
  const { slot, missing } = find(source, path);
  const items = missing.length > 0 ? [] : listAt(source, slot);
  const index = items.findIndex((other) => normalised(other) === normalised(item));
  if (index < 0) return unchanged(source);
  const once = checked(
    source,
    removeItem(source, slot, index),
    withValue(source.value, path, items.toSpliced(index, 1)),
  );
  return { text: removeFromList(once.text, file, path, item).text, changed: true };
}

/**
 * Sets the value at `path`. Missing maps on the way are made, in block style unless the map they stand in is written
 * with braces. Where a map or list is replaced by another, keys and items that both have are not touched.
 */
export function setValue(text: string, file: string, path: Path, value: unknown): Splice {
  const source = open(text, file);
  return checked(source, settled(text, file, path, value), withValue(source.value, path, value));
}

function settled(text: string, file: string, path: Path, value: unknown): string {
  const source = open(text, file);
  const { slot, missing } = find(source, path);
  const [key, ...deeper] = missing;
  if (key !== undefined) {
    const inner = deeper.reduceRight<unknown>((nested, step) => ({ [step]: nested }), value);
    return isMap(slot.node) ? addPair(source, slot, key, inner) : replaceValue(source, slot, { [key]: inner });
  }
  const before = valueAt(source, slot.node);
  if (same(before, value)) return text;
  if (isMap(slot.node) && slot.node.items.length > 0 && isPlainMap(value) && isPlainMap(before))
    return mergedMap(text, file, path, before, value);
  if (Array.isArray(before) && before.length > 0 && Array.isArray(value) && value.length > 0)
    return mergedList(text, file, path, before, value);
  return replaceValue(source, slot, value);
}

function mergedMap(text: string, file: string, path: Path, before: object, value: object): string {
  const wanted = Object.entries(value).filter(([, item]) => item !== undefined);
  const added = wanted.reduce((result, [key, item]) => settled(result, file, [...path, key], item), text);
  const gone = Object.keys(before).filter((key) => !wanted.some(([name]) => name === key));
  return gone.reduce((result, key) => without(result, file, [...path, key]), added);
}

function mergedList(
  text: string,
  file: string,
  path: Path,
  before: readonly unknown[],
  value: readonly unknown[],
): string {
  const { head, removed, added } = changedRange(before, value, same);
  let result = text;
  const edit = (change: (source: Source, slot: Slot) => string): void => {
    const source = open(result, file);
    result = change(source, find(source, path).slot);
  };
  for (let index = 0; index < Math.max(removed, added.length); index++) {
    const [old, item] = [before[head + index], added[index]];
    const at = head + Math.min(index, added.length);
    // A map in the place of a map is the same thing changed; of anything else the comment beside it speaks no longer.
    if (index < removed && isPlainMap(old) && isPlainMap(item))
      result = settled(result, file, [...path, String(at)], item);
    else {
      if (index < added.length) edit((source, slot) => addItem(source, slot, at, item));
      if (index < removed) edit((source, slot) => removeItem(source, slot, index < added.length ? at + 1 : at));
    }
  }
  return result;
}

function without(text: string, file: string, path: Path): string {
  const source = open(text, file);
  const { slot, missing } = find(source, path);
  if (missing.length > 0) return text;
  if (slot.kind === "pair") return removePair(source, slot);
  if (slot.kind === "item") return removeItem(source, slot.parent, slot.index);
  return refuse(source, slot.node, "the whole file is no key", "remove the file instead");
}

/** Takes the key (or list item) at `path` out, with its line. A map that loses its last key is left as `{}`. */
export function removeKey(text: string, file: string, path: Path): Splice {
  const source = open(text, file);
  if (find(source, path).missing.length > 0) return unchanged(source);
  return checked(source, without(text, file, path), withValue(source.value, path, undefined));
}
