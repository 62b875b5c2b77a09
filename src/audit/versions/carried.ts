/** Versions as a repository carries them today: Renovate and people move them, and nobody tells homelab.yaml. */
import type { Place } from "../../model/finding.ts";
import { at } from "../../model/layout.ts";
import { literally } from "../../model/text.ts";
import type { Pin, PinId } from "../../model/unit.ts";
import { placeOf } from "../../yaml/position.ts";
import type { Cluster } from "../cluster.ts";
import { argoSources } from "../argocd/versions.ts";
import { fluxSources } from "../flux/versions.ts";
import { installedVersion, MISE_FILE } from "./mise.ts";

/** Where charts and manifests come from, by what the engine in use calls it. */
export interface Source {
  readonly url: string;
  /** Of a chart in a chart repository. */
  readonly chart?: string;
  readonly version: string;
  readonly place: Place;
}

export interface Carried {
  readonly version: string;
  readonly place: Place;
}

const SOURCES: Readonly<Record<string, (cluster: Cluster) => readonly Source[]>> = {
  flux: fluxSources,
  argocd: argoSources,
};

/** By id of the pin, those in use alone. Of one that stands in several places, the first. */
export function carriedVersions(cluster: Cluster): ReadonlyMap<PinId, Carried> {
  const sources = SOURCES[cluster.plan.engine]?.(cluster) ?? [];
  const found = [...cluster.plan.pins].flatMap(([id, pin]) => {
    const source = sources.find(({ url, chart }) => sameUrl(url, pin.source) && chart === pin.chart);
    const carried = source ?? commented(pin, cluster) ?? tool(pin, cluster);
    return carried === undefined ? [] : [[id, { version: carried.version, place: carried.place }] as const];
  });
  return new Map(found);
}

const sameUrl = (one: string, other: string): boolean => one.replace(/\/$/, "") === other.replace(/\/$/, "");

const commented = (pin: Pin, { subject }: Cluster): Carried | undefined => commentedIn(pin, subject.texts)[0];

/** The line below a comment for Renovate, as its own pattern in .renovaterc.json5 reads it: it ends with the version. */
const comment = ({ datasource, depName }: CommentedPin): RegExp =>
  new RegExp(
    `# renovate: datasource=${literally(datasource)} depName=${literally(depName)}\\n.+?[:=]\\s*["']?(?:\\S+:)?(v?\\d[^"'\\s]*)`,
    "dg",
  );

type CommentedPin = Pick<Pin, "datasource" | "depName">;

/** Every place of a pin below such a comment, by files. */
export const commentedIn = (pin: CommentedPin, texts: ReadonlyMap<string, string>): readonly Carried[] =>
  [...texts].flatMap(([path, text]) =>
    [...text.matchAll(comment(pin))].flatMap(({ 1: version, indices }): readonly Carried[] => {
      const [from, to] = indices?.[1] ?? [];
      return version === undefined || from === undefined || to === undefined
        ? []
        : [{ version, place: placeOf(text, path, from, to) }];
    }),
  );

/** The text with another version at each of these places. */
export const atVersion = (pin: CommentedPin, text: string, version: string): string =>
  text.replace(comment(pin), (line: string, own: string) => line.slice(0, line.length - own.length) + version);

function tool({ kind, id }: Pin, { subject, plan }: Cluster): Carried | undefined {
  const path = at(plan, MISE_FILE);
  const text = subject.texts.get(path);
  const found = kind === "tool" && text !== undefined ? installedVersion(text, id) : undefined;
  return found && { version: found.version, place: placeOf(text ?? "", path, found.from, found.to) };
}
