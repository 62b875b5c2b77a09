/** The list of namespaces, and each namespace with the list of its apps. An app that is not listed is not installed. */
import type { Unit } from "../../model/component.ts";
import { appOf, at, namespaceFolder } from "../../model/layout.ts";
import { repoPath } from "../../model/names.ts";
import type { Plan } from "../../model/plan.ts";
import type { Tree } from "../../model/tree.ts";
import { createTree } from "../../tree/tree.ts";
import { KUSTOMIZE, relative } from "./names.ts";
import { ENGINE, objectFile, type Entry } from "./objectFile.ts";

// Every cluster has these from the start (Kubernetes documentation, Initial namespaces).
const BUILT_IN = new Set(["default", "kube-system", "kube-public", "kube-node-lease"]);

export const isBuiltIn = (namespace: string): boolean => BUILT_IN.has(namespace);

export function namespaceFiles(plan: Plan, units: readonly Unit[]): Tree {
  const namespaces = unique(units.map(({ namespace }) => namespace));
  return createTree([
    objectFile(
      at(plan, "kubernetes/apps/kustomization.yaml"),
      [{ ...KUSTOMIZE, resources: namespaces.map(relative) }],
      ENGINE,
    ),
    ...namespaces.flatMap((namespace) =>
      filesOf(
        namespace,
        units.filter((unit) => unit.namespace === namespace),
        plan,
      ),
    ),
  ]);
}

function filesOf(namespace: string, units: readonly Unit[], plan: Plan): readonly Entry[] {
  const file = (name: string, object: unknown) =>
    objectFile(repoPath(namespaceFolder(namespace, plan), name), [object], ENGINE);
  const apps = unique(units.map(appOf)).map((app) => `${app}/ks.yaml`);
  const own = isBuiltIn(namespace) ? [] : ["namespace.yaml"];
  return [
    file("kustomization.yaml", { ...KUSTOMIZE, namespace, resources: [...own, ...apps].sort().map(relative) }),
    ...own.map((name) =>
      file(
        name,
        namespaceObject(
          namespace,
          units.some(({ privileged }) => privileged),
        ),
      ),
    ),
  ];
}

/** Pruning a namespace deletes all in it, also what Git never knew; so that is left to people. */
const namespaceObject = (name: string, privileged: boolean) => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: {
    name,
    annotations: { "kustomize.toolkit.fluxcd.io/prune": "disabled" },
    labels: privileged ? { "pod-security.kubernetes.io/enforce": "privileged" } : undefined,
  },
});

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
