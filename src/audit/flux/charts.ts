/** The chart a HelmRelease installs, in the words of `helm`. */
import type { Cluster } from "../cluster.ts";
import type { Release } from "../releases.ts";
import { at } from "../../model/unknown.ts";
import { asText } from "../values.ts";
import { SOURCE_GROUP } from "./names.ts";

export interface Chart {
  /** `oci://ghcr.io/…/app-template`, or a name in `repository`. */
  readonly name: string;
  readonly repository: string | undefined;
  readonly version: string | undefined;
}

/** Undefined for charts that lie in Git or a bucket, and where the source is not in the files. */
export function chartOf({ instance }: Release, { find }: Cluster): Chart | undefined {
  const spec = instance.object.value["spec"];
  const source = (reference: unknown, kind: string) =>
    at(reference, "kind") !== kind
      ? undefined
      : find({
          kind,
          group: SOURCE_GROUP,
          name: asText(at(reference, "name")) ?? "",
          namespace: asText(at(reference, "namespace")) ?? instance.namespace,
        })?.object.value;
  const oci = source(at(spec, "chartRef"), "OCIRepository");
  if (oci !== undefined) {
    const url = asText(at(oci, "spec", "url"));
    const version = asText(at(oci, "spec", "ref", "tag")) ?? asText(at(oci, "spec", "ref", "semver"));
    return url === undefined ? undefined : { name: url, repository: undefined, version };
  }
  const chart = at(spec, "chart", "spec");
  const repository = source(at(chart, "sourceRef"), "HelmRepository");
  const [url, name] = [asText(at(repository, "spec", "url")), asText(at(chart, "chart"))];
  if (url === undefined || name === undefined) return undefined;
  const version = asText(at(chart, "version"));
  return url.startsWith("oci://")
    ? { name: `${url.replace(/\/$/, "")}/${name}`, repository: undefined, version }
    : { name, repository: url, version };
}
