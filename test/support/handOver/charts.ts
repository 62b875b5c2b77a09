/** What a chart makes: a few objects that stand for all, a workload, something without a namespace, and its resource types. */
import type { OrderedUnit } from "../../../src/model/unit.ts";
import { parsed, type LiveObject } from "./objects.ts";

const ENGINES: Readonly<Record<string, readonly (readonly [kind: string, name: string])[]>> = {
  "flux-system/flux-operator": [["Deployment", "flux-operator"]],
  "argocd/argocd": [
    ["StatefulSet", "argocd-application-controller"],
    ["Deployment", "argocd-applicationset-controller"],
    ["Deployment", "argocd-server"],
  ],
};

/** Charts of both engines keep their definitions (flux-operator 0.58.1 and argo-cd 10.1.1, helm.sh/resource-policy). */
export function chartOf(namespace: string, name: string, units: readonly OrderedUnit[]): readonly LiveObject[] {
  const id = `${namespace}/${name}`;
  const unit = units.find((one) => one.namespace === namespace && one.release?.name === name);
  const own = ENGINES[id];
  const workloads = (own ?? [["Deployment", name]]).map(([kind, called]) =>
    parsed({ apiVersion: "apps/v1", kind, metadata: { name: called, namespace }, spec: { replicas: 1 } }),
  );
  const role = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: `${namespace}-${name}` },
  };
  const types = own === undefined ? (unit?.release?.installs ?? []).map(definitionOf) : definitionsOf(id);
  return [...workloads, parsed(role), ...types];
}

const TYPES: Readonly<Record<string, readonly string[]>> = {
  "flux-system/flux-operator": ["fluxinstances", "fluxreports", "resourcesets", "resourcesetinputproviders"].map(
    (plural) => `${plural}.fluxcd.controlplane.io`,
  ),
  "argocd/argocd": ["applications", "applicationsets", "appprojects"].map((plural) => `${plural}.argoproj.io`),
};

const definitionsOf = (id: string): readonly LiveObject[] =>
  (TYPES[id] ?? []).map((name) => ({
    ...definition(name),
    annotations: { "helm.sh/resource-policy": "keep" },
  }));

export const definition = (name: string): LiveObject =>
  parsed({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", metadata: { name } });

export const definitionOf = (type: string): LiveObject => {
  const [group = "", kind = ""] = type.split("/");
  return definition(kind === "*" ? `all.${group}` : `${kind.toLowerCase()}s.${group}`);
};
