/** From what zod writes to what an editor wants: short forms, required groups, only words JSON Schema knows. */

import { z } from "zod";

export interface Json {
  $schema?: string;
  title?: string;
  description?: string;
  type?: string | string[];
  properties?: Record<string, Json>;
  required?: string[];
  additionalProperties?: Json | boolean;
  propertyNames?: Json;
  items?: Json;
  anyOf?: Json[];
  allOf?: unknown[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  examples?: unknown[];
  /** Words of meta.ts, which zod copies along. */
  short?: string;
  toggle?: string;
  example?: unknown;
  /** Has to be written although it has a default: the default alone is incomplete. */
  needed?: true;
  [word: string]: unknown;
}

export function convert(schema: z.ZodType): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" });
  return json as Json;
}

export const propertiesOf = (json: Json): Record<string, Json> => (json.properties ??= {});

const OURS = [
  "kind",
  "because",
  "comment",
  "layout",
  "example",
  "short",
  "toggle",
  "nameFor",
  "needed",
  "$schema",
] as const;

export function tidy(json: Json): Json {
  const inner: Json = { ...json };
  if (json.properties !== undefined) {
    inner.properties = mapValues(json.properties, tidy);
    const needed = Object.keys(json.properties).filter((key) =>
      isNeeded(json.properties?.[key], inner.properties?.[key]),
    );
    const required = [...new Set([...(json.required ?? []), ...needed])];
    if (required.length > 0) inner.required = required;
    else delete inner.required;
  }
  if (typeof json.additionalProperties === "object") {
    // An object that takes everything: `{}` and `true` are the same, and one of them says so.
    inner.additionalProperties =
      Object.keys(json.additionalProperties).length === 0 ? true : tidy(json.additionalProperties);
  }
  if (json.propertyNames !== undefined) inner.propertyNames = tidy(json.propertyNames);
  if (json.items !== undefined) inner.items = tidy(json.items);
  if (json.anyOf !== undefined) inner.anyOf = json.anyOf.map(tidy);
  if (json.example !== undefined) inner.examples = [json.example];
  if (isEmptyMap(json.default)) delete inner.default;
  // What zod means by "whole number".
  if (json["maximum"] === Number.MAX_SAFE_INTEGER) delete inner["maximum"];
  if (json["minimum"] === Number.MIN_SAFE_INTEGER) delete inner["minimum"];
  for (const word of OURS) delete inner[word];
  if (json.toggle === "on-off") return withToggle(inner);
  return json.short === undefined ? inner : withShortForm(inner, json.short);
}

/** A group whose default is empty cannot be left out when something inside is required. */
const isNeeded = (before: Json | undefined, after: Json | undefined): boolean =>
  before?.needed === true || (isEmptyMap(before?.default) && (after?.required ?? []).length > 0);

function withShortForm(json: Json, key: string): Json {
  const { description, ...long } = json;
  const others = (json.required ?? []).filter((required) => required !== key);
  const bare = json.properties?.[key];
  return {
    ...(description === undefined ? {} : { description }),
    ...(bare === undefined || others.length > 0 ? long : { anyOf: [bare, long] }),
  };
}

/** `true`, or nothing behind the key, where nothing has to be said; `false` always. */
function withToggle({ description, examples, ...long }: Json): Json {
  const bare = (long.required ?? []).length === 0 ? { type: ["boolean", "null"] } : { const: false };
  return {
    ...(description === undefined ? {} : { description }),
    anyOf: [bare, long],
    ...(examples === undefined ? {} : { examples }),
  };
}

const mapValues = (values: Readonly<Record<string, Json>>, change: (json: Json) => Json): Record<string, Json> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));

const isEmptyMap = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
