import type { Pin, PinId } from "./unit.ts";

/** A pin by its id; one that pins.yaml does not have is our bug. */
export function pinOf(pins: ReadonlyMap<PinId, Pin>, id: PinId): Pin {
  const pin = pins.get(id);
  if (pin === undefined) throw new Error(`no pin called ${id}`);
  return pin;
}
