import { z } from "zod";
import { metaOf } from "./meta.ts";
import { layersOf, written } from "./layers.ts";
import { keysOf } from "./shape.ts";

/** Everything optional and without default, at every depth: `cluster.nodeDefaults` holds a part of what a node holds. */
export function partOf(schema: z.ZodType): z.ZodType {
  const { description, because: _, ...meta } = metaOf(schema);
  const core = written(schema);
  const accepted =
    core instanceof z.ZodObject ? partOfObject(core) : (layersOf(schema).find((layer) => !fillsIn(layer)) ?? core);
  return accepted.optional().meta({ ...meta, ...(description === undefined ? {} : { description }) });
}

const partOfObject = (core: z.ZodObject): z.ZodType =>
  z.strictObject(Object.fromEntries(Object.entries(keysOf(core)).map(([key, value]) => [key, partOf(value)])));

const fillsIn = (layer: z.ZodType): boolean =>
  layer instanceof z.ZodDefault || layer instanceof z.ZodPrefault || layer instanceof z.ZodOptional;
