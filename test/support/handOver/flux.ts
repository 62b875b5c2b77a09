/**
 * What Flux applies and deletes: kustomize-controller v1.9.4 (kustomization_controller.go: prune, finalize,
 * deleteObjects), helm-controller v1.6.3 (helmrelease_controller.go: reconcileDelete), flux-operator v0.58.1
 * (fluxinstance_controller.go, fluxinstance_uninstaller.go).
 */
import { asList, asMap, at } from "../../../src/model/unknown.ts";
import { readDocuments } from "../../../src/yaml/documents.ts";
import { isFolder, kustomized, standing } from "./build.ts";
import { definition } from "./charts.ts";
import type { Cluster } from "./model.ts";
import { keyOf, parsed, type Key, type LiveObject } from "./objects.ts";

const NAMESPACE = "flux-system";
const CONTROLLERS = ["source-controller", "kustomize-controller", "helm-controller", "notification-controller"];
const TYPES = [
  "kustomizations.kustomize.toolkit.fluxcd.io",
  "helmreleases.helm.toolkit.fluxcd.io",
  "gitrepositories.source.toolkit.fluxcd.io",
  "ocirepositories.source.toolkit.fluxcd.io",
  "helmrepositories.source.toolkit.fluxcd.io",
  "helmcharts.source.toolkit.fluxcd.io",
  "alerts.notification.toolkit.fluxcd.io",
  "providers.notification.toolkit.fluxcd.io",
  "receivers.notification.toolkit.fluxcd.io",
];
const OWNER = { "fluxcd.controlplane.io/name": "flux", "fluxcd.controlplane.io/namespace": NAMESPACE };

const withFinalizer = (cluster: Cluster, object: LiveObject, finalizer: string): void => {
  if (!object.finalizers.includes(finalizer)) cluster.setFinalizers(object, [...object.finalizers, finalizer]);
};

export function flux(cluster: Cluster): void {
  const runs = (name: string) => cluster.isRunning("Deployment", NAMESPACE, name);
  if (runs("flux-operator")) for (const instance of cluster.ofKind("FluxInstance")) operate(cluster, instance);
  if (runs("source-controller")) {
    cluster.fetched = cluster.pushed;
    for (const kind of ["GitRepository", "OCIRepository", "HelmRepository"])
      for (const source of cluster.ofKind(kind)) finalizedAlone(cluster, source);
  }
  if (runs("kustomize-controller"))
    for (const one of cluster.ofKind("Kustomization", "kustomize.toolkit.fluxcd.io")) kustomize(cluster, one);
  if (runs("helm-controller")) for (const release of cluster.ofKind("HelmRelease")) help(cluster, release);
}

function finalizedAlone(cluster: Cluster, object: LiveObject): void {
  if (object.isDeleting) cluster.setFinalizers(object, []);
  else withFinalizer(cluster, object, "finalizers.fluxcd.io");
}

/** It owns the Deployments, replicas among them, so what was scaled by hand comes back with its next look. */
function operate(cluster: Cluster, instance: LiveObject): void {
  const inventory = (): readonly LiveObject[] => cluster.all().filter(({ labels }) => isOwned(labels, OWNER));
  if (instance.isDeleting) {
    for (const object of inventory()) if (object.kind === "Deployment") cluster.remove(keyOf(object));
    for (const object of cluster.all())
      if (object.apiVersion.includes(".toolkit.fluxcd.io/")) cluster.setFinalizers(object, []);
    for (const object of inventory()) cluster.remove(keyOf(object));
    cluster.setFinalizers(instance, []);
    return;
  }
  withFinalizer(cluster, instance, "fluxcd.controlplane.io/finalizer");
  instance.status.isReady = true;
  const sync = asMap(instance.spec["sync"]);
  const name = NAMESPACE;
  const made: readonly LiveObject[] = [
    ...TYPES.map(definition),
    ...CONTROLLERS.map((called) => workload(called)),
    parsed({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: `crd-controller-${name}` },
    }),
    parsed({ apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository", metadata: { name, namespace: name } }),
    parsed({
      apiVersion: "kustomize.toolkit.fluxcd.io/v1",
      kind: "Kustomization",
      metadata: { name, namespace: name },
      spec: { path: sync["path"], prune: true, sourceRef: { kind: "GitRepository", name } },
    }),
  ];
  for (const object of made) cluster.apply({ ...object, labels: { ...object.labels, ...OWNER } });
}

const workload = (name: string): LiveObject =>
  parsed({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace: NAMESPACE, labels: { "app.kubernetes.io/part-of": "flux" } },
    spec: { replicas: 1 },
  });

