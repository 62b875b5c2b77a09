/** Argo CD itself, where it is installed by this repository: the release of its chart. */
import type { Cluster } from "../cluster.ts";
import { nameOf } from "../paths.ts";
import { releasesOf, valueOf, type Release } from "../releases.ts";
import { asText } from "../values.ts";

export const argoCdIn = (cluster: Cluster): Release | undefined =>
  releasesOf(cluster).find(({ chart }) => chart !== undefined && nameOf(chart.name) === "argo-cd");

/** A key of the ConfigMap argocd-cm. The chart takes them as they are, dots and all. */
export const settingOf = (release: Release, key: string): string | undefined =>
  asText(valueOf(release, "configs", "cm", key));
