/** A switch with one component in it: the keys all positions share beside the component's own. */
import { z } from "zod";
import type { Catalog, Component, SlotForOne } from "../model/component.ts";
import { describeProviders, fallbackOf, offeredIn, providerOf, type Choices } from "./choices.ts";
import { join, objectOf, type Keys } from "./objects.ts";
import { positionSchema } from "./position.ts";

/** Without a component (none the catalog offers) only the shared keys are judged. */
export function slotSchema(
  slot: SlotForOne,
  component: Component | undefined,
  catalog: Catalog,
  choices: Choices,
): z.ZodObject {
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
  const keys = join(`slot ${slot.id}`, { provider }, slot.shared as Keys);
  if (component === undefined) return objectOf(keys, false).meta(meta);
  return positionSchema(`slot ${slot.id}`, keys, component).meta(meta);
}
