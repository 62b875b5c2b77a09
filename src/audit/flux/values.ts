/** ConfigMaps and Secrets that Flux reads before it applies something. */
import type { Finding } from "../../model/finding.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Instance } from "../builds.ts";
import type { Cluster } from "../cluster.ts";
import type { Kustomization } from "../kustomization.ts";
import { folderOf } from "../paths.ts";
import { listerOf } from "../subject.ts";
import { asList, at } from "../../model/unknown.ts";
import { asText } from "../values.ts";
import { HELM_GROUP, KUSTOMIZE_GROUP } from "./names.ts";

export const missingValues: Audit = {
  id: "FLUX-VALUES",
  severity: "error",
  title: "Values are read from a ConfigMap that nobody makes.",
  because: "Flux stops before the first object: without the ConfigMap it does not know what to install.",
  source: "fluxcd.io/flux/components/helm/helmreleases, Values references; kustomizations, substituteFrom",
};

export const unseenSecret: Audit = {
  id: "FLUX-SECRET",
  severity: "warning",
  title: "Values are read from a Secret that is not in the repository.",
  because: "If nobody makes it in the cluster by hand, Flux stops before the first object.",
  source: "fluxcd.io/flux/components/helm/helmreleases, Values references; kustomizations, substituteFrom",
};

export const hashedName: Audit = {
  id: "FLUX-HASH",
  severity: "error",
  title: "A generated ConfigMap gets a hash in its name, and the HelmRelease asks for it without.",
  because:
    "Kustomize appends a hash and rewrites only the references it knows; a HelmRelease is none of those unless told.",
  source: "kubectl.docs.kubernetes.io, generatorOptions; fluxcd.io/flux/guides/helmreleases, ConfigMap generator",
};

const REFERENCES = [
  ["HelmRelease", HELM_GROUP, ["spec", "valuesFrom"]],
  ["Kustomization", KUSTOMIZE_GROUP, ["spec", "postBuild", "substituteFrom"]],
] as const;

export function* valueSources(cluster: Cluster): Generator<Finding> {
  for (const [kind, group, path] of REFERENCES)
    for (const instance of cluster.ofKind(kind, group))
      for (const [index, reference] of asList(at(instance.object.value, ...path)).entries()) {
        const found = problemOf(instance, reference, [...path, index, "name"], cluster);
        if (found !== undefined) yield found;
      }
}

function problemOf(
  instance: Instance,
  reference: unknown,
  path: readonly (string | number)[],
  cluster: Cluster,
): Finding | undefined {
  const [kind, name] = [asText(at(reference, "kind")), asText(at(reference, "name"))];
  if (kind === undefined || name === undefined || at(reference, "optional") === true) return undefined;
  const { namespace, object, name: own } = instance;
  const made = cluster.find({ kind, group: "", name, namespace });
  const places = [object.place(path, "value")];
  if (made === undefined) {
    if (madeInCluster(kind, name, namespace, cluster) || isApplied(kind, name, cluster)) return undefined;
    return toFinding(kind === "Secret" ? unseenSecret : missingValues, {
      message: `${object.kind} ${own} reads ${kind} ${namespace ?? "?"}/${name}, which no file makes`,
      places,
      fix: fixFor(kind, name, cluster),
    });
  }
  const maker = cluster.subject.kustomizations.get(folderOf(made.object.file));
  if (object.kind !== "HelmRelease" || maker === undefined || !isHashed(made, maker) || rewrites(maker, kind, cluster))
    return undefined;
  return toFinding(hashedName, {
    message: `HelmRelease ${own} reads ${kind} ${name}, which is generated under another name: ${name}-<hash>`,
    places: [...places, made.object.place(["name"], "value")],
    fix: `add a kustomizeconfig.yaml with a nameReference for HelmRelease to configurations, or \`generatorOptions: { disableNameSuffixHash: true }\`, in ${maker.file}`,
  });
}

function fixFor(kind: string, name: string, { unlisted }: Cluster): string {
  const off = unlisted({ kind, name });
  if (off !== undefined) return `list ${off.file} in its kustomization.yaml`;
  return kind === "ConfigMap"
    ? `add a configMapGenerator called ${name} to the kustomization.yaml beside it`
    : `add the Secret, encrypted, to the repository, or mark the reference \`optional: true\``;
}

// Operators that make a Secret or ConfigMap of the name of their own object, or of spec.target.name.
const MAKERS = ["ExternalSecret", "SealedSecret", "SopsSecret", "Certificate", "VaultStaticSecret", "Bundle"];

const madeInCluster = (kind: string, name: string, namespace: string | undefined, { ofKind }: Cluster): boolean =>
  MAKERS.flatMap((maker) => ofKind(maker)).some(
    ({ object, name: own, namespace: there }) =>
      (there === namespace || there === undefined) &&
      [
        own,
        at(object.value, "spec", "target", "name"),
        at(object.value, "spec", "secretName"),
        at(object.value, "spec", "destination", "name"),
      ].includes(name) &&
      (kind === "Secret" || object.kind === "Bundle"),
  );

/** In a kustomization that Flux does not come to: what it needs to begin with is put there by hand. */
function isApplied(kind: string, name: string, { unlisted, subject }: Cluster): boolean {
  const file = unlisted({ kind, name })?.file;
  const isNamed = [...subject.kustomizations.values()].some(({ entries }) => entries.some(({ path }) => path === file));
  return file !== undefined && (isNamed || listerOf(file, subject) === undefined);
}

/** The instance is the entry of a generator, as src/audit/builds.ts makes it. */
const isHashed = ({ object }: Instance, { value }: Kustomization): boolean =>
  object.value["kind"] === undefined &&
  at(object.value, "options", "disableNameSuffixHash") !== true &&
  at(value, "generatorOptions", "disableNameSuffixHash") !== true;

/** Its own configuration, or that of a kustomization around it, tells kustomize where HelmReleases name the kind. */
function rewrites({ folder }: Kustomization, kind: string, { subject }: Cluster): boolean {
  const around = [...subject.kustomizations.values()].filter(
    (other) => other.folder === folder || other.entries.some(({ path }) => path === folder),
  );
  const files = around.flatMap(({ entries }) => entries.filter(({ field }) => field === "configurations"));
  return files
    .flatMap(({ path }) => subject.documents.filter(({ file }) => file === path))
    .flatMap(({ value }) => asList(at(value, "nameReference")))
    .some(
      (reference) =>
        at(reference, "kind") === kind &&
        asList(at(reference, "fieldSpecs")).some((field) => at(field, "kind") === "HelmRelease"),
    );
}
