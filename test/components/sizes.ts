/** What a network asks of its machines before any app is there: pods, and the requests that were set for them. */
import { labelsOf } from "../../src/model/nodeLabels.ts";
import type { Node, Plan } from "../../src/model/plan.ts";
import { asList, asMap, at } from "../../src/model/unknown.ts";
import type { KubernetesObject } from "../support/manifests.ts";
import { madeByOperator } from "./operators.ts";
import { requestsOf, type Requests, type Workload } from "./requests.ts";

const CONTROL_PLANE = "node-role.kubernetes.io/control-plane";
const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

/** Whether two of its pods refuse to run on one node. */
const refusesToShare = (pod: unknown): boolean =>
  asList(at(pod, "affinity", "podAntiAffinity", REQUIRED)).some(
    (term) => at(term, "topologyKey") === "kubernetes.io/hostname",
  );

const toleratesControlPlanes = (pod: unknown): boolean =>
  asList(at(pod, "tolerations")).some(
    (one) =>
      at(one, "operator") === "Exists" && [undefined, CONTROL_PLANE].includes(at(one, "key") as string | undefined),
  );

/** Whether its pods are for control planes alone. */
const staysOnControlPlanes = (pod: unknown): boolean =>
  asList(at(pod, "affinity", "nodeAffinity", REQUIRED, "nodeSelectorTerms")).some((term) =>
    asList(at(term, "matchExpressions")).some((one) => at(one, "key") === CONTROL_PLANE),
  );

const isControlPlane = ({ role }: Node): boolean => role === "control-plane";

/** Every node has what Kubernetes calls it, its system and its processor; anything else is a label of homelab.yaml. */
function hasLabels(node: Node, pod: unknown, plan: Plan): boolean {
  const labels = labelsOf(node, plan);
  return Object.entries(asMap(at(pod, "nodeSelector"))).every(
    ([label, value]) => label.startsWith("kubernetes.io/") || labels[label] === value,
  );
}

/** How many nodes may run a pod. */
function nodesFor(pod: unknown, plan: Plan): number {
  const tolerates = toleratesControlPlanes(pod);
  const only = staysOnControlPlanes(pod);
  return plan.nodes.filter(
    (node) => (node.runsPods || tolerates) && (!only || isControlPlane(node)) && hasLabels(node, pod, plan),
  ).length;
}

/** A pod on each of some nodes. */
const onEach = (nodes: number, name: string, pod: unknown): Workload => ({
  name,
  pods: nodes,
  nodes,
  nodesNeeded: nodes,
  ...requestsOf(at(pod, "containers")),
});

/** What one object starts: nothing where it starts no pods that stay. */
export function workloadsOf(object: KubernetesObject, plan: Plan): readonly Workload[] {
  const made = madeByOperator(object, plan);
  if (made !== undefined) return made;
  const { kind, metadata } = object;
  const name = metadata?.name ?? "";
  // Charts have pods that only test; a pod in a file of the machines runs on each control plane.
  if (at(metadata, "annotations", "helm.sh/hook") !== undefined) return [];
  if (kind === "Pod") return [onEach(plan.nodes.filter(isControlPlane).length, name, object["spec"])];
  const pod = at(object, "spec", "template", "spec");
  if (pod === undefined || !["Deployment", "DaemonSet", "StatefulSet"].includes(kind)) return [];
  const nodes = nodesFor(pod, plan);
  if (kind === "DaemonSet") return [onEach(nodes, name, pod)];
  const pods = Number(at(object, "spec", "replicas") ?? 1);
  const nodesNeeded = refusesToShare(pod) ? pods : Math.min(pods, 1);
  return [{ name, pods, nodes, nodesNeeded, ...requestsOf(at(pod, "containers")) }];
}

/** Pods that refuse to share a machine, more of them than machines. */
export const isCrowded = ({ nodes, nodesNeeded }: Workload): boolean => nodesNeeded > nodes;

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
