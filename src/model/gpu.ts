/** Nodes with graphics cards: how pods find them, and how others are kept off. */
import type { Gpu, Node } from "./plan.ts";

/** What the device plugin of each maker counts cards by, and tolerates as a taint. */
const RESOURCES: Readonly<Record<Gpu, string>> = {
  nvidia: "nvidia.com/gpu",
  intel: "gpu.intel.com/i915",
  amd: "amd.com/gpu",
};

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: "NoSchedule";
}

export const taintsOf = ({ gpu }: Pick<Node, "gpu">): readonly Taint[] =>
  gpu === undefined ? [] : [{ key: RESOURCES[gpu], value: "present", effect: "NoSchedule" }];
