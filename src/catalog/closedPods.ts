import type { Flow } from "../model/unit.ts";

/** Pods that ask others and that nobody asks but their own node, which looks whether they live. */
export const closedPods = (flow: Pick<Flow, "unit" | "namespace" | "name" | "to">, because?: string): Flow => ({
  ...flow,
  from: [],
  ports: [],
  because: because ?? "it asks others and is asked by nobody but its node, which looks whether it lives",
});
