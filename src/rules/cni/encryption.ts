/** What WireGuard of Cilium does not encrypt, for who asked for it (Cilium documentation, Which traffic is encrypted). */
import { cilium } from "../../catalog/cilium.ts";
import type { CiliumOptions } from "../../catalog/ciliumOptions.ts";
import { optionsOf } from "../../model/chosen.ts";
import type { Plan } from "../../model/plan.ts";
import type { Rule } from "../rule.ts";

const source = "Cilium documentation, WireGuard Transparent Encryption";

const encrypting = (plan: Plan): CiliumOptions | undefined => {
  const options = optionsOf(plan, cilium);
  return options?.encryption === "none" ? undefined : options;
};

export const nodesNeedEncryption: Rule = {
  id: "CIL-NODE-ENCRYPTION",
  severity: "error",
  title: "nodes encrypt what they say where there is something to encrypt with",
  because: "Without WireGuard the agents do not read this option, and everything stays readable on the LAN.",
  source: "Helm chart cilium 1.20.0, values.yaml, encryption.nodeEncryption",
  *check(plan) {
    const options = optionsOf(plan, cilium);
    if (options?.encryption !== "none" || !options.nodeEncryption) return;
    yield {
      message: "nodeEncryption is asked for, and encryption is none",
      paths: ["cni.nodeEncryption", "cni.encryption"],
      fix: "cni.encryption: wireguard",
    };
  },
};

export const requestsPassBy: Rule = {
  id: "CIL-16",
  severity: "warning",
  title: "requests from outside go through WireGuard as well",
  because:
    "A node that is asked for a pod of another one hands such a request on before WireGuard sees it, so it travels between the two nodes as it came.",
  source,
  *check(plan) {
    const options = encrypting(plan);
    if (options === undefined) return;
    const { mode, dispatch, acceleration } = options.loadBalancing;
    if (mode !== "snat" && dispatch === "opt")
      yield {
        message: `encryption: wireguard is asked for, and mode ${mode} hands requests on in IP options, past it`,
        paths: ["cni.loadBalancing.mode", "cni.loadBalancing.dispatch", "cni.encryption"],
        fix: 'cni.loadBalancing.dispatch: geneve, or silence: { CIL-16: "requests have TLS" }',
      };
    // With nodes that encrypt too it is CIL-17.
    else if (acceleration !== "disabled" && !options.nodeEncryption)
      yield {
        message: `encryption: wireguard is asked for, and acceleration: ${acceleration} hands requests on in the driver, past it`,
        paths: ["cni.loadBalancing.acceleration", "cni.encryption"],
        fix: 'cni.loadBalancing.acceleration: disabled, or silence: { CIL-16: "requests have TLS" }',
      };
  },
};

export const driverPassesBy: Rule = {
  id: "CIL-17",
  severity: "warning",
  title: "where nodes encrypt what they say, drivers hand nothing on",
  because:
    "The driver hands a request for a pod of another node on before the kernel could encrypt it, and the agent says so in its log.",
  source: `${source}; cilium/cilium pkg/kpr/initializer/kube_proxy_replacement.go`,
  *check(plan) {
    const options = encrypting(plan);
    if (options === undefined || !options.nodeEncryption) return;
    const { acceleration } = options.loadBalancing;
    if (acceleration === "disabled") return;
    yield {
      message: `nodeEncryption is asked for, and acceleration: ${acceleration} hands requests on unencrypted`,
      paths: ["cni.loadBalancing.acceleration", "cni.nodeEncryption"],
      fix: "cni.loadBalancing.acceleration: disabled",
    };
  },
};

export const workersEncrypt: Rule = {
  id: "CIL-18",
  severity: "warning",
  title: "there are workers whose words nodeEncryption encrypts",
  because:
    "Control planes take no part in it, so that a node with a new key can always tell the API: it encrypts between workers alone.",
  source: `${source}, Node-to-Node Encryption`,
  *check(plan) {
    if (encrypting(plan)?.nodeEncryption !== true) return;
    const workers = plan.nodes.filter(({ role }) => role === "worker");
    if (workers.length > 1) return;
    yield {
      message: `nodeEncryption encrypts between workers, and this network has ${workers.length === 0 ? "none" : "one"}`,
      paths: ["cni.nodeEncryption", "cluster.nodes"],
      fix: "cni.nodeEncryption: false; pods are encrypted without it",
    };
  },
};
