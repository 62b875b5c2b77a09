/** Another component in a slot, with what it can keep of what was said for the one before. */
import type { Component } from "../../src/model/component.ts";
import type { SlotForOne } from "../../src/model/slot.ts";
import { isMap } from "../../src/model/unknown.ts";
import { providerOf } from "../../src/spec/choices.ts";
import { valueAt, withValue, type Draft } from "./draft.ts";

const PROVIDER = "provider";

/** Options that the component does not have, or not with that value, go with the one that had them. */
export function withProvider(draft: Draft, slot: SlotForOne, component: Component): Draft {
  const provider = providerOf(component);
  const there = valueAt(draft, slot.path);
  if (!isMap(there) || there[PROVIDER] === provider) return withValue(draft, `${slot.path}.${PROVIDER}`, provider);
  const takes = (key: string, value: unknown): boolean =>
    key in slot.shared || component.options.safeParse({ [key]: value }).success;
  const kept = Object.entries(there).filter(([key, value]) => key !== PROVIDER && takes(key, value));
  return withValue(draft, slot.path, { [PROVIDER]: provider, ...Object.fromEntries(kept) });
}
