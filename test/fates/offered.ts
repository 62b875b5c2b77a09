/** What the catalog offers, as names of the vocabulary. */
import type { Catalog } from "../../src/model/component.ts";
import { asList, asMap, at, type Mapping } from "../../src/model/unknown.ts";
import { jsonSchema } from "../../src/spec/jsonSchema.ts";

/**
 * `component:cilium`, `distribution:talos`, `platform:proxmox`, `engine:flux`, and of the schema every key and every
 * word it takes: `option:cni.routing`, `option:cni.routing=vxlan`; a name of the user's is `*`.
 */
export function offered(catalog: Catalog): ReadonlySet<string> {
  return new Set([
    ...catalog.components.map(({ id }) => `component:${id}`),
    ...catalog.engines.map(({ id }) => `engine:${id}`),
    ...catalog.platforms.map(({ id, role }) => `${role === "distribution" ? role : "platform"}:${id}`),
    ...optionsBelow(jsonSchema(catalog), []).map((name) => `option:${name}`),
  ]);
}

/** What a node says, its defaults say with the same keys. */
const SAME = "cluster.nodeDefaults.";

export function optionsBelow(schema: unknown, path: readonly string[]): readonly string[] {
  const json = asMap(schema);
  const here = path.join(".");
  const words = [...asList(json["enum"]), ...("const" in json ? [json["const"]] : [])];
  const keys: readonly (readonly [string, unknown])[] = [
    ...Object.entries(asMap(json["properties"])),
    ...[json["additionalProperties"], json["items"]].filter(isSchema).map((below) => ["*", below] as const),
  ];
  return [
    ...(here === "" || path.at(-1) === "*" ? [] : [here]),
    ...words.map((word) => `${here}=${String(word)}`),
    ...keys.flatMap(([key, below]) => optionsBelow(below, [...path, key])),
    ...variantsOf(json).flatMap((variant) => optionsBelow(variant, path)),
  ].filter((name) => !name.startsWith(SAME));
}

const isSchema = (value: unknown): value is Mapping => Object.keys(asMap(value)).length > 0;

const variantsOf = (json: Mapping): readonly unknown[] => [
  ...["anyOf", "allOf", "oneOf"].flatMap((key) => asList(json[key])),
  ...["then", "else"].flatMap((key) => (at(json, key) === undefined ? [] : [json[key]])),
];
