/** Slots where several components stand side by side. What may be written there does not depend on what is chosen. */
import { z } from "zod";
import type { Catalog, Component } from "../model/component.ts";
import type { Slot, SlotForSeveral } from "../model/slot.ts";
import { labelField } from "../fields/fields.ts";
import { describeProviders, offeredIn, providerOf } from "./choices.ts";
import { join, type Keys } from "./objects.ts";
import { positionSchema } from "./position.ts";

export function severalSchema(slot: SlotForSeveral, catalog: Catalog): z.ZodType {
  const made = schemas.get(catalog) ?? new Map<Slot, z.ZodType>();
  schemas.set(catalog, made);
  const schema = made.get(slot) ?? (slot.form === "each" ? eachSchema : namedSchema)(slot, catalog);
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

/** Names of the user; what stands under one is told by its `provider`, or by the name where that is left out. */
function namedSchema(slot: SlotForSeveral, catalog: Catalog): z.ZodType {
  const offered = offeredIn(slot, catalog);
  const providers = offered.map(providerOf);
  const provider = z
    .enum(providers)
    .meta({ description: describeProviders(offered), kind: `one of ${providers.join(", ")}` });
  // Judges an entry that no provider is told of, and lets none through.
  const undecided = z
    .looseObject(join(`slot ${slot.id}`, { provider }, slot.shared as Keys))
    .refine(() => false, { abort: true })
    .meta(ENTRY);
  const [example] = offered.map((component) => ({ home: providerOf(component) }));
  return z
    .record(nameField, z.union([undecided, ...offered.map((component) => entrySchema(slot, component))]).meta(ENTRY))
    .optional()
    .meta({
      description: `${slot.title}: ${slot.summary}`,
      kind: "a map of names",
      nameFor: "provider",
      ...(example !== undefined && { example }),
    });
}

const ENTRY = {
  description: "one of them, under a name of yours",
  kind: "a provider or a map",
  short: "provider",
  toggle: "on",
} as const;

/** An entry that is of this component. */
export function entrySchema(slot: SlotForSeveral, component: Component): z.ZodType {
  const provider = z
    .literal(providerOf(component))
    .meta({ description: `${providerOf(component)}: ${component.title}, ${component.summary}` });
  return positionSchema(`slot ${slot.id}`, join(`slot ${slot.id}`, { provider }, slot.shared as Keys), component).meta(
    ENTRY,
  );
}

// A slot for one is written with it, and so is an entry; a name it would be by mistake.
const nameField = labelField().refine((name) => name !== "provider", {
  message: "`provider` is no name: names stand here, and each has a provider of its own",
});

/** Whether it can be there without a word about its options. */
const isComplete = ({ options }: Component): boolean => options.safeParse({}).success;
