/** Words of messages: what stood there, what is expected. */
import { z } from "zod";
import { printFlow } from "../yaml/print.ts";
import { metaOf } from "./meta.ts";
import { maskPassword, quote } from "../fields/quote.ts";
import { written } from "./layers.ts";
import { formOf, membersOf, valuesOf, type Path } from "./shape.ts";

export const dotted = (path: Path): string => path.join(".");

/** "`lan.cidr`", "item 2 of `domains`". */
export function nameOf(path: Path): string {
  const last = path.at(-1);
  return typeof last === "number" ? `item ${last + 1} of ${quote(dotted(path.slice(0, -1)))}` : quote(dotted(path));
}

/** What to write where: `lan.cidr: 172.16.1.0/24`, or the item alone in a list. */
export const assignment = (path: Path, text: string): string =>
  typeof path.at(-1) === "number" ? text : `${dotted(path)}: ${text}`;

/** The first line or sentence of a description, to stand in brackets. */
export const firstClause = (description: string): string => (description.split(/\n|[.;] |\.$/)[0] ?? "").trim();

/** A value as it could be written in the file, on one line. */
export const asWritten = (value: unknown): string => maskPassword(printFlow(value));

const FORMS = {
  text: "text",
  number: "a number",
  switch: "true or false",
  list: "a list",
  object: "a map",
  names: "a map of names",
  either: "something else",
  anything: "something else",
} as const;

/** "an IPv4 address", "a list", "a map or text". */
export function expected(schema: z.ZodType): string {
  const { kind } = metaOf(schema);
  if (kind !== undefined) return kind;
  const values = valuesOf(schema);
  if (values !== undefined) return values.length === 1 ? String(values[0]) : `one of ${values.join(", ")}`;
  const members = membersOf(schema);
  if (members.length === 1) return isWhole(written(schema)) ? "a whole number" : FORMS[formOf(schema)];
  return [...new Set(members.map(expected))].join(" or ");
}

const isWhole = (schema: z.ZodType): boolean =>
  schema instanceof z.ZodNumber && schema.format?.includes("int") === true;

/** "a list", "text", "a number": what stood there. */
export function found(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  if (typeof value === "number" && !Number.isInteger(value)) return Number.isFinite(value) ? "a fraction" : "no number";
  return typeof value === "string" ? "text" : typeof value === "boolean" ? "true or false" : "a number";
}
