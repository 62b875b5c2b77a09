/** Helm releases by the objects that ask for them, with the values they are given: what a chart makes shows only there. */
import type { Path, LocatedDocument } from "../yaml/stream.ts";
import type { Instance } from "./builds.ts";
import type { Cluster } from "./cluster.ts";
import { folderOf, resolveFrom } from "./paths.ts";
import { asList, asMap, at, type Mapping } from "../model/unknown.ts";
import { asText } from "./values.ts";

export interface Values {
  readonly file: string;
  readonly value: Mapping;
  readonly place: LocatedDocument["place"];
}

export interface Release {
  readonly instance: Instance;
  /** Called so by Helm. */
  readonly name: string;
  readonly namespace: string | undefined;
  readonly values: readonly Values[];
}

export const releasesOf = (cluster: Cluster): readonly Release[] =>
  cluster.ofKind("HelmRelease", "helm.toolkit.fluxcd.io").map((instance): Release => {
    const spec = asMap(instance.object.value["spec"]);
    const target = asText(spec["targetNamespace"]);
    return {
      instance,
      // HelmRelease, spec.releaseName: `[<target namespace>-]<name>` when absent.
      name: asText(spec["releaseName"]) ?? (target === undefined ? instance.name : `${target}-${instance.name}`),
      namespace: target ?? instance.namespace,
      values: [
        ...inline(instance),
        ...asList(spec["valuesFrom"]).flatMap((from) => generated(from, instance, cluster)),
      ],
    };
  });

function inline({ object }: Instance): readonly Values[] {
  const value = at(object.value, "spec", "values");
  if (value === undefined) return [];
  const place = (path: Path, part?: "key" | "value") => object.place(["spec", "values", ...path], part);
  return [{ file: object.file, value: asMap(value), place }];
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
    .map(({ value, place }) => ({ file: file ?? "", value: asMap(value), place }));
}
