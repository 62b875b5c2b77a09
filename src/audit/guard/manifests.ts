/**
 * Secrets of Kubernetes where no file of YAML is: in pages, scripts, templates of charts, JSON, patches, and in files that
 * cannot be read as YAML. Told by their lines, as people write them, or by their braces.
 */
import { decoded, isHarmless } from "./harmless.ts";
import { isMap } from "../../model/unknown.ts";
import type { Path } from "../../yaml/stream.ts";
import type { FileDocument } from "../objects.ts";
import { offsetOf } from "./offset.ts";
import type { Mark } from "./tokens.ts";

const WHAT = "a Secret that is not encrypted";

const BLOCK = /^(?<indent>[ \t]*(?:- )?)["']?kind["']?[ \t]*:[ \t]*["']?Secret(?:List)?["']?[ \t\r]*(?:#.*)?$/gm;
const FLOW = /["']?kind["']?\s{0,20}:\s{0,20}["']?Secret(?:List)?["']?\s{0,20}[,}]/g;
const FIELD = /^["']?(?:data|stringData)["']?[ \t]*:(?<rest>.*)$/;
const PAIR = /^["']?(?<key>[\w./-]+)["']?[ \t]*:[ \t]*(?<value>.*)$/;

/** Where a value of a Secret stands in a text. */
export function manifestsIn(text: string): readonly Mark[] {
  if (!/\bkind["']?\s*:\s*["']?Secret/.test(text)) return [];
  const from = [...inBlocks(text), ...inBraces(text)];
  return [...new Set(from)].map((index) => ({ what: WHAT, index, end: index + 1, shown: 0 }));
}

/** In a document that can be read: texts within it, as patches and the files of a ConfigMap. */
export function manifestsWithin(document: FileDocument, text: string): readonly Mark[] {
  if (!/\bkind["'\\]*\s*:\s*["'\\]*Secret/.test(text)) return [];
  return textsIn(document.value, []).flatMap(([path, value]) => {
    const [first] = manifestsIn(value);
    if (first === undefined) return [];
    const { line, column } = document.place(path, "value");
    const index = offsetOf(text, line, column);
    return [{ ...first, index, end: index + 1 }];
  });
}

/** Only trees: what an alias repeats is looked at where it stands. */
function textsIn(value: unknown, path: Path, seen = new Set()): readonly (readonly [Path, string])[] {
  if (typeof value === "string") return /\n|^\s*\{/.test(value) ? [[path, value]] : [];
  if ((!isMap(value) && !Array.isArray(value)) || seen.has(value)) return [];
  seen.add(value);
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, item]) => textsIn(item, [...path, isList ? Number(key) : key], seen));
}

interface Line {
  readonly from: number;
  readonly indent: number;
  /** The first of an item of a list. */
  readonly isItem: boolean;
  /** Without its indentation. */
  readonly text: string;
}

/** Filled in when the template or the script runs: `{{ .Values.a }}`, `"$TOKEN"`, `%s`. */
const isFilledIn = (value: string): boolean => /^["']?(?:\$|\{\{|\{%|<%|%s|<)/.test(value);

function isPlain(value: string): boolean {
  const text = value.replace(/\s+#.*$/, "").trim();
  const unquoted = text.replace(/^(["'])(.*)\1,?$/s, "$2");
  return !(isHarmless(unquoted) || isFilledIn(unquoted) || isFilledIn(decoded(unquoted)) || /^[|>&*!{[]/.test(text));
}

function* inBlocks(text: string): Generator<number> {
  const kinds = [...text.matchAll(BLOCK)];
  if (kinds.length === 0) return;
  const lines = linesOf(text);
  const numbers = new Map(lines.map(({ from }, number) => [from, number]));
  // An object is walked once, however often it says what it is.
  const done = new Map<number, number>();
  for (const { index, groups } of kinds) {
    const indent = groups?.["indent"]?.length ?? 0;
    const number = numbers.get(index) ?? 0;
    if (number < (done.get(indent) ?? 0)) continue;
    const [start, end] = objectAround(lines, number, indent);
    done.set(indent, end);
    for (let at = start; at < end; at += 1) {
      const line = lines[at];
      const field = line?.indent === indent ? FIELD.exec(line.text) : null;
      if (line === undefined || field === null) continue;
      const [inline] = pairsIn(field.groups?.["rest"] ?? "", line.from);
      if (inline !== undefined) yield inline;
      else yield* valuesBelow(lines, at + 1, end, indent);
    }
  }
}

/** Lines, of which `- kind` and what is below it stand equally deep. */
function linesOf(text: string): readonly Line[] {
  let from = 0;
  return text.split("\n").map((line) => {
    const indent = /^[ \t]*(?:- )?/.exec(line)?.[0].length ?? 0;
    const isItem = line.slice(0, indent).endsWith("- ");
    const found = { from, indent, isItem, text: line.slice(indent).replace(/\r$/, "") };
    from += line.length + 1;
    return found;
  });
}

/** From the first line of the object to the one after its last: until one that stands further out, or ends a document. */
function objectAround(lines: readonly Line[], at: number, indent: number): readonly [number, number] {
  const isOutside = ({ indent: own, text }: Line): boolean =>
    (text !== "" && own < indent) || /^(?:---|\.\.\.|```|~~~|[A-Z_]+$)/.test(text);
  const isNext = ({ indent: own, isItem }: Line): boolean => isItem && own === indent;
  let [start, end] = [at, at + 1];
  while (start > 0 && !isNext(lines[start] as Line) && !isOutside(lines[start - 1] as Line)) start -= 1;
  while (end < lines.length && !isNext(lines[end] as Line) && !isOutside(lines[end] as Line)) end += 1;
  return [start, end];
}

/** The first value further in: after its key, or as the block that follows. */
function* valuesBelow(lines: readonly Line[], start: number, end: number, indent: number): Generator<number> {
  for (let number = start; number < end; number += 1) {
    const { from, indent: own, text } = lines[number] as Line;
    if (text === "" || text.startsWith("#") || text.startsWith("{{")) continue;
    if (own <= indent) return;
    const { value } = PAIR.exec(text)?.groups ?? {};
    const isValue = value === undefined ? isPlain(text) : value !== "" && isPlain(value);
    if (!isValue) continue;
    yield from + own;
    return;
  }
}

const pairsIn = (text: string, from: number): readonly number[] =>
  /^\s*\{/.test(text)
    ? [...text.matchAll(/["']?[\w./-]+["']?\s*:\s*(?<value>"[^"]*"|'[^']*'|[^,{}"']+)/g)].flatMap(({ groups, index }) =>
        isPlain(groups?.["value"] ?? "") ? [from + index] : [],
      )
    : [];

/** Nobody writes a Secret by hand that is larger, and braces of other files must not be walked for ever. */
const REACH = 20_000;

/** It has two of them, and what is nested in it is none. */
const FIELDS = 4;

/** `{"kind": "Secret", "data": {…}}` in whatever spacing. */
function* inBraces(text: string): Generator<number> {
  let done = 0;
  for (const { index } of text.matchAll(FLOW)) {
    if (index < done) continue;
    const start = opening(text, index);
    if (start === undefined) continue;
    const end = closing(text, start + 1);
    done = end;
    const own = text.slice(start, end);
    const fields = own.matchAll(/["']?\b(?:data|stringData)["']?\s{0,20}:\s{0,20}(?=\{)/g);
    for (const field of [...fields].slice(0, FIELDS)) {
      const from = field.index + field[0].length;
      const [first] = pairsIn(own.slice(from, closing(own, from + 1)), start + from);
      if (first !== undefined) yield first;
    }
  }
}

function opening(text: string, from: number): number | undefined {
  for (let at = from, depth = 0; at >= Math.max(0, from - REACH); at -= 1) {
    if (text[at] === "}") depth += 1;
    if (text[at] !== "{") continue;
    if (depth === 0) return at;
    depth -= 1;
  }
  return undefined;
}

function closing(text: string, from: number): number {
  const last = Math.min(text.length, from + REACH);
  for (let at = from, depth = 1; at < last; at += 1) {
    if (text[at] === "{") depth += 1;
    if (text[at] !== "}") continue;
    depth -= 1;
    if (depth === 0) return at + 1;
  }
  return last;
}
