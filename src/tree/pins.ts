/**
 * Versions move on two sides: Renovate moves them in the repository, we move them in what we generate. Merged as
 * lines they would conflict, with each other and with every edit beside them. So the version is decided first, the
 * newer one wins, and it is put into all three texts; what is left to merge are the other edits.
 */
import type { Pin } from "../model/unit.ts";
import { normalise } from "./lines.ts";
import { pinShapes, pinTokens, replaceTokens, type PinToken } from "./pinLines.ts";
import { compareVersions } from "./version.ts";

/** A pin that stands at another version in the repository than we wrote. */
export interface PinMove {
  readonly pin: string;
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  readonly taken: "ours" | "theirs";
  /** `newer`; `held`: set back by hand, which is respected; `unclear`: versions nobody can compare, so the repository's stays. */
  readonly because: "newer" | "held" | "unclear";
}

/** Texts, or the versions in them. */
export interface Versions {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

export interface Neutralised extends Versions {
  readonly moves: readonly PinMove[];
}

/** One version at its place in each of the three texts. */
interface Place {
  readonly pin: string;
  readonly base: PinToken;
  readonly ours: PinToken;
  readonly theirs: PinToken;
}

/** Texts come back normalised. A pin that the three texts do not carry equally often is left to the merge. */
export function neutralisePins(texts: Versions, pins: readonly Pin[]): Neutralised {
  const normal = { base: normalise(texts.base), ours: normalise(texts.ours), theirs: normalise(texts.theirs) };
  const decided = placesOf(normal, pins).map((place) => {
    const versions = { base: place.base.text, ours: place.ours.text, theirs: place.theirs.text };
    const decision = decide(versions);
    return { place, versions, decision, version: versions[decision.taken] };
  });
  const settled = (side: keyof Versions) =>
    replaceTokens(
      normal[side],
      decided.map(({ place, version }) => ({ token: place[side], version })),
    );
  return {
    base: settled("base"),
    ours: settled("ours"),
    theirs: settled("theirs"),
    moves: decided
      .filter(({ versions }) => versions.ours !== versions.base)
      .map(({ place, versions, decision }) => ({ pin: place.pin, ...versions, ...decision })),
  };
}

/** Two pins of one version can claim the same place; it is settled once. */
function placesOf(texts: Versions, pins: readonly Pin[]): readonly Place[] {
  const places = new Map<string, Place>();
  for (const shape of pinShapes(texts.theirs, pins)) {
    const theirs = pinTokens(texts.theirs, shape, pins);
    const [base, ours] = [pinTokens(texts.base, shape, pins), pinTokens(texts.ours, shape, pins)];
    if (base.length !== theirs.length || ours.length !== theirs.length) continue;
    theirs.forEach((their, index) => {
      const [old, our] = [base[index], ours[index]];
      const key = `${their.line}:${their.start}`;
      if (old === undefined || our === undefined || places.has(key)) return;
      places.set(key, { pin: shape.pin.id, base: old, ours: our, theirs: their });
    });
  }
  return [...places.values()];
}

// A digest belongs to its tag and cannot be compared.
const withoutDigest = (version: string): string => version.replace(/@.*$/, "");

function decide({ base, ours, theirs }: Versions): Pick<PinMove, "taken" | "because"> {
  if (ours === base) return { taken: "theirs", because: "newer" };
  const moved = compareVersions(withoutDigest(ours), withoutDigest(base));
  const ahead = compareVersions(withoutDigest(ours), withoutDigest(theirs));
  if (moved === undefined || ahead === undefined) return { taken: "ours", because: "unclear" };
  if (moved < 0) return { taken: "ours", because: "held" };
  return { taken: ahead >= 0 ? "ours" : "theirs", because: "newer" };
}
