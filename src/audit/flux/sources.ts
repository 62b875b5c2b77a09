/** Where Flux gets charts and manifests from: sources that exist in the namespace they are looked for in. */
import type { Finding } from "../../model/finding.ts";
import { suggest } from "../../model/suggest.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Instance } from "../builds.ts";
import type { Cluster } from "../cluster.ts";
import { at } from "../../model/unknown.ts";
import { asText } from "../values.ts";
import { ownSources } from "./deployments.ts";
import { HELM_GROUP, KUSTOMIZE_GROUP, SOURCE_GROUP } from "./names.ts";

export const missingSource: Audit = {
  id: "FLUX-SOURCE",
  severity: "error",
  title: "A Kustomization or HelmRelease names a source that does not exist.",
  because: "Flux has nowhere to fetch the chart or the manifests from, and reports that the source is not found.",
  source: "fluxcd.io/flux/components: kustomizations, Source reference; helmreleases, Chart reference",
};

type Path = readonly string[];

// A HelmRelease has one of the two; a chart that is a source of its own has a third.
const REFERENCES: readonly (readonly [kind: string, group: string, path: Path])[] = [
  ["Kustomization", KUSTOMIZE_GROUP, ["spec", "sourceRef"]],
  ["HelmRelease", HELM_GROUP, ["spec", "chartRef"]],
  ["HelmRelease", HELM_GROUP, ["spec", "chart", "spec", "sourceRef"]],
  ["HelmChart", SOURCE_GROUP, ["spec", "sourceRef"]],
];

/** By other controllers, out of other sources (fluxcd.io/flux/components/source/externalartifacts). */
const MADE_IN_CLUSTER = ["ExternalArtifact"];

export function* sources(cluster: Cluster): Generator<Finding> {
  for (const [kind, group, path] of REFERENCES)
    for (const instance of cluster.ofKind(kind, group)) {
      const found = unresolved(instance, path, cluster);
      if (found !== undefined) yield found;
    }
}

function unresolved(instance: Instance, path: Path, cluster: Cluster): Finding | undefined {
  const { object, name: own } = instance;
  const reference = at(object.value, ...path);
  const [kind, name] = [asText(at(reference, "kind")), asText(at(reference, "name"))];
  if (kind === undefined || name === undefined || MADE_IN_CLUSTER.includes(kind)) return undefined;
  const namespace = asText(at(reference, "namespace")) ?? instance.namespace;
  const isOurs = ownSources(cluster.subject, cluster.plan).some(
    (source) => source.name === name && (source.namespace === namespace || source.namespace === undefined),
  );
  if (isOurs || cluster.find({ kind, group: SOURCE_GROUP, name, namespace }) !== undefined) return undefined;
  return toFinding(missingSource, {
    message: `${object.kind} ${own} gets its ${object.kind === "HelmRelease" ? "chart" : "files"} from ${kind} ${namespace ?? "?"}/${name}, which does not exist`,
    places: [object.place([...path, "name"], "value")],
    fix: fixFor(kind, name, namespace, cluster),
  });
}

function fixFor(kind: string, name: string, namespace: string | undefined, { ofKind, unlisted }: Cluster): string {
  const elsewhere = ofKind(kind, SOURCE_GROUP).find((other) => other.name === name);
  if (elsewhere !== undefined) return `it is in another namespace: add \`namespace: ${elsewhere.namespace}\``;
  const off = unlisted({ kind, name });
  if (off !== undefined) return `list ${off.file} in its kustomization.yaml`;
  const names = ofKind(kind, SOURCE_GROUP)
    .filter((other) => other.namespace === namespace)
    .map((other) => other.name);
  const near = suggest(name, names);
  if (near !== undefined) return `did you mean ${near}?`;
  return `add a ${kind} called ${name}${names.length === 0 ? "" : `, or name one of ${names.join(", ")}`}`;
}
