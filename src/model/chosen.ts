/** Asking a plan what is in use. */
import type { Component } from "./component.ts";
import type { Chosen, Plan } from "./plan.ts";
import type { ComponentId, SlotId } from "./unit.ts";

type Uses = Pick<Plan, "chosen">;

export const isChosen = (plan: Uses, id: ComponentId): boolean =>
  plan.chosen.some(({ component }) => component.id === id);

/** What stands in a slot: one at most where the slot has room for one. */
export const chosenIn = (plan: Uses, slot: SlotId): readonly Chosen[] =>
  plan.chosen.filter((chosen) => chosen.slot === slot);

/** Options of a component in use; undefined when it is not. Of one in use several times, those of the first. */
export const optionsOf = <Options>(plan: Uses, { id }: Component<Options>): Options | undefined =>
  plan.chosen.find(({ component }) => component.id === id)?.options as Options | undefined;
