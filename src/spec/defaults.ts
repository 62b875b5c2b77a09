/** Which values the user did not write, and why they are what they are. */
import { z } from "zod";
import type { SpecPath } from "../model/finding.ts";
import { metaOf } from "./meta.ts";
import { layersOf } from "./layers.ts";
import { isMap } from "../model/unknown.ts";
import { childOf, formOf, isScalar, keysOf, memberFor, type Path } from "./shape.ts";
import type { Default } from "./spec.ts";
import { dotted } from "./wording.ts";

const USUAL = "it is what most networks need";

/** The default a schema fills in, as it could be written. */
export function defaultOf(schema: z.ZodType): { readonly value: unknown } | undefined {
  const filled = layersOf(schema).find((layer) => layer instanceof z.ZodDefault || layer instanceof z.ZodPrefault);
  return filled === undefined ? undefined : { value: (filled as z.ZodDefault).def.defaultValue };
}

/** Entries whose name says which component they are of. */
export function namesakes(
  schema: z.ZodType,
  value: unknown,
  path: Path = [],
): readonly (readonly [SpecPath, Default])[] {
  if (!isMap(value)) return [];
  const { nameFor } = metaOf(schema);
  return Object.entries(value).flatMap(([key, item]) => {
    const below = childOf(schema, value, key);
    if (below === undefined) return [];
    const isSaid =
      nameFor === undefined ||
      item === false ||
      (isMap(item) ? item[nameFor] !== undefined : isScalar(item) && item !== true);
    const here = isSaid
      ? []
      : [[dotted([...path, key, nameFor]), { value: key, because: "the entry is called so" }] as const];
    return [...here, ...namesakes(below, item, [...path, key])];
  });
}

/** Every key below `value` that the schema fills in. */
export function defaultsIn(
  schema: z.ZodType,
  value: unknown,
  path: Path = [],
): readonly (readonly [SpecPath, Default])[] {
  const form = formOf(schema);
  if (form === "either") {
    const member = memberFor(schema, value);
    return member === undefined ? [] : defaultsIn(member, value, path);
  }
  const filled = !isMap(value) ? [] : Object.entries(keysOf(schema)).filter(([key]) => value[key] === undefined);
  const here = filled.flatMap(([key, below]) => {
    const standard = defaultOf(below);
    return standard === undefined
      ? []
      : [[dotted([...path, key]), { ...standard, because: metaOf(below).because ?? USUAL }] as const];
  });
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? [...value.entries()]
    : isMap(value)
      ? Object.entries(value)
      : [];
  const deeper = entries.flatMap(([key, item]) => {
    const below = item === undefined ? undefined : childOf(schema, value, key);
    return below === undefined ? [] : defaultsIn(below, item, [...path, key]);
  });
  return [...here, ...deeper];
}
