/** HelmReleases, with the chart and the values that other objects of Flux bring to them. */
import { asList, asMap, at } from "../../model/unknown.ts";
import type { Path } from "../../yaml/stream.ts";
import type { Instance } from "../builds.ts";
import type { Cluster } from "../cluster.ts";
import { folderOf, resolveFrom } from "../paths.ts";
import type { Chart, Release, Values } from "../releases.ts";
import { asText } from "../values.ts";
import { HELM_GROUP, SOURCE_GROUP } from "./names.ts";

export const fluxReleases = (cluster: Cluster): readonly Release[] =>
  cluster.ofKind("HelmRelease", HELM_GROUP).map((instance): Release => {
    const spec = asMap(instance.object.value["spec"]);
    const target = asText(spec["targetNamespace"]);
    const from = asList(spec["valuesFrom"]).map((reference) => generated(reference, instance, cluster));
    return {
      instance,
      // HelmRelease, spec.releaseName: `[<target namespace>-]<name>` when absent.
      name: asText(spec["releaseName"]) ?? (target === undefined ? instance.name : `${target}-${instance.name}`),
      namespace: target ?? instance.namespace,
      chart: chartOf(instance, cluster),
      // HelmRelease, spec.values: merged over what valuesFrom brings.
      values: [...from.flat(), ...inline(instance)],
      parameters: [],
      isWhole: from.every((values) => values.length > 0),
    };
  });

function chartOf(instance: Instance, { find }: Cluster): Chart | undefined {
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

function inline({ object }: Instance): readonly Values[] {
  const value = at(object.value, "spec", "values");
  if (value === undefined) return [];
  const place = (path: Path, part?: "key" | "value") => object.place(["spec", "values", ...path], part);
  return [{ file: object.file, from: "object", value: asMap(value), place }];
}

/** The file that a configMapGenerator puts under the key which the release reads. */
function generated(from: unknown, { namespace }: Instance, { find, subject }: Cluster): readonly Values[] {
  const [kind, name] = [asText(at(from, "kind")), asText(at(from, "name"))];
  if (kind === undefined || name === undefined) return [];
  const made = find({ kind, group: "", name, namespace });
  if (made === undefined) return [];
  const key = asText(at(from, "valuesKey")) ?? "values.yaml";
  const entry = asList(made.object.value["files"]).find(
    (text) =>
      typeof text === "string" && (text.includes("=") ? text.startsWith(`${key}=`) : text.split("/").at(-1) === key),
  );
  const file =
    typeof entry === "string" ? resolveFrom(folderOf(made.object.file), entry.replace(/^[^=]*=/, "")) : undefined;
  return subject.documents
    .filter((document) => document.file === file)
    .map(({ value, place }) => ({ file: file ?? "", from: "file" as const, value: asMap(value), place }));
}
