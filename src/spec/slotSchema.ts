/** A switch with one component in it: the keys all positions share beside the component's own. */
import { z } from "zod";
import type { Catalog, Component } from "../model/component.ts";
import type { SlotForOne } from "../model/slot.ts";
import { describeProviders, fallbackOf, offeredIn, providerOf, type Choices } from "./choices.ts";
import { entriesIn } from "./entriesSchema.ts";
import { join, objectOf, type Keys } from "./objects.ts";
import { keysOf } from "./shape.ts";
import { checksOf, positionSchema } from "./position.ts";

/**
 * Without a component (none the catalog offers) only the shared keys are judged. Others that entries name are in use
 * beside it and have their options in the same place.
 */
export function slotSchema(
  slot: SlotForOne,
  component: Component | undefined,
  catalog: Catalog,
  choices: Choices,
): z.ZodObject {
  const others = choices.others.get(slot.id) ?? [];
  const providers = offeredIn(slot, catalog);
  const { component: proposed, because } = fallbackOf(slot, catalog, choices);
  const fallback = providerOf(proposed);
  const provider = z
    .enum(providers.map(providerOf) as [string, ...string[]])
    .default(fallback)
    .meta({
      description: describeProviders(providers),
      because,
    });
  const meta = {
    description: `${slot.title}: ${slot.summary}`,
    short: "provider",
    kind: "a provider or a map",
    example: fallback,
  };
  const keys = join(
    `slot ${slot.id}`,
    { provider },
    slot.shared as Keys,
    ...others.map(({ options }) => keysOf(options)),
    entriesIn(slot, component, catalog),
  );
  if (component === undefined) return objectOf(keys, false).meta(meta);
  const position = positionSchema(`slot ${slot.id}`, keys, component);
  return position.check(...others.flatMap(checksOf)).meta(meta);
}
