/** What a zod schema is wrapped in. */
import { z } from "zod";

/** The schema and what it wraps, from the outside in: optional, default, pipe, …, and last the thing itself. */
export function layersOf(schema: z.ZodType): readonly z.ZodType[] {
  const known = layers.get(schema);
  if (known !== undefined) return known;
  const below = wrapped(schema);
  const found = below === undefined ? [schema] : [schema, ...layersOf(below)];
  layers.set(schema, found);
  return found;
}

// Asked for every key of every spec, and zod's instanceof walks a list of traits.
const layers = new WeakMap<z.ZodType, readonly z.ZodType[]>();

/** The schema of what is written, without the layers around it. */
export const written = (schema: z.ZodType): z.ZodType => layersOf(schema).at(-1) ?? schema;

function wrapped(schema: z.ZodType): z.ZodType | undefined {
  // A preprocess is a pipe out of a transform: what may be written is behind it. Any other pipe is written as it begins.
  if (schema instanceof z.ZodPipe) return (schema.in instanceof z.ZodTransform ? schema.out : schema.in) as z.ZodType;
  if (schema instanceof z.ZodLazy) return schema.unwrap() as z.ZodType;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return schema.unwrap() as z.ZodType;
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return schema.unwrap() as z.ZodType;
  if (schema instanceof z.ZodNonOptional || schema instanceof z.ZodReadonly) return schema.unwrap() as z.ZodType;
  return undefined;
}
