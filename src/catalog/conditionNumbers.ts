/** Conditions of objects as numbers, where their owners have none that anybody may ask for. */
import type { MeteredObjects } from "../model/metrics.ts";

type Kind = Pick<MeteredObjects, "group" | "version" | "kind" | "resource" | "prefix">;

/** `<prefix>_condition`, 1 where the condition of that `type` has that `status` (Kubernetes API conventions, Typical status properties). */
export const conditionNumbers = (of: Kind): MeteredObjects => ({
  ...of,
  labels: { name: ["metadata", "name"], namespace: ["metadata", "namespace"] },
  metrics: [
    {
      name: "condition",
      help: `Conditions of each ${of.kind}`,
      each: {
        type: "StateSet",
        stateSet: {
          labelName: "status",
          path: ["status", "conditions"],
          labelsFromPath: { type: ["type"] },
          valueFrom: ["status"],
          list: ["True", "False"],
        },
      },
    },
  ],
});
