/**
 * What was written, in the types the schema wants. YAML takes `1.30` for a number and `"6443"` for text; here the key
 * decides. Forms stay as they were written.
 */
import type { z } from "zod";
import { metaOf } from "./meta.ts";
import { isMap } from "../model/unknown.ts";
import { childOf, formOf, isScalar, memberFor, type Form, type Path } from "./shape.ts";

/** The text of a scalar as it stands in the file, before YAML made a number or boolean of it. */
export type TextAt = (path: Path) => string | undefined;

/** The same value when nothing can be made of it: the schema then says what is wrong. */
export function coerce(schema: z.ZodType, value: unknown, textAt: TextAt = () => undefined, path: Path = []): unknown {
  const form = formOf(schema);
  const { short, toggle } = isScalar(value) ? metaOf(schema) : {};
  if (toggle !== undefined && String(value) === "true") return true;
  if (toggle === "on-off" && String(value) === "false") return false;
  const below = (key: string | number, item: unknown): unknown => {
    const child = childOf(schema, value, key);
    return child === undefined ? item : coerce(child, item, textAt, [...path, key]);
  };
  if (form === "either") {
    const member = memberFor(schema, value);
    return member === undefined ? value : coerce(member, value, textAt, path);
  }
  if (Array.isArray(value)) return value.map((item, index) => below(index, item));
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, below(key, item)]));
  const bare = short === undefined ? undefined : childOf(schema, {}, short);
  return bare === undefined ? scalarOf(form, value, () => textAt(path)) : coerce(bare, value, textAt, path);
}

function scalarOf(form: Form, value: unknown, text: () => string | undefined): unknown {
  if (form === "text" && isScalar(value) && typeof value !== "string") {
    const source = text();
    // The place of a scalar is only believed when it reads as the same value.
    return source !== undefined && (String(value) === source || Number(source) === value) ? source : String(value);
  }
  if (form === "number" && typeof value === "string" && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(value)) return Number(value);
  if (form === "switch" && (value === "true" || value === "false")) return value === "true";
  return value;
}
