/** Reading a zod schema as a description of what may be written, so that nothing here is said twice. */
import { isMap } from "../model/unknown.ts";
import { z } from "zod";
import { written } from "./layers.ts";
import { metaOf } from "./meta.ts";

export type Path = readonly (string | number)[];

const forms = new WeakMap<z.ZodType, Form>();

export type Form = "text" | "number" | "switch" | "list" | "object" | "names" | "either" | "anything";

/** What is written there: `object` has keys of ours, `names` keys of the user's, `either` is a union. */
export function formOf(schema: z.ZodType): Form {
  const form = forms.get(schema) ?? formOfCore(written(schema));
  forms.set(schema, form);
  return form;
}

function formOfCore(core: z.ZodType): Form {
  if (core instanceof z.ZodString || core instanceof z.ZodStringFormat || core instanceof z.ZodTemplateLiteral)
    return "text";
  if (core instanceof z.ZodNumber) return "number";
  if (core instanceof z.ZodBoolean) return "switch";
  if (core instanceof z.ZodArray) return "list";
  if (core instanceof z.ZodObject) return "object";
  if (core instanceof z.ZodRecord) return "names";
  if (core instanceof z.ZodUnion) return "either";
  const values = valuesOf(core);
  if (values === undefined) return "anything";
  const types = new Set(values.map((value) => typeof value));
  return types.size > 1 ? "anything" : types.has("number") ? "number" : types.has("boolean") ? "switch" : "text";
}

/** The values of an enum or literal. */
export function valuesOf(schema: z.ZodType): readonly (string | number | boolean)[] | undefined {
  const core = written(schema);
  if (core instanceof z.ZodEnum) return core.options;
  if (core instanceof z.ZodLiteral)
    return [...core.values].filter((value) => value !== null && value !== undefined) as (string | number | boolean)[];
  return undefined;
}

/** Keys of an object; none for anything else. */
export function keysOf(schema: z.ZodType): Readonly<Record<string, z.ZodType>> {
  const core = written(schema);
  return core instanceof z.ZodObject ? (core.shape as Record<string, z.ZodType>) : {};
}

export function membersOf(schema: z.ZodType): readonly z.ZodType[] {
  const core = written(schema);
  return core instanceof z.ZodUnion ? (core.options as readonly z.ZodType[]).flatMap(membersOf) : [schema];
}

/** The member of a union a value was meant for, told by what kind of thing the value is. */
export function memberFor(schema: z.ZodType, value: unknown): z.ZodType | undefined {
  const members = membersOf(schema);
  const ofForm = (...forms: readonly Form[]) => members.filter((member) => forms.includes(formOf(member)));
  if (Array.isArray(value)) return ofForm("list")[0];
  if (isMap(value)) return ofForm("object").find((member) => tellsApart(member, value)) ?? ofForm("object", "names")[0];
  if (value === undefined || value === null) return undefined;
  const same = { number: "number", boolean: "switch" }[typeof value as string] as Form | undefined;
  return (
    (same && ofForm(same)[0]) ??
    ofForm("text").find((member) => valuesOf(member)?.includes(String(value))) ??
    ofForm("text")[0] ??
    ofForm("anything", "number", "switch")[0]
  );
}

/** Whether the literals of an object (its discriminator) have the values the map has. */
function tellsApart(member: z.ZodType, value: Readonly<Record<string, unknown>>): boolean {
  const literals = Object.entries(keysOf(member)).filter(([, schema]) => written(schema) instanceof z.ZodLiteral);
  return literals.length > 0 && literals.every(([key, schema]) => valuesOf(schema)?.[0] === value[key]);
}

/** The schema of a key, name or item of `schema`, given the value that stands there. */
export function childOf(schema: z.ZodType, value: unknown, key: string | number): z.ZodType | undefined {
  const core = written(schema);
  if (core instanceof z.ZodUnion) {
    const member = memberFor(core, value);
    const child = member && childOf(member, value, key);
    if (child !== undefined || member === undefined || !isMap(value) || tellsApart(member, value)) return child;
    return membersOf(core).flatMap((other) => childOf(other, value, key) ?? [])[0];
  }
  if (core instanceof z.ZodObject) return Object.hasOwn(core.shape, key) ? (core.shape[key] as z.ZodType) : undefined;
  if (core instanceof z.ZodRecord)
    return entryOf(core.valueType as z.ZodType, metaOf(schema).nameFor, valueAt(value, [key]), key);
  return core instanceof z.ZodArray && /^\d+$/.test(String(key)) ? (core.element as z.ZodType) : undefined;
}

/** The schema of an entry whose name can stand for one of its keys: the member of the union that key tells. */
function entryOf(
  entry: z.ZodType,
  nameFor: string | undefined,
  value: unknown,
  name: string | number,
): z.ZodType | undefined {
  if (nameFor === undefined) return entry;
  const said = isMap(value) ? value[nameFor] : isScalar(value) && value !== true ? value : undefined;
  const key = { [nameFor]: said ?? String(name) };
  return membersOf(entry).find((member) => tellsApart(member, key)) ?? entry;
}

export function schemaAt(schema: z.ZodType, value: unknown, path: Path): z.ZodType | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  const child = childOf(schema, value, key);
  return child && schemaAt(child, valueAt(value, [key]), rest);
}

/** The same without a value to go by: what may stand at the path in any member of a union, what its name tells first. */
export function schemasAt(schema: z.ZodType, [key, ...rest]: Path): readonly z.ZodType[] {
  if (key === undefined) return [schema];
  const below = membersOf(schema).flatMap((member) => {
    const core = written(member);
    const any = core instanceof z.ZodRecord ? [core.valueType as z.ZodType] : [];
    return [childOf(member, undefined, key) ?? [], any].flat();
  });
  return [...new Set(below)].flatMap((child) => schemasAt(child, rest));
}

/** What was written, and not what every object or list of JavaScript has: `length` is no key. */
export function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.prototype.propertyIsEnumerable.call(at, key)) return undefined;
    at = (at as Record<string | number, unknown>)[key];
  }
  return at;
}

/** Whether a value can stand for the key a map has as its short form: a scalar, or a list where one may stand there. */
export function isShort(schema: z.ZodType, short: string | undefined, value: unknown): boolean {
  if (short === undefined || isScalar(value)) return short !== undefined;
  const key = Array.isArray(value) ? childOf(schema, {}, short) : undefined;
  return key !== undefined && membersOf(key).some((member) => formOf(member) === "list");
}

export const isScalar = (value: unknown): value is string | number | boolean =>
  ["string", "number", "boolean"].includes(typeof value);
