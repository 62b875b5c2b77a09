/** What runs on control planes, and whether it can be asked. */
import type { Rule } from "../rule.ts";

export const controlPlanesOpen: Rule = {
  id: "ASKED-CLOSED",
  severity: "error",
  title: "control planes are asked for numbers only where their configuration is written here",
  because:
    "Scheduler, controller manager and etcd listen on their own machine alone until they are told otherwise: alarms would say for ever that they are down.",
  source:
    "Kubernetes documentation, kube-scheduler and kube-controller-manager: --bind-address; etcd documentation, Monitoring",
  *check({ chosen, cluster }) {
    if (cluster.traits.opens === true) return;
    for (const { component, options, path = "" } of chosen) {
      if (component.asksControlPlanes?.(options) !== true) continue;
      yield {
        message: `${component.title} would ask control planes that run already, and nothing here configures those`,
        paths: [`${path}.controlPlanes`],
        fix: "leave controlPlanes out",
      };
    }
  },
};
