/** Named things beside the provider of a slot for one, of which each may name another: `ingress.gateways`. */
import { z } from "zod";
import type { Catalog, Component } from "../model/component.ts";
import type { SlotForOne } from "../model/slot.ts";
import { describeProviders, offeredIn, providerOf } from "./choices.ts";
import { join, objectOf, type Keys } from "./objects.ts";
import { keysOf } from "./shape.ts";

/** Nothing where the slot has none. `usual` is who stands in the slot: the provider of what names none. */
export function entriesIn(slot: SlotForOne, usual: Component | undefined, catalog: Catalog): Keys {
  const { entries } = slot;
  if (entries === undefined) return {};
  const offered = offeredIn(slot, catalog);
  const description = [`who is behind it, where that is not ${slot.path}.provider`, describeProviders(offered)].join(
    "\n",
  );
  const other = offered.filter((component) => component !== usual);
  const literal = (component: Component) => z.literal(providerOf(component)).meta({ description });
  const members = [
    usual === undefined
      ? entryOf(slot, z.enum(offered.map(providerOf)).optional().meta({ description }), undefined)
      : entryOf(slot, literal(usual).optional(), usual),
    ...other.map((component) => entryOf(slot, literal(component), component)),
  ];
  const entry = z.union(members).meta({ ...entries.entry, layout: "line" });
  return {
    [entries.key]: z
      .record(entries.name, entry)
      .optional()
      .meta({ ...entries.all }),
  };
}

/** Without a component the keys of providers cannot be judged. */
function entryOf(slot: SlotForOne, provider: z.ZodType, component: Component | undefined): z.ZodObject {
  const own = component?.entryOptions === undefined ? {} : keysOf(component.entryOptions);
  const keys = join(`the ${slot.entries?.key} of slot ${slot.id}`, (slot.entries?.keys ?? {}) as Keys, own, {
    provider,
  });
  return objectOf(keys, component !== undefined);
}
