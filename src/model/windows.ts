/** Which versions do not go together: pure arithmetic over the windows that pins carry. */
import { compareLines, isOfLine } from "./version.ts";
import type { Pin, PinId, Window } from "./unit.ts";

/** A version of something that is in use, by the id of its pin. */
export type Versions = ReadonlyMap<PinId, string>;

export interface Misfit {
  readonly window: Window;
  /** Who states the window, and its version. */
  readonly pin: Pin;
  readonly version: string;
  /** The version that is outside of it. */
  readonly other: string;
  readonly side: "older" | "newer";
}

/** Versions that nobody states a window for fit everything. */
export function misfits(versions: Versions, pins: ReadonlyMap<PinId, Pin>): readonly Misfit[] {
  return [...versions].flatMap(([id, version]) => {
    const pin = pins.get(id);
    return (pin?.windows ?? []).flatMap((window): readonly Misfit[] => {
      const other = versions.get(window.with);
      if (pin === undefined || other === undefined || !isOfLine(version, window.line)) return [];
      const side = sideOf(other, window);
      return side === undefined ? [] : [{ window, pin, version, other, side }];
    });
  });
}

function sideOf(version: string, { from, to }: Window): Misfit["side"] | undefined {
  if (from !== undefined && compareLines(version, from) < 0) return "older";
  if (to !== undefined && compareLines(version, to) > 0) return "newer";
  return undefined;
}

/** `1.31 to 1.36`, `1.33 and newer`, `1.37 and older`. */
export function windowText({ from, to }: Window): string {
  if (from === undefined) return `${to} and older`;
  if (to === undefined) return `${from} and newer`;
  return from === to ? from : `${from} to ${to}`;
}
