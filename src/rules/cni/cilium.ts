import { cilium } from "../../catalog/cilium.ts";
import { optionsOf } from "../../model/chosen.ts";
import { virtualMachines } from "../cluster/virtualMachines.ts";
import type { Rule } from "../rule.ts";

export const devicesOfNodes: Rule = {
  id: "CIL-DEVICES",
  severity: "error",
  title: "Cilium's devices include the one that carries the node's address",
  because:
    "The agent answers ARP and serves Services on these interfaces alone; on any other the addresses of the pool are silent.",
  source: "Cilium documentation, L2 Announcements: interfaces must be among devices",
  *check(plan) {
    const { devices } = optionsOf(plan, cilium) ?? {};
    if (devices === undefined) return;
    const covers = (name: string): boolean =>
      devices.some((device) => (device.endsWith("+") ? name.startsWith(device.slice(0, -1)) : device === name));
    for (const { name, options } of plan.nodes) {
      const link = options["interface"];
      if (typeof link !== "string" || options["mac"] !== undefined || covers(link)) continue;
      yield {
        message: `${link} carries the address of ${name} and is not among the devices ${devices.join(", ")}`,
        paths: ["cni.devices", `cluster.nodes.${name}`],
        fix: `cni.devices: [${link}], or leave it out`,
      };
      return;
    }
  },
};

/** What the network card can do only its owner knows; what is lost when it cannot is worth saying. */
export const driverPath: Rule = {
  id: "XDP-01",
  severity: "warning",
  title: "handling packets in the driver needs a driver for it on every node",
  because:
    "The Cilium agent stops on a node whose network driver has no native XDP: bridges, VLAN interfaces, Realtek and Raspberry Pi cards have none.",
  source:
    "Cilium documentation, LoadBalancer & NodePort XDP Acceleration; cilium/cilium Documentation/reference-guides/bpf/progtypes.rst",
  *check(plan) {
    const options = optionsOf(plan, cilium);
    if (options?.loadBalancing.acceleration !== "native") return;
    // The cards of virtual machines are virtio's, which can; XDP-02 counts their queues.
    if (virtualMachines(plan).length === plan.nodes.length) return;
    yield {
      message: "acceleration: native is asked for, and whether every network card can do it is not known here",
      paths: ["cni.loadBalancing.acceleration"],
      fix: 'acceleration: best-effort, or look with `ethtool -i` on each node and add silence: { XDP-01: "the cards can" }',
    };
  },
};

/** Cilium's own table of legal combinations: pkg/kpr/initializer/kube_proxy_replacement.go. */
export const dsrNeedsRouting: Rule = {
  id: "CIL-01",
  severity: "error",
  title: "direct server return does not go through VXLAN",
  because: 'The Cilium agent stops with "cannot be used with vxlan tunneling" and the node gets no network.',
  source: "cilium/cilium pkg/kpr/initializer/kube_proxy_replacement.go; documentation, Direct Server Return",
  *check(plan) {
    const options = optionsOf(plan, cilium);
    const mode = options?.loadBalancing.mode;
    if (options?.routing !== "vxlan" || mode === undefined || mode === "snat") return;
    yield {
      message: `load balancing in mode ${mode} needs native routing, and the pods are routed through VXLAN`,
      paths: ["cni.loadBalancing.mode", "cni.routing"],
      fix: "cni.routing: native, or cni.loadBalancing.mode: snat",
    };
  },
};
