import type { Rule } from "../rule.ts";

const EVERYWHERE = ["vxlan"];

export const backendBrought: Rule = {
  id: "FLANNEL-BACKEND",
  severity: "error",
  title: "flannel carries pods in a way the distribution has",
  because: "It is set where the distribution is; one that has no place for it would go on with its own.",
  source: "K3s documentation, Basic Network Options; Talos documentation, ClusterNetworkConfig, cni",
  *check(plan) {
    const { traits, distribution, podNetwork } = plan.cluster;
    const { backend } = podNetwork;
    const has = traits.flannelBackends ?? EVERYWHERE;
    if (backend === undefined || has.includes(backend)) return;
    yield {
      message: `flannel of ${distribution} has ${has.join(", ")} and no ${backend}`,
      paths: ["cni.backend"],
      fix: `cni.backend: ${has[0] ?? "vxlan"}`,
    };
  },
};
