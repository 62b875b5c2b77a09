/** A fresh homelab.yaml, as a person would lay it out. */
import type { z } from "zod";
import type { Catalog } from "../model/component.ts";
import { printFlow } from "../yaml/print.ts";
import { scalar } from "../yaml/scalar.ts";
import { choicesOf } from "./choices.ts";
import { metaOf } from "./meta.ts";
import { specSchema } from "./schema.ts";
import { isMap } from "../model/unknown.ts";
import { childOf, formOf, keysOf } from "./shape.ts";

const SCHEMA_LINE = "# yaml-language-server: $schema=./.homelab-net/schema.json";
const ABOUT = "The network this repository describes. Keys that are not here have defaults.";
const WIDTH = 100;
const COMMENT_COLUMN = 42;

/**
 * Text of a new file for a spec as people write it (short or long forms, `undefined` for "not there"). Keys in the order
 * of the schema, maps on one line where they fit, a blank line between groups. Not checked: loading the text is.
 * `header` replaces the comment at the top.
 */
export function newSpec(value: Readonly<Record<string, unknown>>, catalog: Catalog, header: string = ABOUT): string {
  const schema = specSchema(catalog, choicesOf(value, catalog));
  const groups = ordered(shortened(value, schema) as Record<string, unknown>, schema).map(([key, item]) =>
    entry(key, item, childOf(schema, value, key), 0),
  );
  const body = groups.flatMap((lines, index) => {
    const apart = index > 0 && (lines.length > 1 || (groups[index - 1]?.length ?? 0) > 1);
    return apart ? ["", ...lines] : lines;
  });
  const about = header.split("\n").map((line) => (line === "" ? "#" : `# ${line}`));
  return `${[SCHEMA_LINE, ...about, ...body].join("\n")}\n`;
}

/** Long forms that say no more than the short one, made short; keys without a value left out. */
function shortened(value: unknown, schema: z.ZodType | undefined): unknown {
  if (Array.isArray(value)) return value.map((item, index) => shortened(item, schema && childOf(schema, value, index)));
  if (!isMap(value)) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const [only] = entries;
  const short = schema === undefined ? undefined : metaOf(schema).short;
  if (entries.length === 1 && only !== undefined && only[0] === short && !isNested(only[1])) return only[1];
  return Object.fromEntries(
    entries.map(([key, item]) => [key, shortened(item, schema && childOf(schema, value, key))]),
  );
}

const isNested = (value: unknown): boolean => typeof value === "object" && value !== null;

/** Keys of ours in our order, then what the schema does not know; names of the user as they come. */
function ordered(
  value: Readonly<Record<string, unknown>>,
  schema: z.ZodType | undefined,
): readonly (readonly [string, unknown])[] {
  const known = schema === undefined ? [] : Object.keys(keysOf(schema)).filter((key) => Object.hasOwn(value, key));
  const others = Object.keys(value).filter((key) => !known.includes(key));
  return [...known, ...others].map((key) => [key, value[key]]);
}

/** The lines of one key, without a line break at the end. */
function entry(key: string, value: unknown, schema: z.ZodType | undefined, indent: number): readonly string[] {
  const head = `${" ".repeat(indent)}${scalar(key)}:`;
  const line = `${head} ${printFlow(inOrder(value, schema))}`;
  if (!isNested(value)) return [withComment(`${head} ${scalar(value as string)}`, schema)];
  const empty = Object.keys(value as object).length === 0;
  if (empty || (fitsOneLine(value, schema, indent) && line.length <= WIDTH)) return [withComment(line, schema)];
  const below = isMap(value)
    ? ordered(value, schema).flatMap(([name, item]) =>
        entry(name, item, schema && childOf(schema, value, name), indent + 2),
      )
    : (value as readonly unknown[]).map((item) => `${" ".repeat(indent + 2)}- ${printFlow(item)}`);
  return [withComment(head, schema), ...below];
}

/** Lists and the insides of groups go on one line; groups themselves and maps of several named things do not. */
function fitsOneLine(value: unknown, schema: z.ZodType | undefined, indent: number): boolean {
  if (!isMap(value)) return true;
  const layout = schema === undefined ? undefined : metaOf(schema).layout;
  if (layout !== undefined) return layout === "line";
  const items = Object.values(value);
  if (schema !== undefined && holdsSeveral(schema)) return items.length === 1 && !items.some(isNested);
  return indent > 0;
}

/** Names of the user, or keys that each stand for a component. */
const holdsSeveral = (schema: z.ZodType): boolean =>
  formOf(schema) === "names" || Object.values(keysOf(schema)).some((key) => metaOf(key).toggle !== undefined);

function inOrder(value: unknown, schema: z.ZodType | undefined): unknown {
  if (!isMap(value)) return value;
  return Object.fromEntries(
    ordered(value, schema).map(([key, item]) => [key, inOrder(item, schema && childOf(schema, value, key))]),
  );
}

function withComment(line: string, schema: z.ZodType | undefined): string {
  const comment = schema === undefined ? undefined : metaOf(schema).comment;
  return comment === undefined ? line : `${line.padEnd(COMMENT_COLUMN - 1)} # ${comment}`;
}
