/** A text that is about to be edited in place: its syntax tree, and the geometry of its lines. */
import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  visit,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { UserError } from "../../model/errors.ts";
import { parseDocuments } from "../parse.ts";
import { at, placeOf } from "../position.ts";
import { contentProblems, documentsProblem, syntaxProblems } from "../problems.ts";

export type BlockPair = Pair<Node, Node | null>;
export type Map = YAMLMap<Node, Node | null>;
export type Seq = YAMLSeq<Node>;

export interface Source {
  readonly text: string;
  readonly file: string;
  readonly root: Node | null;
  readonly document: Document | undefined;
  readonly value: unknown;
  readonly eol: "\n" | "\r\n";
  /** Values are shared between places: an edit of one may change another. */
  readonly hasAliases: boolean;
}

/** Throws UserError with file, line and column when the text is not one readable YAML document. */
export function open(text: string, file: string): Source {
  const documents = parseDocuments(text, {
    prettyErrors: false,
    uniqueKeys: false,
    keepSourceTokens: true,
    logLevel: "error",
  });
  const [document, second] = documents;
  const [problem] = [
    ...syntaxProblems({ text, file }, documents),
    ...(document === undefined ? [] : contentProblems({ text, file }, document, "allow")),
    ...(second === undefined ? [] : [documentsProblem({ text, file }, second)]),
  ];
  if (problem !== undefined) {
    const [place] = problem.places ?? [];
    throw new UserError(`${place === undefined ? file : at(place)}: ${problem.message}`, problem.fix);
  }
  let hasAliases = false;
  if (document !== undefined) visit(document, { Alias: () => void (hasAliases = true) });
  return {
    text,
    file,
    document,
    root: (document?.contents as Node | null | undefined) ?? null,
    value: document === undefined ? null : valueOf(document, text, file),
    eol: text.includes("\r\n") ? "\r\n" : "\n",
    hasAliases,
  };
}

function valueOf(document: Document, text: string, file: string): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    throw new UserError(`${at(placeOf(text, file, 0))}: ${(cause as Error).message}`, undefined, { cause });
  }
}

/** The value of a node, aliases resolved. */
export const valueAt = ({ document }: Source, node: Node | null): unknown =>
  node === null || document === undefined ? null : (node.toJS(document) as unknown);

export function refuse({ text, file }: Source, node: Node | null, message: string, hint: string): never {
  throw new UserError(`${at(placeOf(text, file, node?.range?.[0] ?? 0))}: ${message}`, hint);
}

export const isFlow = (node: Node | null): boolean => isCollection(node) && node.flow === true;
export const isLiteral = (node: Node | null): boolean => isScalar(node) && node.type?.startsWith("BLOCK") === true;
/** `key:` with nothing behind it. */
export const isLeftOut = (node: Node | null): boolean =>
  node === null || (isScalar(node) && node.range?.[0] === node.range?.[1]);
export const isNull = (node: Node | null): boolean => node === null || (isScalar(node) && node.value === null);

type Token = { readonly type: string; readonly offset?: number };

const offsetOf = (tokens: readonly unknown[] | undefined, ...types: readonly string[]): number | undefined =>
  (tokens as readonly Token[] | undefined)?.find(({ type }) => types.includes(type))?.offset;

export const startOf = (node: Node): number => node.range?.[0] ?? 0;

/** Where a pair begins, with what stands before its key: `? `, `&anchor`, `!tag`. */
export const pairStart = ({ key, srcToken }: BlockPair): number =>
  offsetOf(srcToken?.start, "explicit-key-ind", "anchor", "tag") ?? startOf(key);

/** Behind the colon; `undefined` for a key without one, as in `{ a, b }`. */
export function afterColon({ srcToken }: BlockPair): number | undefined {
  const colon = offsetOf(srcToken?.sep, "map-value-ind");
  return colon === undefined ? undefined : colon + 1;
}

export function dashOf(seq: Seq, index: number): number {
  const { srcToken } = seq;
  const dash = srcToken?.type === "block-seq" ? offsetOf(srcToken.items[index]?.start, "seq-item-ind") : undefined;
  return dash ?? startOf(seq);
}

export const pairEnd = (pair: BlockPair): number =>
  isLeftOut(pair.value) ? (afterColon(pair) ?? pair.key.range?.[1] ?? 0) : endOf(pair.value as Node);

/** Behind the last character of the content; for a block scalar behind its last line break. */
export function endOf(node: Node): number {
  if (!isFlow(node)) {
    const last = isMap(node) ? (node as Map).items.at(-1) : undefined;
    if (last !== undefined) return pairEnd(last);
    if (isSeq(node) && node.items.length > 0) return itemEnd(node as Seq, node.items.length - 1);
  }
  return node.range?.[1] ?? 0;
}

export function itemEnd(seq: Seq, index: number): number {
  const item = seq.items[index] ?? null;
  return isLeftOut(item) ? dashOf(seq, index) + 1 : endOf(item as Node);
}

export const lineStart = ({ text }: Source, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;

/** Start of the line after the one in which content that ends at `end` ends. */
export function afterLine({ text }: Source, end: number): number {
  if (end > 0 && text[end - 1] === "\n") return end;
  const newline = text.indexOf("\n", end);
  return newline < 0 ? text.length : newline + 1;
}

export function columnOf(source: Source, offset: number): number {
  const start = lineStart(source, offset);
  return offset - start - (source.text[start] === "\ufeff" ? 1 : 0);
}

export const columnOfMap = (source: Source, map: Map): number => {
  const [first] = map.items;
  return first === undefined ? 0 : columnOf(source, pairStart(first));
};

export { isAlias, isMap, isScalar, isSeq, type Node };
