/** From problems with paths to findings with places. */
import type { Finding, Place } from "../model/finding.ts";
import type { Reading } from "../yaml/read.ts";
import type { TextAt } from "./coerce.ts";
import type { Problem } from "./sentences.ts";
import { maskPassword, visible } from "../fields/quote.ts";
import type { Path } from "./shape.ts";
import { dotted } from "./wording.ts";

/** Sentences of the catalog may quote the user as they please; here they end up on one line and without passwords. */
export function findingOf({ id, path, message, fix }: Problem): Finding {
  return {
    id,
    severity: "error",
    message: visible(message),
    paths: [dotted(path)],
    ...(fix === undefined ? {} : { fix: visible(fix) }),
  };
}

/** The finding at its key or value; at the nearest key above when nothing stands there. */
export function placedProblem(problem: Problem, reading: Reading): Finding {
  const atKey = problem.id === "SPEC-UNKNOWN-KEY" || problem.id === "SPEC-NAME";
  const place =
    reading.placeAt(problem.path, atKey ? "key" : undefined) ??
    placeAbove(problem.path, (path) => reading.placeAt(path, "key"));
  return withPlaces(findingOf(problem), place === undefined ? [] : [place]);
}

/** The same for findings of rules, which know paths only. */
export function placedFinding(finding: Finding, reading: Reading): Finding {
  if (finding.places !== undefined) return withPlaces(finding, finding.places);
  const places = finding.paths.flatMap((path) => {
    const place = reading.place(path) ?? placeAbove(path.split("."), (above) => reading.place(dotted(above), "key"));
    return place === undefined ? [] : [place];
  });
  const apart = new Map(places.map((place) => [`${place.line}:${place.column}`, place]));
  return withPlaces(finding, [...apart.values()]);
}

function placeAbove(path: Path, placeAt: (path: Path) => Place | undefined): Place | undefined {
  for (let length = path.length - 1; length > 0; length--) {
    const place = placeAt(path.slice(0, length));
    if (place !== undefined) return place;
  }
  return undefined;
}

function withPlaces(finding: Finding, places: readonly Place[]): Finding {
  const shown = { ...finding, message: maskPassword(finding.message) };
  return places.length === 0
    ? shown
    : { ...shown, places: places.map((place) => ({ ...place, text: maskPassword(place.text) })) };
}

/** In the order of the file; what has no place comes first. */
export function inFileOrder(findings: readonly Finding[]): readonly Finding[] {
  const at = ({ places }: Finding) => places?.[0];
  return [...findings].sort(
    (a, b) => (at(a)?.line ?? 0) - (at(b)?.line ?? 0) || (at(a)?.column ?? 0) - (at(b)?.column ?? 0),
  );
}

/** The text of scalars as they stand in the file. */
export const sourceOf =
  (reading: Reading): TextAt =>
  (path) =>
    textOf(reading.placeAt(path, "value"));

export const textOf = (place: Place | undefined): string | undefined =>
  place?.text.slice(place.column - 1, place.column - 1 + place.length);
