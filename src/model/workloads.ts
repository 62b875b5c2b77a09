/** Pods that stay: how many, where they may run, and how much memory each asks the scheduler for. */
import type { Chosen, Node, Plan } from "./plan.ts";

export interface Workload {
  /** What Kubernetes calls their Deployment, DaemonSet, StatefulSet or Pod. */
  readonly name: string;
  /** MiB that one pod asks for, all its containers together; 0 where nobody asks for any. */
  readonly memory: number;
  /** One on each node that it may run on, or so many anywhere among them. */
  readonly pods: "each" | number;
  /** Nodes that it may run on; those of ordinary pods when absent. */
  readonly on?: readonly Node[];
}

export const anywhere = (name: string, memory: number, pods = 1, on?: readonly Node[]): Workload => ({
  name,
  memory,
  pods,
  ...(on !== undefined && { on }),
});

export const onEach = (nodes: readonly Node[], name: string, memory: number): Workload => ({
  name,
  memory,
  pods: "each",
  on: nodes,
});

export const controlPlanesOf = ({ nodes }: Pick<Plan, "nodes">): readonly Node[] =>
  nodes.filter(({ role }) => role === "control-plane");

export const nodesOf = ({ on }: Workload, { nodes }: Pick<Plan, "nodes">): readonly Node[] =>
  on ?? nodes.filter(({ runsPods }) => runsPods);

export interface PlacedWorkload extends Workload {
  /** Whose pods they are. */
  readonly chosen: Chosen;
}

/** Of all in use, or `of` some, in the order of the catalog. */
export const workloadsIn = (plan: Plan, of = plan.chosen): readonly PlacedWorkload[] =>
  of.flatMap((chosen) =>
    (chosen.component.workloads?.(plan, chosen.options, chosen) ?? []).map((one) => ({ ...one, chosen })),
  );
