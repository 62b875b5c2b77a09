/** Lines as far as they may be shown: reports end up in logs. */
import type { Finding, Place } from "../../model/finding.ts";

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

/** Whatever else is said of a file that holds a secret, its lines are not repeated. */
export function unseen(findings: readonly Finding[]): readonly Finding[] {
  const isGuard = ({ id }: Finding): boolean => /^SECRET-(?:PLAIN|KEY|TOKEN|PASSWORD)$/.test(id);
  const files = new Set(findings.filter(isGuard).flatMap(({ places = [] }) => places.map(({ file }) => file)));
  return findings.map((finding) =>
    isGuard(finding) || finding.places === undefined
      ? finding
      : { ...finding, places: finding.places.map((place) => (files.has(place.file) ? hidden(place, 0) : place)) },
  );
}
