/** Objects put together from keys of several owners. */
import { z } from "zod";

export type Keys = Readonly<Record<string, z.ZodType>>;

/** Strict where the choice is known. Where it is not, its keys cannot be judged, and the one finding is the choice itself. */
export const objectOf = (keys: Keys, known: boolean) => (known ? z.strictObject(keys) : z.looseObject(keys));

/** Keys of two owners side by side. Two of one name are a mistake in the catalog. */
export function join(what: string, ...parts: readonly Keys[]): Keys {
  const all: Record<string, z.ZodType> = {};
  for (const [key, schema] of parts.flatMap((part) => Object.entries(part))) {
    if (Object.hasOwn(all, key)) throw new Error(`${what} has two keys called ${key}`);
    all[key] = schema;
  }
  return all;
}
