import { z } from "zod";
import type { Component } from "../model/component.ts";
import { networkPolicyClosing, openNetworkPolicy } from "./networkPolicies.ts";

const options = z.strictObject({
  backend: z
    .enum(["vxlan", "host-gw", "wireguard-native"])
    .default("vxlan")
    .describe(
      "how packets of pods get to another node: vxlan in a tunnel, wireguard-native in one that is encrypted, host-gw as they are, by routes that every node has",
    )
    .meta({ because: "it works wherever nodes reach each other" }),
});

type FlannelOptions = z.output<typeof options>;

/** Beside Kubernetes, by the distribution: nothing of it is in the repository but the choice. */
export const flannel: Component<FlannelOptions> = {
  id: "flannel",
  slot: "cni",
  title: "flannel",
  summary: "the small pod network that the distribution brings, a tunnel between nodes and nothing else",
  options,
  brought: true,
  units: () => [],
  podNetwork: ({ backend }, { enforcesPolicies = false }) => ({
    installedBy: "distribution",
    backend,
    replacesKubeProxy: false,
    driver: "none",
    // K3s chains portmap to it (k3s-io/k3s, pkg/agent/flannel).
    hostPorts: true,
    enforces: enforcesPolicies ? ["networking.k8s.io"] : [],
  }),
  policies: (flows, { cluster }) => (cluster.podNetwork.enforces.length > 0 ? flows.map(openNetworkPolicy) : []),
  closing: networkPolicyClosing,
  docs: {
    template: "components/flannel/docs.md",
    fragments: { troubleshooting: "components/flannel/troubleshooting.md" },
    view: (plan, { backend }) => ({
      vxlan: backend === "vxlan",
      encrypts: backend === "wireguard-native",
      pods: plan.cluster.pods.text,
      enforces: plan.cluster.podNetwork.enforces.length > 0,
    }),
  },
};
