/** What a network asks of its machines before any app is there: pods, and the requests that were set for them. */
import type { Node, Plan } from "../../src/model/plan.ts";
import { isMap } from "../../src/model/unknown.ts";
import type { KubernetesObject } from "../support/manifests.ts";

interface Requests {
  /** Thousandths of a core. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
}

/** Pods of one workload. */
export interface Workload extends Requests {
  readonly name: string;
  readonly pods: number;
  /** On how many nodes its pods have to be, because they refuse to share one. */
  readonly nodesNeeded: number;
  /** Nodes that may run it. */
  readonly nodes: number;
}

const inside = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((current, key) => (isMap(current) ? current[key] : undefined), value);

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** `250m`, `1`, `0.5`. */
export function millicores(text: unknown): number {
  if (text === undefined) return 0;
  const written = String(text);
  return written.endsWith("m") ? Number(written.slice(0, -1)) : Number(written) * 1000;
}

const UNITS: Readonly<Record<string, number>> = { Ki: 1 / 1024, Mi: 1, Gi: 1024, k: 1e3 / 2 ** 20, M: 1e6 / 2 ** 20 };

/** `128Mi`, `1Gi`, bytes. */
export function mebibytes(text: unknown): number {
  if (text === undefined) return 0;
  const [, number = "0", unit] = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|k|M)?$/.exec(String(text)) ?? [];
  return unit === undefined ? Number(number) / 2 ** 20 : Number(number) * (UNITS[unit] ?? Number.NaN);
}

const requestsOf = (containers: unknown): Requests =>
  list(containers).reduce<Requests>(
    (sum, container) => ({
      cpu: sum.cpu + millicores(inside(container, "resources", "requests", "cpu")),
      memory: sum.memory + mebibytes(inside(container, "resources", "requests", "memory")),
    }),
    { cpu: 0, memory: 0 },
  );

/** Whether two of its pods refuse to run on one node. */
const refusesToShare = (pod: unknown): boolean =>
  list(inside(pod, "affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution")).some(
    (term) => inside(term, "topologyKey") === "kubernetes.io/hostname",
  );

const toleratesControlPlanes = (pod: unknown): boolean =>
  list(inside(pod, "tolerations")).some(
    (one) =>
      inside(one, "operator") === "Exists" &&
      [undefined, "node-role.kubernetes.io/control-plane"].includes(inside(one, "key") as string | undefined),
  );

/** What one object starts; undefined where it starts no pods. */
export function workloadOf(object: KubernetesObject, plan: Plan): Workload | undefined {
  const name = `${object.kind} ${object.metadata?.name ?? ""}`;
  if (object.kind === "EnvoyProxy") return proxies(object, plan);
  const pod = inside(object, "spec", "template", "spec");
  if (pod === undefined || !["Deployment", "DaemonSet", "StatefulSet"].includes(object.kind ?? "")) return undefined;
  const nodes = plan.nodes.filter(({ runsPods }: Node) => runsPods || toleratesControlPlanes(pod)).length;
  const pods = object.kind === "DaemonSet" ? nodes : Number(inside(object, "spec", "replicas") ?? 1);
  return {
    name,
    pods,
    nodes,
    nodesNeeded: object.kind === "DaemonSet" || refusesToShare(pod) ? pods : Math.min(pods, 1),
    ...requestsOf(inside(pod, "containers")),
  };
}

/** Envoy Gateway makes a Deployment of it for each Gateway. */
function proxies(object: KubernetesObject, plan: Plan): Workload {
  const deployment = inside(object, "spec", "provider", "kubernetes", "envoyDeployment");
  const own = plan.gateways.filter(({ component }) => component === "envoy-gateway");
  return {
    name: "the pods of each Envoy gateway",
    pods: own.length * Number(inside(deployment, "replicas") ?? 1),
    nodes: plan.nodes.filter(({ runsPods }) => runsPods).length,
    nodesNeeded: 1,
    ...requestsOf([inside(deployment, "container")]),
  };
}

export const totalOf = (workloads: readonly Workload[]): Requests & { readonly pods: number } => ({
  pods: workloads.reduce((sum, { pods }) => sum + pods, 0),
  cpu: workloads.reduce((sum, { pods, cpu }) => sum + pods * cpu, 0),
  memory: workloads.reduce((sum, { pods, memory }) => sum + pods * memory, 0),
});

/** Raspberry Pi 4 and 5 come with four cores and 4 GiB where people do not ask for less or more. */
const PI: Requests = { cpu: 4000, memory: 4096 };

export const roomOf = ({ nodes }: Plan): Requests =>
  nodes
    .map(({ made }) => (made === undefined ? PI : { cpu: made.cores * 1000, memory: made.memory }))
    .reduce((sum, one) => ({ cpu: sum.cpu + one.cpu, memory: sum.memory + one.memory }), { cpu: 0, memory: 0 });
