/** Ways in from the internet, for entries that can have one: the word, and the keys that go with it. */
import { z } from "zod";
import type { Catalog, Component } from "../model/component.ts";
import type { SlotEntries } from "../model/slot.ts";
import type { WayIn } from "../model/wayIn.ts";
import { describeProviders, providerOf } from "./choices.ts";
import { join, type Keys } from "./objects.ts";

type Way = Component & { readonly wayIn: WayIn };

const waysIn = ({ components }: Catalog): readonly Way[] =>
  components.filter((component): component is Way => component.wayIn !== undefined);

/** Keys of an entry beside those it always has. */
export function wayKeys({ wayIn }: SlotEntries, catalog: Catalog): Keys {
  const ways = waysIn(catalog);
  if (wayIn === undefined || ways.length === 0) return {};
  const [first, ...others] = ways.map(providerOf);
  const word = z
    .enum([first as string, ...others])
    .optional()
    .meta({ description: [wayIn.description, describeProviders(ways)].join("\n"), example: first });
  return join("ways in from the internet", { [wayIn.key]: word }, ...ways.map((way) => way.wayIn.keys as Keys));
}

/** A key of a way in that the entry has not is a mistake: nobody would read it. */
export function waysCheck({ wayIn }: SlotEntries, catalog: Catalog): z.core.CheckFn<Record<string, unknown>> {
  const word = wayIn?.key ?? "";
  const ways = wayIn === undefined ? [] : waysIn(catalog);
  return ({ value, issues }) => {
    for (const way of ways.filter((other) => value[word] !== providerOf(other))) {
      for (const key of Object.keys(way.wayIn.keys).filter((own) => value[own] !== undefined))
        issues.push({
          code: "custom",
          message: `\`${key}\` goes with \`${word}: ${providerOf(way)}\``,
          path: [key],
          input: value[key],
        });
    }
  };
}
