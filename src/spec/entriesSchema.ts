/** Named things beside the provider of a slot for one, of which each may name another: `ingress.gateways`. */
import { z } from "zod";
import type { Catalog, Component } from "../model/component.ts";
import type { SlotForOne } from "../model/slot.ts";
import { describeProviders, offeredIn, providerOf } from "./choices.ts";
import { join, objectOf, type Keys } from "./objects.ts";
import { keysOf } from "./shape.ts";
import { wayKeys, waysCheck } from "./waysIn.ts";

/** Nothing where the slot has none. `usual` is who stands in the slot: the provider of what names none. */
export function entriesIn(slot: SlotForOne, usual: Component | undefined, catalog: Catalog): Keys {
  const { entries: own } = slot;
  if (own === undefined) return {};
  const entries: Entries = {
    what: `the ${own.key} of slot ${slot.id}`,
    keys: join(`the ${own.key} of slot ${slot.id}`, own.keys as Keys, wayKeys(own, catalog)),
    check: waysCheck(own, catalog),
  };
  const offered = offeredIn(slot, catalog);
  const description = [`who is behind it, where that is not ${slot.path}.provider`, describeProviders(offered)].join(
    "\n",
  );
  const other = offered.filter((component) => component !== usual);
  const literal = (component: Component) => z.literal(providerOf(component)).meta({ description });
  const members = [
    usual === undefined
      ? entryOf(entries, z.enum(offered.map(providerOf)).optional().meta({ description }), undefined)
      : entryOf(entries, literal(usual).optional(), usual),
    ...other.map((component) => entryOf(entries, literal(component), component)),
  ];
  const entry = z.union(members).meta({ ...own.entry, layout: "line" });
  return {
    [own.key]: z
      .record(own.name, entry)
      .optional()
      .meta({ ...own.all }),
  };
}

/** What every entry has, whoever is behind it. */
interface Entries {
  readonly what: string;
  readonly keys: Keys;
  readonly check: z.core.CheckFn<Record<string, unknown>>;
}

/** Without a component the keys of providers cannot be judged. */
function entryOf({ what, keys, check }: Entries, provider: z.ZodType, component: Component | undefined): z.ZodObject {
  const own = component?.entryOptions === undefined ? {} : keysOf(component.entryOptions);
  return objectOf(join(what, keys, own, { provider }), component !== undefined).check(check);
}
