/** Which component stands in each slot and which platforms are under the cluster: what the rest of the schema depends on. */
import type { Catalog, Component } from "../model/component.ts";
import type { Slot, SlotForOne } from "../model/slot.ts";
import type { Platform } from "../model/platform.ts";
import type { SlotId } from "../model/unit.ts";
import { isMap } from "../model/unknown.ts";
import { valueAt, type Path } from "./shape.ts";

export interface Choices {
  /** `undefined`: something is named there that the catalog does not offer. */
  readonly components: ReadonlyMap<SlotId, Component | undefined>;
  /** Those that entries of a slot for one name beside it. */
  readonly others: ReadonlyMap<SlotId, readonly Component[]>;
  /** `undefined`: none named, or none the catalog offers. */
  readonly platforms: { readonly distribution: Platform | undefined; readonly hardware: Platform | undefined };
}

/** For what every choice has in common. */
export const NO_CHOICES: Choices = {
  components: new Map(),
  others: new Map(),
  platforms: { distribution: undefined, hardware: undefined },
};

export const providerOf = (component: Component): string => component.provider ?? component.id;

/** Each position with its clause. */
export const describeProviders = (offered: readonly Component[]): string =>
  offered.map((component) => `${providerOf(component)}: ${component.title}, ${component.summary}`).join("\n");

export const slotsForOne = ({ slots }: Catalog): readonly SlotForOne[] =>
  slots.filter(({ form }) => form === "one") as readonly SlotForOne[];

export const offeredIn = (slot: Slot, catalog: Catalog): readonly Component[] =>
  catalog.components.filter((component) => component.slot === slot.id);

export const pathOf = (slot: Slot): readonly string[] => slot.path.split(".");

export interface Proposed {
  readonly component: Component;
  readonly because: string;
}

/** The first that works with what is chosen so far; where none does, the first of all, and a rule says what is wrong. */
export function fallbackOf(slot: SlotForOne, catalog: Catalog, choices: Choices): Proposed {
  const proposed = slot.fallbacks.map(({ component: id, because }) => {
    const component = offeredIn(slot, catalog).find((candidate) => candidate.id === id);
    if (component === undefined)
      throw new Error(`slot ${slot.id} falls back to ${id}, which is not one of its components`);
    return { component, because };
  }) as [Proposed, ...Proposed[]];
  return proposed.find(({ component }) => worksWith(component, choices, catalog)) ?? proposed[0];
}

function worksWith({ distributions, partOf }: Component, choices: Choices, catalog: Catalog): boolean {
  const { components, platforms } = choices;
  const whole = catalog.components.find(({ id }) => id === partOf);
  const isThere = whole?.slot === undefined || !components.has(whole.slot) || components.get(whole.slot) === whole;
  return (
    isThere && (platforms.distribution === undefined || distributions?.includes(platforms.distribution.id) !== false)
  );
}

/** The provider as written, in the short or the long form; `undefined` when nothing is. */
function writtenProvider(value: unknown, at: Path): unknown {
  const there = valueAt(value, at) ?? undefined;
  return isMap(there) ? (there["provider"] ?? undefined) : there;
}

/** Providers that entries name, each once. */
function writtenInEntries(value: unknown, slot: SlotForOne): readonly unknown[] {
  const entries = slot.entries && valueAt(value, [...pathOf(slot), slot.entries.key]);
  return isMap(entries) ? Object.values(entries).map((entry) => (isMap(entry) ? entry["provider"] : undefined)) : [];
}

/** Reads the choices of a spec as it was written. What is wrong with them, the schema says. */
export function choicesOf(value: unknown, catalog: Catalog): Choices {
  const platform = (role: Platform["role"]) =>
    catalog.platforms.find(
      (candidate) => candidate.role === role && candidate.id === valueAt(value, ["cluster", role]),
    );
  const platforms = { distribution: platform("distribution"), hardware: platform("hardware") };
  const components = new Map<SlotId, Component | undefined>();
  for (const slot of slotsForOne(catalog)) {
    const provider = writtenProvider(value, pathOf(slot));
    const named = offeredIn(slot, catalog).find((component) => providerOf(component) === provider);
    components.set(
      slot.id,
      provider === undefined
        ? fallbackOf(slot, catalog, { components, others: new Map(), platforms }).component
        : named,
    );
  }
  const others = slotsForOne(catalog).map((slot) => {
    const named = writtenInEntries(value, slot);
    const beside = offeredIn(slot, catalog).filter((component) => component !== components.get(slot.id));
    return [slot.id, beside.filter((component) => named.includes(providerOf(component)))] as const;
  });
  return { components, others: new Map(others), platforms };
}

/** Every combination that matters for what may be written somewhere: each component once, each platform once. */
export function someChoices(catalog: Catalog): readonly Choices[] {
  const bySlot = slotsForOne(catalog).map((slot) => offeredIn(slot, catalog));
  const byRole = (["distribution", "hardware"] as const).map((role) =>
    catalog.platforms.filter((platform) => platform.role === role),
  );
  const rounds = Math.max(1, ...bySlot.map(({ length }) => length), ...byRole.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) => {
    const pick = <Item>(items: readonly Item[] | undefined): Item | undefined =>
      items?.[round % Math.max(items.length, 1)];
    return {
      components: new Map(slotsForOne(catalog).map((slot, index) => [slot.id, pick(bySlot[index])])),
      others: new Map(),
      platforms: { distribution: pick(byRole[0]), hardware: pick(byRole[1]) },
    };
  });
}
