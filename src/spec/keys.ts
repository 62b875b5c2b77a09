/** Every key that may be written, from the same schemas that read it: for `--set`, completion, help and docs. */
import { z } from "zod";
import type { Catalog } from "../model/component.ts";
import { offeredIn, providerOf, someChoices } from "./choices.ts";
import { defaultOf } from "./defaults.ts";
import { isEmptyMap } from "./longForm.ts";
import { metaOf } from "./meta.ts";
import { specSchema } from "./schema.ts";
import { written } from "./layers.ts";
import { formOf, keysOf, membersOf, valuesOf } from "./shape.ts";
import type { SpecKey } from "./spec.ts";
import { expected } from "./wording.ts";

/** In the order of a new homelab.yaml. */
export function specKeys(catalog: Catalog): readonly SpecKey[] {
  const keys = collected.get(catalog) ?? collect(catalog);
  collected.set(catalog, keys);
  return keys;
}

// Every unknown key of a spec is looked up here.
const collected = new WeakMap<Catalog, readonly SpecKey[]>();

function collect(catalog: Catalog): readonly SpecKey[] {
  const keys = new Map<string, SpecKey>();
  let order: string[] = [];
  for (const choices of someChoices(catalog)) {
    let next: string | undefined;
    // From behind, so that what only this choice has comes behind what the choices before it had in the same place.
    for (const key of distinct(keysBelow(specSchema(catalog, choices), "")).toReversed()) {
      const known = keys.get(key.path);
      keys.set(key.path, known === undefined ? key : together(known, key));
      if (known === undefined)
        order = order.toSpliced(next === undefined ? order.length : order.indexOf(next), 0, key.path);
      next = key.path;
    }
  }
  const all = owners(catalog);
  return order.flatMap((path) => keys.get(path) ?? []).map((key) => ({ ...key, ...onlyOf(key.path, all) }));
}

/** What several members of a union have, once. */
function distinct(keys: readonly SpecKey[]): readonly SpecKey[] {
  const found = new Map<string, SpecKey>();
  for (const key of keys) {
    const known = found.get(key.path);
    found.set(key.path, known === undefined ? key : together(known, key));
  }
  return [...found.values()];
}

const together = (one: SpecKey, other: SpecKey): SpecKey =>
  one.values === undefined || other.values === undefined
    ? one
    : { ...one, values: [...new Set([...one.values, ...other.values])] };

interface Owner {
  readonly name: string;
  /** How many could stand where it stands. */
  readonly among: number;
  readonly paths: readonly string[];
}

function owners(catalog: Catalog): readonly Owner[] {
  const pathsOf = (prefix: string, keys: object) =>
    keysBelow(z.object(keys as z.ZodRawShape), prefix).map(({ path }) => path);
  // In a slot of the form each the path of a key names its owner.
  const components = catalog.slots
    .filter(({ form }) => form !== "each")
    .flatMap((slot) =>
      offeredIn(slot, catalog).map((component, _, { length }) => ({
        name: providerOf(component),
        among: length,
        paths: [
          ...pathsOf(slot.form === "named" ? `${slot.path}.*` : slot.path, keysOf(component.options)),
          ...(slot.form === "one" && slot.entries !== undefined && component.entryOptions !== undefined
            ? pathsOf(`${slot.path}.${slot.entries.key}.*`, keysOf(component.entryOptions))
            : []),
        ],
      })),
    );
  const platforms = catalog.platforms.map(({ id, role, clusterOptions, nodeOptions }) => ({
    name: id,
    among: catalog.platforms.filter((other) => other.role === role).length,
    paths: [
      ...pathsOf("cluster", clusterOptions),
      ...["cluster.nodes.*", "cluster.nodeDefaults"].flatMap((prefix) => pathsOf(prefix, nodeOptions)),
    ],
  }));
  return [...components, ...platforms];
}

/** The providers or platforms that have a key, when not all of them do. */
function onlyOf(path: string, all: readonly Owner[]): { readonly only?: readonly string[] } {
  const having = all.filter(({ paths }) => paths.includes(path));
  return having.length === 0 || having.length >= (having[0]?.among ?? 0)
    ? {}
    : { only: having.map(({ name }) => name) };
}

const keysBelow = (schema: z.ZodType, prefix: string): readonly SpecKey[] =>
  Object.entries(keysOf(schema)).flatMap(([name, below]) =>
    describeKey(below, prefix === "" ? name : `${prefix}.${name}`),
  );

function describeKey(schema: z.ZodType, path: string): readonly SpecKey[] {
  const { description = "", example, short } = metaOf(schema);
  const values = membersOf(schema)
    .flatMap((member) => valuesOf(member) ?? [])
    .map(String);
  const standard = defaultOf(schema);
  const key: SpecKey = {
    path,
    description,
    type: expected(schema),
    ...(values.length === 0 ? {} : { values }),
    ...(short === undefined ? {} : { short }),
    ...(standard === undefined || isEmptyMap(standard.value) ? {} : { default: standard.value }),
    ...(example === undefined ? {} : { example }),
  };
  return [key, ...membersOf(schema).flatMap((member) => keysInside(member, path))];
}

function keysInside(schema: z.ZodType, path: string): readonly SpecKey[] {
  const core = written(schema);
  if (core instanceof z.ZodRecord) return describeKey(core.valueType as z.ZodType, `${path}.*`);
  return formOf(core) === "object" ? keysBelow(core, path) : [];
}

/** Whether a path is one of the pattern: `cluster.nodes.a.ip` is one of `cluster.nodes.*.ip`. */
export function matches(pattern: string, path: readonly string[]): boolean {
  const parts = pattern.split(".");
  return parts.length === path.length && parts.every((part, index) => part === "*" || part === path[index]);
}
