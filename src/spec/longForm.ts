/** The one form behind the ways people write: no short forms, an empty `hosts:` as the empty map it means, every group there. */
import { z } from "zod";
import { metaOf } from "./meta.ts";
import { layersOf } from "./layers.ts";
import { isMap } from "../model/unknown.ts";
import { childOf, formOf, isScalar, isShort, keysOf, memberFor, membersOf, valuesOf } from "./shape.ts";

export function longForm(schema: z.ZodType, value: unknown): unknown {
  const form = formOf(schema);
  if (value === true && metaOf(schema).toggle !== undefined) return longForm(schema, {});
  if (form === "either") {
    const member = value === null ? onlyMaps(schema) : memberFor(schema, value);
    return member === undefined ? value : longForm(member, value);
  }
  if (form === "list" && value === null) return [];
  if (form === "object" || form === "names") return mapOf(schema, value);
  return Array.isArray(value) ? value.map((item, index) => below(schema, value, index, item)) : value;
}

/** Where nothing but a map can stand, nothing is the empty one. */
const onlyMaps = (schema: z.ZodType): z.ZodType | undefined => {
  const members = membersOf(schema);
  return members.every((member) => formOf(member) === "object") ? members[0] : undefined;
};

function mapOf(schema: z.ZodType, value: unknown): unknown {
  const { short } = metaOf(schema);
  const map = short !== undefined && isShort(schema, short, value) ? { [short]: value } : (value ?? {});
  if (!isMap(map)) return value;
  // Each key that is missing inside a group nobody wrote is then named by itself.
  const absent = Object.entries(keysOf(schema)).filter(([key, child]) => map[key] === undefined && isGroup(child));
  const entries = [...Object.entries(map), ...absent.map(([key]) => [key, {}] as const)];
  return Object.fromEntries(
    entries
      .filter(([key, item]) => !isOff(schema, key, item))
      .map(([key, item]) => [key, below(schema, map, key, item)]),
  );
}

function below(schema: z.ZodType, parent: unknown, key: string | number, item: unknown): unknown {
  const child = childOf(schema, parent, key);
  if (child === undefined || item === undefined) return item;
  const nameFor = formOf(schema) === "names" ? metaOf(schema).nameFor : undefined;
  return longForm(child, nameFor === undefined ? item : entryOf(child, nameFor, key, item));
}

/** An entry as a map, with what its name stands for. */
function entryOf(schema: z.ZodType, nameFor: string, name: string | number, item: unknown): unknown {
  const bare = item === null || item === true ? {} : item;
  const map = isScalar(bare) && bare !== false ? { [nameFor]: bare } : bare;
  const key = keysOf(schema)[nameFor];
  const isNamed = key !== undefined && valuesOf(key)?.includes(String(name));
  return isNamed && isMap(map) && map[nameFor] === undefined ? { [nameFor]: name, ...map } : map;
}

/** `false` where a map may be left out is the map left out. */
function isOff(schema: z.ZodType, key: string, item: unknown): boolean {
  const child = item === false ? childOf(schema, {}, key) : undefined;
  return child !== undefined && metaOf(child).toggle === "on-off";
}

/** A map of ours that counts as empty when it is not written. */
const isGroup = (schema: z.ZodType): boolean =>
  formOf(schema) === "object" &&
  layersOf(schema).some((layer) => layer instanceof z.ZodPrefault && isEmptyMap(layer.def.defaultValue));

export const isEmptyMap = (value: unknown): boolean => isMap(value) && Object.keys(value).length === 0;
