/** Where things lie in an emitted repository, in one place for both engines, compose and the commands. */
import type { Unit } from "./unit.ts";
import { repoPath, type RepoPath } from "./names.ts";
import type { Plan } from "./plan.ts";

type Root = Pick<Plan, "root">;

/** Values of a release, beside the objects of its unit. */
export const VALUES = "values.yaml";

/** `cilium/config` → `cilium`. */
export const appOf = (unit: Pick<Unit, "id">): string => unit.id.split("/")[0] ?? unit.id;

/** `cilium/config` → `config`, `cilium` → `app`. */
const stageOf = (unit: Pick<Unit, "id">): string => unit.id.split("/")[1] ?? "app";

/** Name an engine's object has for the unit: `cilium`, `cilium-config`. */
export const objectNameOf = (unit: Pick<Unit, "id">): string => unit.id.replace("/", "-");

export const at = (plan: Root, ...parts: readonly string[]): RepoPath => repoPath(plan.root, ...parts);

// Every cluster has these from the start (Kubernetes documentation, Initial namespaces).
const BUILT_IN = new Set(["default", "kube-system", "kube-public", "kube-node-lease"]);

export const isBuiltInNamespace = (namespace: string): boolean => BUILT_IN.has(namespace);

export const appsFolder = (plan: Root): RepoPath => at(plan, "kubernetes/apps");

export const namespaceFolder = (namespace: string, plan: Root): RepoPath => at(plan, "kubernetes/apps", namespace);

export const namespaceFile = (namespace: string, plan: Root): RepoPath =>
  at(plan, "kubernetes/apps", namespace, "namespace.yaml");

export const unitFolder = (unit: Pick<Unit, "id" | "namespace">, plan: Root): RepoPath =>
  at(plan, "kubernetes/apps", unit.namespace, appOf(unit), stageOf(unit));
