/**
 * Lists that people, `gen` and we all add to: the `resources` of a kustomization. Two new neighbours in it are a conflict
 * of lines and none of sense, so what we add and take out is spliced into the user's list instead.
 */
import { ExpectedError } from "../model/errors.ts";
import { readDocuments } from "../yaml/documents.ts";
import { appendToList, removeFromList, removeKey, setValue } from "../yaml/splice.ts";
import { linesOf, normalise } from "./lines.ts";
import type { Versions } from "./pins.ts";

type Mapping = Readonly<Record<string, unknown>>;

/** kustomize takes `./a` and `a` for the same file. */
const sameFile = (item: string): string => item.replace(/^\.\//, "");

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

function mappingIn(text: string, path: string): Mapping | undefined {
  const documents = readDocuments(text, path);
  const [only] = documents;
  return documents.length === 1 && typeof only === "object" && only !== null && !Array.isArray(only)
    ? (only as Mapping)
    : undefined;
}

/** The same whatever the order inside the lists, and whether an empty one is written. */
function unordered(mapping: Mapping): string {
  const entries = Object.entries(mapping)
    .filter(([, value]) => !(isTexts(value) && value.length === 0))
    .map(([key, value]) => [key, isTexts(value) ? value.map(sameFile).sort() : value] as const);
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

const isKustomization = (path: string): boolean => /(^|\/)kustomization\.ya?ml$/.test(path);

/** One kustomization that lists what each of several lists; undefined where they are something else. */
export function joinLists(path: string, [first, ...others]: readonly string[]): string | undefined {
  if (first === undefined || !isKustomization(path)) return undefined;
  return others.reduce((whole, other) => withEdits(whole, path, {}, mappingIn(other, path) ?? {}), first);
}

/** The user's kustomization with our additions and removals, or undefined where both changed more of a key than a list. */
export function mergeLists(path: string, { base, ours, theirs }: Versions): string | undefined {
  if (!isKustomization(path)) return undefined;
  try {
    const [before, mine, now] = [mappingIn(base, path), mappingIn(ours, path), mappingIn(theirs, path)];
    if (before === undefined || mine === undefined || now === undefined) return undefined;
    const merged = withKeys(ours, path, { before, mine, now });
    // The comment beside an item is the user's, and would go with the item.
    return merged !== undefined && keepsLines(merged, ours, base) ? merged : undefined;
  } catch (error) {
    // Not readable, or something else stands where a list is wanted: lines it is, then.
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}

interface Sides {
  readonly before: Mapping;
  readonly mine: Mapping;
  readonly now: Mapping;
}

/** A key that the user left alone comes, goes and changes as a whole; of a list of texts that both changed, the items do. */
function withKeys(text: string, path: string, { before, mine, now }: Sides): string | undefined {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].reduce<string | undefined>((whole, key) => {
    const [old, own, wanted] = [before[key], mine[key], now[key]];
    if (whole === undefined || isSame(old, wanted)) return whole;
    if (isSame(old, own))
      return wanted === undefined ? removeKey(whole, path, [key]).text : setValue(whole, path, [key], wanted).text;
    const areLists = [old, own, wanted].every((value) => value === undefined || isTexts(value));
    return areLists ? withEdits(whole, path, only(key, old), only(key, wanted)) : undefined;
  }, text);
}

const only = (key: string, value: unknown): Mapping => (value === undefined ? {} : { [key]: value });

const isSame = (one: unknown, other: unknown): boolean =>
  one === undefined || other === undefined ? one === other : unordered({ one }) === unordered({ one: other });

/** A kustomization of somebody else with what we list, or undefined where it differs from ours in more than its lists. */
export function extendLists(path: string, { ours, theirs }: Omit<Versions, "base">): string | undefined {
  if (!isKustomization(path)) return undefined;
  try {
    const [mine, listed] = [mappingIn(ours, path), mappingIn(theirs, path)];
    if (mine === undefined || listed === undefined) return undefined;
    const extended = withEdits(ours, path, {}, without(listed, mine));
    const reached = mappingIn(extended, path);
    if (reached === undefined || Object.keys(without(listed, reached)).length > 0) return undefined;
    // What is no list stands in both and says the same.
    return unordered({ ...reached, ...scalars(listed) }) === unordered(reached) ? extended : undefined;
  } catch (error) {
    if (error instanceof ExpectedError) return undefined;
    throw error;
  }
}

/** Entries of lists that the other one lacks. */
const without = (listed: Mapping, other: Mapping): Mapping =>
  Object.fromEntries(
    Object.entries(listed).flatMap(([key, value]) => {
      const there = isTexts(other[key]) ? other[key].map(sameFile) : [];
      const lacking = isTexts(value) ? value.filter((item) => !there.includes(sameFile(item))) : [];
      return lacking.length > 0 ? [[key, lacking]] : [];
    }),
  );

const scalars = (mapping: Mapping): Mapping =>
  Object.fromEntries(Object.entries(mapping).filter(([, value]) => !isTexts(value)));

function keepsLines(merged: string, ours: string, base: string): boolean {
  const [generated, kept] = [linesOf(normalise(base)), linesOf(normalise(merged))];
  return linesOf(normalise(ours)).every((line) => generated.includes(line) || kept.includes(line));
}

function withEdits(text: string, path: string, before: Mapping, now: Mapping): string {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return keys.reduce((whole, key) => {
    const [old, wanted] = [before[key] ?? [], now[key] ?? []];
    if (!isTexts(old) || !isTexts(wanted)) return whole;
    const [was, is] = [old.map(sameFile), wanted.map(sameFile)];
    const added = wanted.filter((item) => !was.includes(sameFile(item)));
    const removed = old.filter((item) => !is.includes(sameFile(item)));
    const longer = added.reduce((current, item) => appendToList(current, path, [key], item).text, whole);
    return removed.reduce((current, item) => removeFromList(current, path, [key], item).text, longer);
  }, text);
}
