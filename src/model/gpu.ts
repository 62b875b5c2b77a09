/** Nodes with graphics cards: how pods find them, and how others are kept off. */
import type { Gpu, Node, Plan } from "./plan.ts";

/** What the device plugin of each maker counts cards by, and tolerates as a taint. */
export const RESOURCES: Readonly<Record<Gpu, string>> = {
  nvidia: "nvidia.com/gpu",
  intel: "gpu.intel.com/i915",
  amd: "amd.com/gpu",
};

/** Class and runtime by which containers get a card with its libraries; those of other makers need only the device. */
export const RUNTIMES: Readonly<Partial<Record<Gpu, string>>> = { nvidia: "nvidia" };

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: "NoSchedule";
}

export const taintsOf = ({ gpu }: Pick<Node, "gpu">): readonly Taint[] =>
  gpu === undefined ? [] : [{ key: RESOURCES[gpu], value: "present", effect: "NoSchedule" }];

export const nodesWithCards = ({ nodes }: Pick<Plan, "nodes">, maker: Gpu): readonly Node[] =>
  nodes.filter(({ gpu }) => gpu === maker);
