/** `--set path=value`: the key decides what the text means. */
import type { z } from "zod";
import type { Catalog } from "../model/component.ts";
import type { Finding } from "../model/finding.ts";
import { suggest } from "../model/suggest.ts";
import { read } from "../yaml/read.ts";
import { someChoices } from "./choices.ts";
import { coerce } from "./coerce.ts";
import { elsewhere } from "./elsewhere.ts";
import { matches, specKeys } from "./keys.ts";
import { metaOf } from "./meta.ts";
import { findingOf, sourceOf } from "./place.ts";
import { problemsOf } from "./problems.ts";
import type { Problem } from "./sentences.ts";
import { quote } from "../fields/quote.ts";
import { specSchema } from "./schema.ts";
import { isMap } from "../model/unknown.ts";
import { childOf, formOf, isScalar, membersOf, schemasAt, type Form, type Path } from "./shape.ts";

export type Setting = { readonly value: unknown } | { readonly finding: Finding };

/**
 * The value to write at `path`, in the form people write. Maps and lists are given in YAML or JSON flow style, lists of
 * plain values also with commas. Whether the value fits the rest of the spec, loading says.
 */
export function parseSetting(path: string, text: string, catalog: Catalog): Setting {
  const keys = path.split(".");
  const wholes = someChoices(catalog).map((choices) => specSchema(catalog, choices));
  const schemas = wholes.flatMap((whole) => schemasAt(whole, keys));
  if (schemas.length === 0) return { finding: findingOf(unknownPath(path, catalog)) };
  const given = valueOf(text, schemas, keys);
  if ("finding" in given) return given;
  const typed = schemas.map((schema) => coerce(schema, given.value, given.textAt));
  const fitting = schemas.findIndex((schema, index) => schema.safeParse(typed[index]).success);
  const value =
    fitting === -1
      ? schemas.reduce((before, schema) => coerce(schema, before, given.textAt), given.value)
      : typed[fitting];
  return check(value, keys, schemas, wholes);
}

/** What is wrong with a path that no homelab.yaml can have. */
export function unknownKey(path: string, catalog: Catalog): Finding | undefined {
  const wholes = someChoices(catalog).map((choices) => specSchema(catalog, choices));
  const isKnown = wholes.some((whole) => schemasAt(whole, path.split(".")).length > 0);
  return isKnown ? undefined : findingOf(unknownPath(path, catalog));
}

function takesScalar(schema: z.ZodType): boolean {
  const { short, toggle } = metaOf(schema);
  return short !== undefined || toggle !== undefined;
}

type Text = { readonly value: unknown; readonly textAt: (path: Path) => string | undefined };

function valueOf(text: string, schemas: readonly z.ZodType[], path: Path): Text | { readonly finding: Finding } {
  const forms = new Set(schemas.flatMap(membersOf).map(formOf));
  const has = (...some: readonly Form[]) => some.some((form) => forms.has(form));
  const plain: Text = { value: text, textAt: () => text };
  if (!/^\s*[[{]/.test(text)) {
    if (has("text", "number", "switch") || schemas.some(takesScalar)) return plain;
    if (has("list"))
      return { value: text.trim() === "" ? [] : text.split(",").map((item) => item.trim()), textAt: () => undefined };
    if (!has("anything")) return plain;
  } else if (!has("list", "object", "names", "anything")) return plain;
  const reading = read(text, `--set ${path.join(".")}`, { aliases: "refuse" });
  const [problem] = reading.problems;
  return problem === undefined ? { value: reading.value, textAt: sourceOf(reading) } : { finding: problem };
}

/** Judges scalars and lists. A map, or the map a toggle stands for, may be one part of what the rest of the spec completes. */
function check(value: unknown, path: Path, schemas: readonly z.ZodType[], wholes: readonly z.ZodType[]): Setting {
  if (isMap(value) || (typeof value === "boolean" && schemas.some((schema) => metaOf(schema).toggle))) return { value };
  const judged = schemas.map((schema) => {
    const { key, meant } = bare(schema, value);
    const issues = meant.safeParse(value).error?.issues ?? [];
    return { key, issues: issues.map((issue) => ({ ...issue, path: [...path, ...key, ...issue.path] })) };
  });
  const [first] = judged;
  const whole = wholes.find((candidate) => schemasAt(candidate, path).length > 0);
  if (first === undefined || whole === undefined || judged.some(({ issues }) => issues.length === 0)) return { value };
  const shown = (at: Path) => (first.key.length === 0 ? at : path);
  const [problem] = problemsOf(first.issues, {
    schema: whole,
    value: nested([...path, ...first.key], value),
    elsewhere: () => undefined,
    shown,
  });
  if (problem === undefined) throw new Error(`${path.join(".")} was refused without a reason`);
  return { finding: findingOf(problem) };
}

/** The key a bare scalar stands for, where it stands for one. */
function bare(schema: z.ZodType, value: unknown): { readonly key: Path; readonly meant: z.ZodType } {
  const { short } = metaOf(schema);
  const meant = short !== undefined && isScalar(value) ? childOf(schema, {}, short) : undefined;
  return meant === undefined || short === undefined ? { key: [], meant: schema } : { key: [short], meant };
}

const nested = (path: Path, value: unknown): unknown =>
  [...path].reverse().reduce((inner, key) => ({ [key]: inner }), value);

function unknownPath(path: string, catalog: Catalog): Problem {
  const keys = specKeys(catalog).map((key) => key.path);
  const written = path.split(".");
  const named = keys.map((key) => filledIn(key, written));
  const near = suggest(path, named);
  const fix =
    near === undefined
      ? (elsewhere(written, catalog)?.text ?? allowedAbove(written, keys))
      : `did you mean \`${near}\`?`;
  return { id: "SPEC-UNKNOWN-KEY", path: written, message: `unknown key ${quote(path)}`, fix };
}

/** `cluster.nodes.*.ip` with the name that was written. */
const filledIn = (pattern: string, path: readonly string[]): string =>
  pattern
    .split(".")
    .map((part, index) => (part === "*" ? (path[index] ?? part) : part))
    .join(".");

/** What may stand in the deepest part of the path that exists. */
function allowedAbove(path: readonly string[], keys: readonly string[]): string {
  const [above] = keys
    .filter((key) => matches(key, path.slice(0, key.split(".").length)))
    .sort((a, b) => b.length - a.length);
  const below = keys.filter((key) => parentOf(key) === (above ?? "")).map((key) => key.split(".").at(-1) ?? key);
  if (above === undefined) return `the first keys are ${below.join(", ")}`;
  return below.length === 0
    ? `nothing stands below ${filledIn(above, path)}`
    : `allowed in ${filledIn(above, path)}: ${below.join(", ")}`;
}

const parentOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf("."), 0));
