/**
 * Values as YAML text in one style: block, two spaces, list items indented under their key, keys in the order
 * given. `undefined` keys are dropped; a value YAML has no word for (function, bigint, `undefined` in a list)
 * is our bug and throws a plain Error.
 */
import { scalar, type Scalar } from "./scalar.ts";

const STEP = 2;

/** Texts of several lines: as `|` blocks where every reader keeps them, or quoted on one line. */
export type Multiline = "literal" | "quoted";

type Entries = readonly (readonly [key: string, value: unknown])[];

// YAML 1.2.2 §7.4.2: a key on one line has at most 1024 characters.
const LONGEST_KEY = 1000;

function keyText(key: string, flow?: "flow"): string {
  const text = scalar(key, flow);
  if (text.length > LONGEST_KEY) throw new Error(`too long for a YAML key: ${text.slice(0, 40)}…`);
  return text;
}

export const isScalar = (value: unknown): value is Scalar =>
  value === null || ["string", "number", "boolean"].includes(typeof value);

export function entriesOf(value: unknown): Entries {
  const prototype: unknown = value !== null && typeof value === "object" ? Object.getPrototypeOf(value) : undefined;
  if (prototype !== Object.prototype && prototype !== null) throw new Error(`YAML has no word for ${String(value)}`);
  return Object.entries(value as object).filter(([, item]) => item !== undefined);
}

const isEmpty = (value: unknown): boolean =>
  Array.isArray(value) ? value.length === 0 : !isScalar(value) && entriesOf(value).length === 0;

/** `|` keeps a text readable; these are the texts it keeps for certain in every reader. */
function literalLines(text: string): readonly string[] | undefined {
  if (!text.includes("\n") || /[^\n\t\x20-\x7e\p{L}\p{N}\p{M}\p{S}\p{P}]/u.test(text)) return undefined;
  const lines = text.replace(/\n$/, "").split("\n");
  const unsafe = lines[0] === "" || lines.at(-1) === "" || lines[0]?.startsWith(" ") === true;
  return unsafe || lines.some((line) => /^\t|[ \t]$/.test(line)) ? undefined : lines;
}

function literal(text: string, indent: number): string | undefined {
  const lines = literalLines(text);
  if (lines === undefined) return undefined;
  const margin = " ".repeat(indent);
  return [text.endsWith("\n") ? "|" : "|-", ...lines.map((line) => (line === "" ? "" : margin + line))].join("\n");
}

/** On the line it starts on: a scalar, the head of a literal block, or an empty collection. */
function inline(value: unknown, indent: number, multiline: Multiline): string | undefined {
  if (typeof value === "string") return (multiline === "literal" ? literal(value, indent) : undefined) ?? scalar(value);
  if (isScalar(value)) return scalar(value);
  if (isEmpty(value)) return Array.isArray(value) ? "[]" : "{}";
  return undefined;
}

const pair = (key: string, value: unknown, indent: number, multiline: Multiline): string =>
  `${keyText(key)}:${printNested(value, indent + STEP, multiline)}`;

/** Lines of a non-empty collection; the first without its indentation. */
function block(value: unknown, indent: number, multiline: Multiline): string {
  const lines = Array.isArray(value)
    ? value.map((item) => `- ${printItem(item, indent + STEP, multiline)}`)
    : entriesOf(value).map(([key, item]) => pair(key, item, indent, multiline));
  return lines.join(`\n${" ".repeat(indent)}`);
}

/** What stands after `- `, without the last line break. `indent` is the column of what follows the dash. */
export function printItem(value: unknown, indent: number, multiline: Multiline = "literal"): string {
  return inline(value, indent, multiline) ?? block(value, indent, multiline);
}

/** What stands after `key:`, without the last line break: ` scalar`, or a line break and a block at column `indent`. */
export function printNested(value: unknown, indent: number, multiline: Multiline = "literal"): string {
  const text = inline(value, indent, multiline);
  return text === undefined ? `\n${" ".repeat(indent)}${block(value, indent, multiline)}` : ` ${text}`;
}

/** One document. */
export function print(value: unknown): string {
  return `${isScalar(value) ? scalar(value) : printItem(value, 0)}\n`;
}

/** A stream of documents, `---` before each. */
export const printDocuments = (values: readonly unknown[]): string =>
  values.map((value) => `---\n${print(value)}`).join("");

/** One line in flow style: `{ url: …, branch: main }`, `[a, b]`. */
export function printFlow(value: unknown): string {
  if (isScalar(value)) return scalar(value, "flow");
  if (Array.isArray(value)) return `[${value.map(printFlow).join(", ")}]`;
  const pairs = entriesOf(value).map(([key, item]) => `${keyText(key, "flow")}: ${printFlow(item)}`);
  return pairs.length === 0 ? "{}" : `{ ${pairs.join(", ")} }`;
}
