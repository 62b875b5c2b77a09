/** Lines as far as they may be shown: reports end up in logs. */
import type { Place } from "../../model/finding.ts";

/** The name of a value, and nothing else: what else stands before a secret may be one more. */
const NAME = /^[\s-]*["']?[\w.-]*["']?\s*[:=]?\s*["']?$/;

/** `characters` of what is pointed at. Everything after is left out, and everything before that is no name. */
export function hidden(place: Place, characters: number): Place {
  const length = Math.min(place.length, characters);
  const before = place.text.slice(0, place.column - 1);
  const shown = place.text.slice(place.column - 1, place.column - 1 + length);
  return {
    ...place,
    length: Math.max(1, length),
    text: `${NAME.test(before) ? before : before.replace(/./gsu, " ")}${shown}…`,
  };
}
