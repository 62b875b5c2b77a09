/** Slots whose entries have names of the user's, for editors: what may stand under any name, and under that of a provider. */
import type { Catalog, Component } from "../model/component.ts";
import type { SlotForSeveral } from "../model/slot.ts";
import { offeredIn, providerOf } from "./choices.ts";
import { convert, propertiesOf, tidy, type Json } from "./jsonTidy.ts";
import { entrySchema, severalSchema } from "./severalSchema.ts";

/** A map that says which component it is of, unless its place says so. */
export function longJson(json: Json, component: Component, isKnown: boolean): Json {
  const { short: _, toggle: __, kind: ___, default: ____, example: _____, ...long } = json;
  const properties = { ...propertiesOf(long) };
  properties["provider"] = { const: providerOf(component), description: `${component.title}: ${component.summary}` };
  return {
    ...long,
    title: component.title,
    description: component.summary,
    properties,
    required: [
      ...(isKnown ? [] : ["provider"]),
      ...(json.required ?? []).filter((required) => required !== "provider"),
    ],
  };
}

export function namedJson(slot: SlotForSeveral, catalog: Catalog): Json {
  const { description, propertyNames, example } = convert(severalSchema(slot, catalog));
  const positions = offeredIn(slot, catalog).map((component) => {
    const json = convert(entrySchema(slot, component));
    const [named, told] = [true, false].map((isKnown) => tidy(longJson(json, component, isKnown)));
    return { provider: providerOf(component), named: named ?? {}, told: told ?? {} };
  });
  const isComplete = ({ named }: (typeof positions)[number]): boolean => (named.required ?? []).length === 0;
  const bare = positions.filter(isComplete).map(({ provider }) => provider);
  const anywhere = [...(bare.length === 0 ? [] : [{ enum: bare }]), ...positions.map(({ told }) => told)];
  const properties = Object.fromEntries(
    positions.map((position) => [
      position.provider,
      {
        anyOf: [
          ...(isComplete(position) ? [{ enum: [true, null] }] : []),
          position.named,
          ...anywhere.filter((other) => other !== position.told),
        ],
      },
    ]),
  );
  return {
    type: "object",
    ...(description === undefined ? {} : { description }),
    ...(example === undefined ? {} : { examples: [example] }),
    propertyNames: { ...propertyNames, not: { const: "provider" } },
    properties,
    additionalProperties: { anyOf: anywhere },
  };
}
