import { z } from "zod";
import type { Component } from "../model/component.ts";
import { openNetworkPolicy } from "./networkPolicies.ts";

/** Beside Kubernetes, by the distribution: nothing of it is in the repository but the choice. */
export const flannel: Component<Record<string, never>> = {
  id: "flannel",
  slot: "cni",
  title: "flannel",
  summary: "the small pod network that the distribution brings, a VXLAN tunnel between nodes and nothing else",
  options: z.strictObject({}),
  brought: true,
  units: () => [],
  podNetwork: (_options, { enforcesPolicies = false }) => ({
    installedBy: "distribution",
    replacesKubeProxy: false,
    driver: "none",
    enforces: enforcesPolicies ? ["networking.k8s.io"] : [],
  }),
  policies: (flows, { cluster }) => (cluster.podNetwork.enforces.length > 0 ? flows.map(openNetworkPolicy) : []),
  docs: {
    template: "components/flannel/docs.md",
    fragments: { troubleshooting: "components/flannel/troubleshooting.md" },
    view: (plan) => ({
      pods: plan.cluster.pods.text,
      enforces: plan.cluster.podNetwork.enforces.length > 0,
    }),
  },
};
