import type { Node, Plan } from "../model/plan.ts";

/** Nodes that run ordinary pods: all, unless the distribution keeps its control planes free. */
export const workloadNodes = (plan: Plan): readonly Node[] =>
  plan.nodes.filter(({ role }) => role === "worker" || plan.cluster.options["workloadsOnControlPlanes"] !== false);

/** Two where two nodes can carry one each, so that one may restart: a second replica beside the first one protects nothing. */
export const replicas = (nodes: readonly Node[]): number => Math.min(nodes.length, 2);
