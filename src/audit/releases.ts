/** Helm releases by the objects that ask for them, with the values they are given: what a chart makes shows only there. */
import type { Pin } from "../model/unit.ts";
import { at, type Mapping } from "../model/unknown.ts";
import type { LocatedDocument } from "../yaml/stream.ts";
import { argoReleases } from "./argocd/releases.ts";
import type { Instance } from "./builds.ts";
import type { Cluster } from "./cluster.ts";
import { fluxReleases } from "./flux/releases.ts";

export interface Values {
  readonly file: string;
  /** Files are given to Helm by name; what stands in the object that asks for the release is written out. */
  readonly from: "file" | "object" | "parameters";
  readonly value: Mapping;
  readonly place: LocatedDocument["place"];
}

/** In the words of `helm`. */
export interface Chart {
  /** `oci://ghcr.io/…/app-template`, or a name in `repository`. */
  readonly name: string;
  readonly repository: string | undefined;
  readonly version: string | undefined;
}

/** One value by its path, as `--set` takes it. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly isText: boolean;
}

export interface Release {
  readonly instance: Instance;
  /** Called so by Helm. */
  readonly name: string;
  readonly namespace: string | undefined;
  /** Undefined for charts that lie in Git or a bucket, and where the source is not in the files. */
  readonly chart: Chart | undefined;
  /** Later ones win. */
  readonly values: readonly Values[];
  readonly parameters: readonly Parameter[];
  /** No values come from elsewhere than these files. */
  readonly isWhole: boolean;
}

/** What asks for charts, by engine: its objects say the same in other fields. */
const RELEASES: Readonly<Record<string, (cluster: Cluster) => readonly Release[]>> = {
  flux: fluxReleases,
  argocd: argoReleases,
};

export const releasesOf = (cluster: Cluster): readonly Release[] => RELEASES[cluster.plan.engine]?.(cluster) ?? [];

/** Objects whose content is the values of a chart, and no object of the cluster. */
export const isRelease = ({ kind }: Instance["object"]): boolean => kind === "HelmRelease" || kind === "Application";

/** The value that the chart comes to, where the files give one. */
export const valueOf = ({ values }: Release, ...path: readonly string[]): unknown =>
  values.map(({ value }) => at(value, ...path)).findLast((value) => value !== undefined);

export const isOfPin = (chart: Chart | undefined, { source, chart: name }: Pin): boolean =>
  chart !== undefined &&
  (name === undefined ? chart.name === source : chart.name === name && trimmed(chart.repository) === trimmed(source));

const trimmed = (url: string | undefined): string | undefined => url?.replace(/\/$/, "");
