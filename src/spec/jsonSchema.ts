/**
 * The JSON Schema editors read (draft 2020-12; nothing that draft 7 readers do not know). It knows every choice at once,
 * where loading knows the one that was made: slots for one are `anyOf` over their providers, platforms `if`/`then`.
 */
import { RESOLVERS } from "../catalog/resolvers.ts";
import type { Catalog, Component } from "../model/component.ts";
import type { SlotForOne } from "../model/slot.ts";
import { fallbackOf, NO_CHOICES, offeredIn, pathOf, providerOf } from "./choices.ts";
import { addPlatforms } from "./jsonPlatforms.ts";
import { longJson, namedJson } from "./jsonEntries.ts";
import { convert, propertiesOf, tidy, type Json } from "./jsonTidy.ts";
import { partOf } from "./partOf.ts";
import { specSchema } from "./schema.ts";
import { slotSchema } from "./slotSchema.ts";

export function jsonSchema(catalog: Catalog): Readonly<Record<string, unknown>> {
  const schema = schemas.get(catalog) ?? assemble(catalog);
  schemas.set(catalog, schema);
  return schema;
}

// A repository is composed again and again, of one catalog.
const schemas = new WeakMap<Catalog, Readonly<Record<string, unknown>>>();

function assemble(catalog: Catalog): Readonly<Record<string, unknown>> {
  const root = convert(specSchema(catalog, NO_CHOICES));
  for (const slot of catalog.slots) {
    if (slot.form === "one") replaceAt(root, pathOf(slot), slotJson(slot, catalog));
    if (slot.form === "named") replaceAt(root, pathOf(slot), namedJson(slot, catalog));
  }
  nameSoftware(root, catalog);
  addPlatforms(propertiesOf(root)["cluster"] ?? {}, catalog);
  return { $schema: "https://json-schema.org/draft/2020-12/schema", title: "homelab.yaml", ...tidy(root) };
}

/** Words that something follows from. Any other is a note, so an editor proposes them and takes what it likes. */
function nameSoftware(root: Json, { routers }: Catalog): void {
  const hosts = propertiesOf(propertiesOf(root)["lan"] ?? {})["hosts"]?.additionalProperties;
  const software = typeof hosts === "object" ? propertiesOf(hosts)["software"] : undefined;
  if (software === undefined) return;
  const words = [...RESOLVERS.map(({ id }) => id), ...routers.flatMap((router) => router.software)];
  software.examples = [...new Set(words)].toSorted();
}

function replaceAt(root: Json, path: readonly string[], json: Json): void {
  const parent = path.slice(0, -1).reduce((at, key) => propertiesOf(at)[key] ?? {}, root);
  propertiesOf(parent)[path.at(-1) ?? ""] = json;
}

function slotJson(slot: SlotForOne, catalog: Catalog): Json {
  const { component: fallback } = fallbackOf(slot, catalog, NO_CHOICES);
  const long = offeredIn(slot, catalog).map((component) => ({
    component,
    json: tidy(positionJson(slot, component, mayBeUnsaid(slot, component), catalog)),
  }));
  const needsMore = ({ json }: (typeof long)[number]) => (json.required ?? []).some((key) => key !== "provider");
  const bare = long.filter((position) => !needsMore(position)).map(({ component }) => providerOf(component));
  const { description } = convert(slotSchema(slot, undefined, catalog, NO_CHOICES));
  return {
    ...(description === undefined ? {} : { description }),
    anyOf: [...(bare.length === 0 ? [] : [{ enum: bare }]), ...long.map(({ json }) => json)],
    default: providerOf(fallback),
    ...(long.some((position) => position.component === fallback && needsMore(position)) && { needed: true as const }),
  };
}

/** Which of them is meant without a name depends on other keys, which loading knows and this schema does not. */
const mayBeUnsaid = ({ fallbacks }: SlotForOne, { id }: Component): boolean =>
  fallbacks.some(({ component }) => component === id);

/**
 * The long form with one component, and what may stand beside it where entries name others. Only one that the slot falls
 * back to may leave its name out.
 */
function positionJson(slot: SlotForOne, component: Component, isFallback: boolean, catalog: Catalog): Json {
  const json = convert(slotSchema(slot, component, catalog, NO_CHOICES));
  const others = slot.entries === undefined ? [] : offeredIn(slot, catalog).filter((other) => other !== component);
  const beside = others.map(({ options }) => propertiesOf(convert(partOf(options))));
  json.properties = Object.assign({}, ...beside, json.properties) as Record<string, Json>;
  return longJson(json, component, isFallback);
}
