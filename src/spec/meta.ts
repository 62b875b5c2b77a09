import type { z } from "zod";
import type { KeyMeta } from "../fields/keyMeta.ts";
import { layersOf } from "./layers.ts";

/** The metadata of a schema and of what it wraps; the outermost word on a thing counts. */
export function metaOf(schema: z.ZodType): KeyMeta {
  return Object.assign(
    {},
    ...layersOf(schema)
      .map((layer) => layer.meta() ?? {})
      .reverse(),
  ) as KeyMeta;
}
