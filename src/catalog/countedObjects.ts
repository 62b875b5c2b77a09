import { objectsMetered } from "../model/metrics.ts";
import type { Plan } from "../model/plan.ts";
import type { View } from "../model/unit.ts";

/** What kube-state-metrics makes numbers of beside objects that it knows, and may read for that (its documentation, Custom Resource State Metrics). */
export function countedView(plan: Plan): View {
  const objects = objectsMetered(plan);
  if (objects.length === 0) return { counted: null, mayRead: [] };
  return {
    counted: {
      kind: "CustomResourceStateMetrics",
      spec: {
        resources: objects.map(({ group, version, kind, prefix, labels, metrics }) => ({
          groupVersionKind: { group, version, kind },
          metricNamePrefix: prefix,
          labelsFromPath: labels,
          metrics,
        })),
      },
    },
    mayRead: objects.map(({ group, resource }) => ({
      apiGroups: [group],
      resources: [resource],
      verbs: ["list", "watch"],
    })),
  };
}
