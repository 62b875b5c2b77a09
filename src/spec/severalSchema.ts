/** Slots where several components stand side by side. What may be written there does not depend on what is chosen. */
import { z } from "zod";
import type { Catalog, Component, Slot, SlotForSeveral } from "../model/component.ts";
import { offeredIn, providerOf } from "./choices.ts";
import { join, type Keys } from "./objects.ts";
import { positionSchema } from "./position.ts";

export function severalSchema(slot: SlotForSeveral, catalog: Catalog): z.ZodType {
  const made = schemas.get(catalog) ?? new Map<Slot, z.ZodType>();
  schemas.set(catalog, made);
  const schema = made.get(slot) ?? eachSchema(slot, catalog);
  made.set(slot, schema);
  return schema;
}

// The same for all choices, which each have a schema of their own around it.
const schemas = new WeakMap<Catalog, Map<Slot, z.ZodType>>();

/** A key for each component; a map of its options, or whether it is there at all. */
function eachSchema(slot: SlotForSeveral, catalog: Catalog): z.ZodType {
  const offered = offeredIn(slot, catalog);
  const positions = Object.fromEntries(
    offered.map((component) => [providerOf(component), positionOf(slot, component)] as const),
  );
  const [example] = offered.filter(isComplete).map((component) => ({ [providerOf(component)]: true }));
  return z
    .strictObject(join(`slot ${slot.id}`, slot.shared as Keys, positions))
    .prefault({})
    .meta({
      description: `${slot.title}: ${slot.summary}`,
      kind: "a map of what is wanted",
      ...(example !== undefined && { example }),
    });
}

const positionOf = (slot: SlotForSeveral, component: Component): z.ZodType =>
  positionSchema(`slot ${slot.id}`, {}, component)
    .optional()
    .meta({
      description: `${component.title}: ${component.summary}`,
      kind: "true, false or a map of its options",
      toggle: "on-off",
      ...(isComplete(component) && { example: true }),
    });

/** Whether it can be there without a word about its options. */
const isComplete = ({ options }: Component): boolean => options.safeParse({}).success;
