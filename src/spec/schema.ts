/**
 * The schema of homelab.yaml for given choices: core keys, each slot with the options of the component that stands in
 * it, each platform's keys. A schema for the choices made, and not a union of all, is why one slip yields one finding.
 */
import { z } from "zod";
import type { Catalog } from "../model/component.ts";
import { pathOf, slotsForOne, type Choices } from "./choices.ts";
import { clusterSchema } from "./clusterSchema.ts";
import { coreKeys } from "./core.ts";
import { join, type Keys } from "./objects.ts";
import { records } from "./records.ts";
import { slotSchema } from "./slotSchema.ts";

/** The whole file. Input is what people write, output are parsed values (see spec.ts for the typed form). */
export function specSchema(catalog: Catalog, choices: Choices): z.ZodObject {
  const made = schemas.get(catalog) ?? new Map<string, z.ZodObject>();
  schemas.set(catalog, made);
  const { distribution, hardware } = choices.platforms;
  const key = JSON.stringify([
    distribution?.id,
    hardware?.id,
    ...slotsForOne(catalog).map(({ id }) => choices.components.get(id)?.id),
  ]);
  const schema = made.get(key) ?? assemble(catalog, choices);
  made.set(key, schema);
  return schema;
}

// Questions try one spec after the other with the same few choices.
const schemas = new WeakMap<Catalog, Map<string, z.ZodObject>>();

function assemble(catalog: Catalog, choices: Choices): z.ZodObject {
  const { lan, silence, ...head } = coreKeys(catalog);
  const slots = slotsForOne(catalog).map((slot) => {
    const [group = "", key, ...deeper] = pathOf(slot);
    if (deeper.length > 0) throw new Error(`slot ${slot.id} stands deeper than two keys: ${slot.path}`);
    return {
      group,
      key,
      title: slot.title,
      schema: slotSchema(slot, choices.components.get(slot.id), catalog).prefault({}),
    };
  });
  const groups = slots
    .filter(({ group }, index) => group !== "cluster" && slots.findIndex((slot) => slot.group === group) === index)
    .map(({ group, key, schema }): [string, z.ZodType] => [group, key === undefined ? schema : groupOf(group, slots)]);
  const cluster = clusterSchema(catalog, choices, keysUnder("cluster", slots));
  return z.strictObject(join("homelab.yaml", head, { lan, cluster }, Object.fromEntries(groups), { silence }));
}

interface PlacedSlot {
  readonly group: string;
  readonly key: string | undefined;
  readonly title: string;
  readonly schema: z.ZodType;
}

const keysUnder = (name: string, slots: readonly PlacedSlot[]): Keys =>
  Object.fromEntries(
    slots.flatMap(({ group, key, schema }) => (group === name && key !== undefined ? [[key, schema]] : [])),
  );

/** Keys of ours beside the slots of a group. */
const BESIDE: Readonly<Record<string, Keys>> = { dns: { records } };

/** A key that holds slots: `dns`. */
function groupOf(name: string, slots: readonly PlacedSlot[]): z.ZodType {
  const description = slots.flatMap(({ group, title }) => (group === name ? [title] : [])).join(", ");
  const keys = join(`the key ${name}`, keysUnder(name, slots), BESIDE[name] ?? {});
  return z.strictObject(keys).prefault({}).meta({ description });
}
