/** Pods of Cilium. Nobody asks for their memory (Cilium 1.20.0, values.yaml: resources). */
import type { Plan } from "../model/plan.ts";
import { onEach, anywhere, type Workload } from "../model/workloads.ts";
import { replicas } from "./workloadNodes.ts";

export const ciliumPods = (
  { nodes }: Plan,
  { hubble, envoy }: { readonly hubble: boolean; readonly envoy: boolean },
): readonly Workload[] => [
  onEach(nodes, "cilium", 0),
  ...(envoy ? [onEach(nodes, "cilium-envoy", 0)] : []),
  anywhere("cilium-operator", 0, replicas(nodes), nodes),
  ...(hubble ? [anywhere("hubble-relay", 0), anywhere("hubble-ui", 0)] : []),
];
