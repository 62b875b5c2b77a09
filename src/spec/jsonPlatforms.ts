/** What each platform adds to `cluster` and its nodes, and forbids of what only its rivals have. */
import { z } from "zod";
import type { Catalog } from "../model/component.ts";
import type { Platform } from "../model/platform.ts";
import { convert, propertiesOf, tidy, type Json } from "./jsonTidy.ts";
import { partOf } from "./partOf.ts";

type Owned = Readonly<Record<string, { readonly json: Json; readonly required: boolean }>>;

interface PlatformKeys {
  readonly platform: Platform;
  readonly cluster: Owned;
  /** What a node misses, `cluster.nodeDefaults` may have: nothing is required. */
  readonly node: Owned;
}

function keysOfPlatform(platform: Platform): PlatformKeys {
  const cluster = convert(z.strictObject(platform.clusterOptions));
  const node = convert(partOf(z.strictObject(platform.nodeOptions)));
  const owned = (json: Json): Owned =>
    Object.fromEntries(
      Object.entries(propertiesOf(json)).map(([key, value]) => [
        key,
        { json: tidy(value), required: json.required?.includes(key) ?? false },
      ]),
    );
  return { platform, cluster: owned(cluster), node: owned(node) };
}

export function addPlatforms(cluster: Json, catalog: Catalog): void {
  const all = catalog.platforms.map(keysOfPlatform);
  const properties = propertiesOf(cluster);
  const node = properties["nodes"]?.additionalProperties as Json;
  const defaults = properties["nodeDefaults"] ?? {};
  for (const [where, keys] of [
    [cluster, "cluster"],
    [node, "node"],
    [defaults, "node"],
  ] as const) {
    for (const [key, versions] of byKey(all.map((platform) => platform[keys])))
      propertiesOf(where)[key] = oneOf(versions);
    where.additionalProperties = false;
  }
  cluster.allOf = all.map((one) => {
    const chosen: Json = {
      type: "object",
      properties: { [one.platform.role]: { const: one.platform.id } },
      required: [one.platform.role],
    };
    const ofNode = { type: "object", properties: restrict(one, all, "node") };
    const required = Object.entries(one.cluster).flatMap(([key, { required: must }]) => (must ? [key] : []));
    const keys = {
      ...restrict(one, all, "cluster"),
      nodes: { type: "object", additionalProperties: ofNode },
      nodeDefaults: ofNode,
    };
    return when(chosen, { type: "object", properties: keys, required });
  });
}

/** `then` is a word of JSON Schema here; nobody awaits this object. */
// oxlint-disable-next-line unicorn/no-thenable
const when = (condition: Json, consequence: object): Json => ({ if: condition, then: consequence });

function byKey(owned: readonly Owned[]): ReadonlyMap<string, readonly Json[]> {
  const found = new Map<string, Json[]>();
  for (const [key, { json }] of owned.flatMap((one) => Object.entries(one)))
    found.set(key, [...(found.get(key) ?? []), json]);
  return found;
}

const oneOf = (versions: readonly Json[]): Json => {
  const different = [...new Map(versions.map((json) => [JSON.stringify(json), json])).values()];
  return different.length === 1 ? (different[0] ?? {}) : { anyOf: different };
};

/** Under one platform: its own version of a key, and none of the keys only its rivals have. */
function restrict(
  { platform, ...own }: PlatformKeys,
  all: readonly PlatformKeys[],
  where: "cluster" | "node",
): Record<string, Json | false> {
  const rivals = all.filter((other) => other.platform.role === platform.role && other.platform !== platform);
  const companions = all.filter((other) => other.platform.role !== platform.role);
  const keys = new Set(rivals.flatMap((rival) => Object.keys(rival[where])));
  return Object.fromEntries(
    [...keys].flatMap((key): readonly (readonly [string, Json | false])[] => {
      const mine = own[where][key];
      if (mine !== undefined) return [[key, mine.json]];
      return companions.some((companion) => Object.hasOwn(companion[where], key)) ? [] : [[key, false]];
    }),
  );
}
