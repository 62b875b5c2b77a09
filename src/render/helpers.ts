/**
 * The helpers templates run with. Those of the first group are written in templates; those of the second only by the
 * pass of src/render/compile, which puts every interpolation into the one of its file type.
 */
import { printItem, printNested } from "../yaml/print.ts";
import { scalar, type Scalar } from "../yaml/scalar.ts";
import { hclValue } from "./escape/hcl.ts";
import { jsonValue } from "./escape/json.ts";
import { markdownCode, markdownFence, markdownLink, markdownText } from "./escape/markdown.ts";
import { routerOsValue } from "./escape/routeros.ts";
import { shellWord } from "./escape/shell.ts";
import { commentText, plainText } from "./escape/text.ts";
import { pathOf, rawValue } from "./strictView.ts";

/** Stands for the line breaks of a block until the text around it has been tidied. */
export const BREAK = "\0";

interface Frame {
  readonly [name: string]: unknown;
}

interface BlockOptions {
  readonly data: Frame;
  fn(context: unknown, options?: { data: Frame }): string;
  inverse(context: unknown): string;
}

function one(value: unknown): Scalar {
  if (typeof value === "object" && value !== null)
    throw new Error(`${pathOf(value)} is a list or map: {{block …}} prints those`);
  if (value === undefined) throw new Error("an interpolation without a value");
  return value as Scalar;
}

function words(value: unknown): string {
  const single = one(value);
  if (single === null) throw new Error("null where text is wanted");
  return String(single);
}

const keepLines = (text: string): string => text.replaceAll("\n", BREAK);

/** The context of each round is kept in the frame: Handlebars forgets one that equals the context around it. */
function each(this: unknown, items: unknown, { data, fn, inverse }: BlockOptions): string {
  if (items !== null && typeof items !== "object") throw new Error(`{{#each}} over ${JSON.stringify(items)}`);
  const keys = Object.keys(items ?? {});
  if (items === null || keys.length === 0) return inverse(this);
  const rounds = keys.map((key, index) => {
    const item: unknown = Reflect.get(items, key);
    const frame = { ...data, _parent: data, key, index, first: index === 0, last: index === keys.length - 1, item };
    return fn(item, { data: frame });
  });
  return rounds.join("");
}

export const helpers = {
  each,
  eq: (a: unknown, b: unknown) => one(a) === one(b),
  str: (...args: readonly unknown[]) => args.slice(0, -1).map(words).join(""),
  comment: (value: unknown) => commentText(words(value)),
  raw: (value: unknown) => words(value),

  yaml: (value: unknown) => scalar(one(value)),
  yamlNested: (value: unknown, indent: number) => keepLines(printNested(rawValue(value), indent)),
  yamlItem: (value: unknown, indent: number) => keepLines(printItem(rawValue(value), indent)),
  markdown: (value: unknown) => markdownText(words(value)),
  markdownCode: (value: unknown, inTable: boolean) => markdownCode(words(value), inTable),
  markdownFence: (value: unknown) => markdownFence(words(value)),
  markdownLink: (value: unknown) => markdownLink(words(value)),
  shell: (value: unknown) => keepLines(shellWord(words(value))),
  json: (value: unknown) => jsonValue(one(value)),
  jsonBlock: (value: unknown, indent: number) => keepLines(jsonValue(rawValue(value), indent)),
  hcl: (value: unknown) => hclValue(one(value)),
  hclBlock: (value: unknown, indent: number) => keepLines(hclValue(rawValue(value), indent)),
  routeros: (value: unknown) => routerOsValue(words(value)),
  text: (value: unknown) => plainText(words(value)),
};
