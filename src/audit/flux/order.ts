/** What waits for what: names that exist, and no circle. */
import type { Finding } from "../../model/finding.ts";
import { suggest } from "../../model/suggest.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Instance } from "../builds.ts";
import type { Cluster } from "../cluster.ts";
import { asList, at } from "../../model/unknown.ts";
import { asText } from "../values.ts";
import { HELM_GROUP, KUSTOMIZE_GROUP } from "./names.ts";

export const missingDependency: Audit = {
  id: "FLUX-DEPENDS",
  severity: "error",
  title: "Something waits for a Kustomization or HelmRelease that does not exist.",
  because: "Flux waits until what is named is ready, and what does not exist never becomes ready.",
  source: "fluxcd.io/flux/components/kustomize/kustomizations and helm/helmreleases, Dependencies",
};

export const circle: Audit = {
  id: "FLUX-CYCLE",
  severity: "error",
  title: "Kustomizations or HelmReleases wait for each other in a circle.",
  because: "Each one in the circle waits for the next, and none of them ever starts.",
  source: "fluxcd.io/flux/components/kustomize/kustomizations, Dependencies",
};

export function* order(cluster: Cluster): Generator<Finding> {
  for (const [kind, group] of [
    ["Kustomization", KUSTOMIZE_GROUP],
    ["HelmRelease", HELM_GROUP],
  ] as const) {
    const edges = cluster.ofKind(kind, group).flatMap((from) => edgesOf(from, kind, group, cluster));
    yield* edges.filter(({ to }) => to === undefined).map((edge) => unmet(edge, kind, cluster));
    yield* circles(edges);
  }
}

interface Edge {
  readonly from: Instance;
  readonly index: number;
  /** `flux-system/cilium`. */
  readonly wanted: string;
  readonly name: string;
  readonly to: Instance | undefined;
}

function edgesOf(from: Instance, kind: string, group: string, { find }: Cluster): readonly Edge[] {
  return asList(at(from.object.value, "spec", "dependsOn")).flatMap((entry, index) => {
    const name = asText(at(entry, "name"));
    if (name === undefined) return [];
    const namespace = asText(at(entry, "namespace")) ?? from.namespace;
    return [{ from, index, name, wanted: `${namespace ?? "?"}/${name}`, to: find({ kind, group, name, namespace }) }];
  });
}

function unmet({ from, index, name, wanted }: Edge, kind: string, { ofKind, unlisted }: Cluster): Finding {
  const elsewhere = ofKind(kind).find((other) => other.name === name);
  const off = unlisted({ kind, name });
  const near = suggest(
    name,
    ofKind(kind).map((other) => other.name),
  );
  return toFinding(missingDependency, {
    message: `${from.name} waits for ${kind} ${wanted}, which does not exist`,
    places: [from.object.place(["spec", "dependsOn", index, "name"], "value")],
    fix:
      elsewhere !== undefined
        ? `it is in another namespace: add \`namespace: ${elsewhere.namespace}\``
        : off !== undefined
          ? `list ${off.file} in its kustomization.yaml, or remove the dependency`
          : near !== undefined
            ? `did you mean ${near}?`
            : "correct the name, or remove the dependency",
  });
}

/** Each circle once, from wherever it is entered first. */
function* circles(edges: readonly Edge[]): Generator<Finding> {
  const done = new Set<Instance>();
  for (const start of new Set(edges.map(({ from }) => from))) {
    const found = circleFrom(start, [], edges, done);
    if (found !== undefined) yield closed(found);
  }
}

function circleFrom(
  at: Instance,
  path: readonly Edge[],
  edges: readonly Edge[],
  done: Set<Instance>,
): readonly Edge[] | undefined {
  const entered = path.findIndex(({ from }) => from === at);
  if (entered >= 0) return path.slice(entered);
  if (done.has(at)) return undefined;
  for (const edge of edges.filter(({ from }) => from === at)) {
    const found = edge.to === undefined ? undefined : circleFrom(edge.to, [...path, edge], edges, done);
    if (found !== undefined) {
      for (const { from } of found) done.add(from);
      return found;
    }
  }
  done.add(at);
  return undefined;
}

const closed = (edges: readonly Edge[]): Finding =>
  toFinding(circle, {
    message: `${edges[0]?.from.name} waits for ${edges.map(({ to }) => to?.name).join(", which waits for ")}`,
    places: edges.map(({ from, index }) => from.object.place(["spec", "dependsOn", index, "name"], "value")),
    fix: "remove one of these dependencies: the one whose object needs nothing of the other",
  });