const isOwned = (labels: LiveObject["labels"], owner: Readonly<Record<string, string>>): boolean =>
  Object.entries(owner).every(([key, value]) => labels[key] === value);

const ownerOf = ({ name, namespace }: LiveObject) => ({
  "kustomize.toolkit.fluxcd.io/name": name,
  "kustomize.toolkit.fluxcd.io/namespace": namespace,
});

function kustomize(cluster: Cluster, one: LiveObject): void {
  if (one.isDeleting) {
    if (deletesAll(one)) collect(cluster, one, one.status.inventory ?? []);
    cluster.setFinalizers(one, []);
    return;
  }
  withFinalizer(cluster, one, "finalizers.fluxcd.io");
  if (one.spec["suspend"] === true) return;
  const built = builtOf(cluster, one);
  one.status.isReady = built !== undefined;
  if (built === undefined) return;
  for (const object of built) cluster.apply({ ...object, labels: { ...object.labels, ...ownerOf(one) } });
  const inventory = built.map(keyOf);
  const stale = (one.status.inventory ?? []).filter((key) => !inventory.includes(key));
  one.status.inventory = inventory;
  if (one.spec["prune"] === true) collect(cluster, one, stale);
}

/** finalizerShouldDeleteResources. */
function deletesAll({ spec }: LiveObject): boolean {
  if (spec["suspend"] === true) return false;
  const policy = spec["deletionPolicy"] ?? "MirrorPrune";
  return policy === "MirrorPrune" ? spec["prune"] === true : policy !== "Orphan";
}

/** deleteObjects: only what it labelled, and nothing that says otherwise. */
function collect(cluster: Cluster, one: LiveObject, keys: readonly Key[]): void {
  for (const key of keys) {
    const object = cluster.get(key);
    if (object === undefined || !isOwned(object.labels, ownerOf(one))) continue;
    if (object.annotations["kustomize.toolkit.fluxcd.io/prune"] !== "disabled") cluster.remove(key);
  }
}

function builtOf(cluster: Cluster, { namespace, name, spec }: LiveObject): readonly LiveObject[] | undefined {
  const source = String(at(spec, "sourceRef", "name"));
  if (source !== NAMESPACE) return cluster.remote(name);
  const path = String(spec["path"]);
  if (!isFolder(cluster.fetched, path)) return undefined;
  try {
    const into = (spec["targetNamespace"] as string | undefined) ?? undefined;
    const built = kustomized(cluster.fetched, path, into).map((object) => patched(object, asList(spec["patches"])));
    return built.map((object) => standing(object, namespace));
  } catch {
    return undefined;
  }
}

/** The defaults of the root: a spec laid over those of every object of the kind, but for those that are left out. */
function patched(object: LiveObject, patches: readonly unknown[]): LiveObject {
  return patches.reduce<LiveObject>((current, patch) => {
    const [left] = String(at(patch, "target", "labelSelector") ?? "")
      .split("!=")
      .slice(-1);
    const isLeftOut = Object.values(current.labels).includes(left ?? "") && left !== "";
    if (at(patch, "target", "kind") !== current.kind || isLeftOut) return current;
    const [document] = readDocuments(String(at(patch, "patch")), "patch");
    return { ...current, spec: { ...current.spec, ...asMap(at(document, "spec")) } };
  }, object);
}

function help(cluster: Cluster, release: LiveObject): void {
  const { namespace, name } = release;
  if (release.isDeleting) {
    if (release.spec["suspend"] !== true && release.status.storage !== undefined) cluster.uninstall(namespace, name);
    cluster.setFinalizers(release, []);
    return;
  }
  withFinalizer(cluster, release, "finalizers.fluxcd.io");
  // A release that is as it was asked for is let alone, whatever became of what it made: nothing here looks for drift.
  if (release.spec["suspend"] === true || release.status.storage !== undefined) return;
  cluster.install(namespace, name);
  release.status.storage = namespace;
  release.status.isReady = true;
}
