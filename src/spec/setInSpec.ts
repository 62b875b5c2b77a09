/** One key of a homelab.yaml that people keep, changed in place. */
import type { z } from "zod";
import type { Catalog } from "../model/component.ts";
import { UserError } from "../model/errors.ts";
import type { Slot, SlotForOne } from "../model/slot.ts";
import { read } from "../yaml/read.ts";
import { setValue } from "../yaml/splice.ts";
import { choicesOf, offeredIn, pathOf, providerOf, slotsForOne } from "./choices.ts";
import { metaOf } from "./meta.ts";
import { specSchema } from "./schema.ts";
import { slotSchema } from "./slotSchema.ts";
import { asMap, isMap, type Mapping } from "../model/unknown.ts";
import { childOf, isScalar, keysOf, memberFor, schemaAt, valueAt } from "./shape.ts";

interface Edit {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** As long as a name of Kubernetes may be; no key is longer. */
const LONGEST_KEY = 253;

/**
 * The text with `value` at `path`; every other line stays as it is. A short form on the way gets its long form, and a
 * switch that is turned keeps what both positions know and loses what only the old one did. `value` is what people
 * write, as `parseSetting` gives it. Throws UserError when the text is not readable (see src/yaml/splice.ts), or a key
 * is longer than any can be.
 */
export function setInSpec(text: string, file: string, path: string, value: unknown, catalog: Catalog): string {
  const { value: spec } = read(text, file, { aliases: "refuse" });
  const given = { path: path.split("."), value };
  const long = [...given.path, ...keysIn(value)].find((key) => key.length > LONGEST_KEY);
  if (long !== undefined)
    throw new UserError(`${long} is longer than any key of ${file}`, `the longest has ${LONGEST_KEY} characters`);
  if (isThere(given, spec, catalog)) return text;
  const edit = switched(given, spec, catalog) ?? lengthened(given, spec, catalog) ?? given;
  return setValue(text, file, edit.path, edit.value).text;
}

const keysIn = (value: unknown): readonly string[] =>
  Array.isArray(value)
    ? value.flatMap(keysIn)
    : isMap(value)
      ? Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)])
      : [];

/** `true` where a map says more already. */
function isThere({ path, value }: Edit, spec: unknown, catalog: Catalog): boolean {
  const schema =
    value === true && isMap(valueAt(spec, path))
      ? schemaAt(specSchema(catalog, choicesOf(spec, catalog)), spec, path)
      : undefined;
  return schema !== undefined && metaOf(schema).toggle !== undefined;
}

function switched({ path, value }: Edit, spec: unknown, catalog: Catalog): Edit | undefined {
  const entry = typeof value === "string" ? switchOfEntry({ path, value }, spec, catalog) : undefined;
  if (entry !== undefined) return entry;
  const place = typeof value === "string" ? switchAt(path, catalog) : undefined;
  if (place === undefined) return undefined;
  const { slot, at } = place;
  const current = valueAt(spec, at);
  const component = offeredIn(slot, catalog).find((offered) => providerOf(offered) === value);
  if (!isMap(current)) return { path: at, value };
  if (component === undefined) return { path: [...at, "provider"], value };
  if (slot.form === "one") return { path: at, value: known(slot, { ...current, provider: value }, catalog) };
  const keys = new Set([...Object.keys(slot.shared), ...Object.keys(keysOf(component.options))]);
  const kept = Object.entries(current).filter(([key]) => keys.has(key));
  return { path: at, value: { provider: value, ...Object.fromEntries(kept) } };
}

/** `ingress.gateways.NAME.provider`: the whole slot, because options of who is no longer named go as well. */
function switchOfEntry({ path, value }: Edit, spec: unknown, catalog: Catalog): Edit | undefined {
  const slot = slotsForOne(catalog).find(({ entries, path: at }) => {
    const above = entries && `${at}.${entries.key}`;
    return above !== undefined && path.at(-1) === "provider" && path.slice(0, -2).join(".") === above;
  });
  const [name = ""] = path.slice(-2);
  const current = slot && valueAt(spec, pathOf(slot));
  if (slot?.entries === undefined || !isMap(current)) return undefined;
  if (!offeredIn(slot, catalog).some((component) => providerOf(component) === value)) return undefined;
  const { key } = slot.entries;
  const entries = asMap(current[key]);
  const next = { ...current, [key]: { ...entries, [name]: { ...asMap(entries[name]), provider: value } } };
  return { path: pathOf(slot), value: known(slot, next, catalog) };
}

/** What may stand in the slot as it becomes, in it and in its entries, without what only others have. */
function known(slot: SlotForOne, next: Mapping, catalog: Catalog): Mapping {
  const choices = choicesOf(
    pathOf(slot).reduceRight<Mapping>((inner, key) => ({ [key]: inner }), next),
    catalog,
  );
  const schema = slotSchema(slot, choices.components.get(slot.id), catalog, choices);
  const { provider, ...kept } = fitting(schema, next);
  const entries = slot.entries && kept[slot.entries.key];
  const all = slot.entries && childOf(schema, next, slot.entries.key);
  if (!isMap(entries) || slot.entries === undefined || all === undefined) return { provider, ...kept };
  const fitted = Object.entries(entries).map(([name, entry]) => {
    const member = memberFor(childOf(all, entries, name) ?? all, entry);
    return [name, isMap(entry) && member !== undefined ? fitting(member, entry) : entry];
  });
  return { provider, ...kept, [slot.entries.key]: Object.fromEntries(fitted) };
}

const fitting = (schema: z.ZodType, value: Mapping): Mapping =>
  Object.fromEntries(Object.entries(value).filter(([key]) => Object.hasOwn(keysOf(schema), key)));

/** The slot or the entry of a slot whose provider stands at a path. */
function switchAt(path: readonly string[], { slots }: Catalog): { slot: Slot; at: readonly string[] } | undefined {
  return slots
    .filter(({ form }) => form !== "each")
    .map((slot) => ({ slot, at: path.slice(0, pathOf(slot).length + (slot.form === "named" ? 1 : 0)) }))
    .find(
      ({ slot, at }) =>
        pathOf(slot).every((key, index) => key === at[index]) &&
        (slot.form === "one" || at.length > pathOf(slot).length) &&
        [at.join("."), `${at.join(".")}.provider`].includes(path.join(".")),
    );
}

function lengthened({ path, value }: Edit, spec: unknown, catalog: Catalog): Edit | undefined {
  const depth = path.findIndex((key, index) => {
    const above = index > 0 ? valueAt(spec, path.slice(0, index)) : undefined;
    return isScalar(above) || (Array.isArray(above) && !/^\d+$/.test(key));
  });
  if (depth === -1) return undefined;
  const at = path.slice(0, depth);
  const schema = schemaAt(specSchema(catalog, choicesOf(spec, catalog)), spec, at);
  const { short, toggle } = schema === undefined ? {} : metaOf(schema);
  const inner = path.slice(depth).reduceRight<unknown>((nested, key) => ({ [key]: nested }), value) as object;
  const scalar = valueAt(spec, at);
  if (toggle !== undefined && typeof scalar === "boolean") return { path: at, value: inner };
  return short === undefined ? undefined : { path: at, value: { [short]: scalar, ...inner } };
}
