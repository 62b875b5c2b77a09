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
import { records, zones } from "./records.ts";
import { severalSchema } from "./severalSchema.ts";
import { slotSchema } from "./slotSchema.ts";

/** The whole file. Input is what people write, output are parsed values (see spec.ts for the typed form). */
export function specSchema(catalog: Catalog, choices: Choices): z.ZodObject {
  const made = schemas.get(catalog) ?? new Map<string, z.ZodObject>();
  schemas.set(catalog, made);
  const { distribution, hardware } = choices.platforms;
  const key = JSON.stringify([
    distribution?.id,
    hardware?.id,
    ...slotsForOne(catalog).map(({ id }) => [
      choices.components.get(id)?.id,
      ...(choices.others.get(id) ?? []).map((component) => component.id),
    ]),
  ]);
  const schema = made.get(key) ?? assemble(catalog, choices);
  made.set(key, schema);
  return schema;
}

// Questions try one spec after the other with the same few choices.
const schemas = new WeakMap<Catalog, Map<string, z.ZodObject>>();

function assemble(catalog: Catalog, choices: Choices): z.ZodObject {
  const { lan, networks, bgp, policies, silence, ...head } = coreKeys();
  const slots = catalog.slots.map((slot): PlacedSlot => ({
    path: pathOf(slot),
    first: slot.first ?? false,
    title: slot.title,
    schema:
      slot.form === "one"
        ? slotSchema(slot, choices.components.get(slot.id), catalog, choices).prefault({})
        : severalSchema(slot, catalog),
  }));
  const ofCluster = slots.filter(({ path }) => path[0] === "cluster");
  const first = slots.filter((slot) => slot.first);
  const others = slots.filter((slot) => !slot.first && !ofCluster.includes(slot));
  const cluster = clusterSchema(catalog, choices, keysAt(1, ofCluster));
  return z.strictObject(
    join("homelab.yaml", head, keysAt(0, first), { lan, networks, cluster, bgp }, keysAt(0, others), {
      policies,
      silence,
    }),
  );
}

interface PlacedSlot {
  readonly path: readonly string[];
  readonly first: boolean;
  readonly title: string;
  readonly schema: z.ZodType;
}

/** Slots by the key they have at a depth of their paths; a key that several go through is a group. */
function keysAt(depth: number, slots: readonly PlacedSlot[]): Keys {
  const keys = [...new Set(slots.map(({ path }) => path[depth] ?? ""))];
  return Object.fromEntries(
    keys.map((key) => {
      const here = slots.filter(({ path }) => path[depth] === key);
      const slot = here.find(({ path }) => path.length === depth + 1);
      if (slot !== undefined && here.length > 1)
        throw new Error(`${slot.path.join(".")} is the place of one slot and holds another`);
      return [key, slot?.schema ?? groupOf(here, depth)];
    }),
  );
}

/** Keys of ours beside the slots of a group. */
const BESIDE: Readonly<Record<string, Keys>> = { dns: { records, zones } };

/** A key that holds slots: `dns`. */
function groupOf(slots: readonly PlacedSlot[], depth: number): z.ZodType {
  const path = slots[0]?.path.slice(0, depth + 1).join(".") ?? "";
  return z
    .strictObject(join(`the key ${path}`, keysAt(depth + 1, slots), BESIDE[path] ?? {}))
    .prefault({})
    .meta({ description: slots.map(({ title }) => title).join(", "), layout: "lines" });
}
