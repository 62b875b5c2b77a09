/** Pods of Calico. Nobody asks for the memory of what its operator makes (Calico 3.32.1, values.yaml). */
import type { Plan } from "../model/plan.ts";
import { anywhere, onEach, type Workload } from "../model/workloads.ts";
import { replicas } from "./workloadNodes.ts";

/** tigera/operator, pkg/common: one fewer than nodes where there are few, and three from five nodes on. */
const relays = (nodes: number): number => Math.min(Math.max(nodes - 1, 1), nodes <= 4 ? 2 : 3);

export const calicoPods = ({ nodes }: Plan): readonly Workload[] => [
  anywhere("tigera-operator", 96, 1, nodes),
  onEach(nodes, "calico-node", 0),
  anywhere("calico-typha", 0, relays(nodes.length), nodes),
  anywhere("calico-kube-controllers", 0, 1, nodes),
  anywhere("calico-apiserver", 0, replicas(nodes), nodes),
];
