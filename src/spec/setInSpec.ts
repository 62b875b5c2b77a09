/** One key of a homelab.yaml that people keep, changed in place. */
import type { Catalog, Slot } from "../model/component.ts";
import { read } from "../yaml/read.ts";
import { setValue } from "../yaml/splice.ts";
import { choicesOf, offeredIn, pathOf, providerOf } from "./choices.ts";
import { metaOf } from "./meta.ts";
import { specSchema } from "./schema.ts";
import { isMap } from "../model/unknown.ts";
import { isScalar, keysOf, schemaAt, valueAt } from "./shape.ts";

interface Edit {
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * The text with `value` at `path`; every other line stays as it is. A short form on the way gets its long form, and a
 * switch that is turned keeps what both positions know and loses what only the old one did. `value` is what people
 * write, as `parseSetting` gives it. Throws UserError when the text is not readable (see src/yaml/splice.ts).
 */
export function setInSpec(text: string, file: string, path: string, value: unknown, catalog: Catalog): string {
  const { value: spec } = read(text, file, { aliases: "refuse" });
  const given = { path: path.split("."), value };
  if (isThere(given, spec, catalog)) return text;
  const edit = switched(given, spec, catalog) ?? lengthened(given, spec, catalog) ?? given;
  return setValue(text, file, edit.path, edit.value).text;
}

/** `true` where a map says more already. */
function isThere({ path, value }: Edit, spec: unknown, catalog: Catalog): boolean {
  const schema =
    value === true && isMap(valueAt(spec, path))
      ? schemaAt(specSchema(catalog, choicesOf(spec, catalog)), spec, path)
      : undefined;
  return schema !== undefined && metaOf(schema).toggle !== undefined;
}

function switched({ path, value }: Edit, spec: unknown, catalog: Catalog): Edit | undefined {
  const place = typeof value === "string" ? switchAt(path, catalog) : undefined;
  if (place === undefined) return undefined;
  const { slot, at } = place;
  const current = valueAt(spec, at);
  const component = offeredIn(slot, catalog).find((offered) => providerOf(offered) === value);
  if (!isMap(current)) return { path: at, value };
  if (component === undefined) return { path: [...at, "provider"], value };
  const known = new Set([...Object.keys(slot.shared), ...Object.keys(keysOf(component.options))]);
  const kept = Object.entries(current).filter(([key]) => known.has(key));
  return { path: at, value: { provider: value, ...Object.fromEntries(kept) } };
}

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
