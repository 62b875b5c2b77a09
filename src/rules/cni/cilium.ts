import { cilium } from "../../catalog/cilium.ts";
import { optionsOf } from "../../model/chosen.ts";
import { linksOf } from "../../platforms/talos/links.ts";
import type { NodeOptions } from "../../platforms/talos/options.ts";
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
      const links = linksOf(options);
      // A card that is found by its MAC address has a name the kernel gives it; what lies on top of it has ours.
      const named = links !== undefined && (links.selector === null || links.documents.length > 1);
      if (!named || covers(links.carrier)) continue;
      const link = links.carrier;
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
  unless: ["XDP-LINK", "XDP-BOARD"],
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

// Linux, drivers/net/bonding/bond_main.c, bond_xdp_check.
const WITHOUT_DRIVER_PATH = ["balance-tlb", "balance-alb", "broadcast"];

/** What the kernel makes on top of a card has no driver of its own; of bonds, some modes pass packets through to one. */
export const driverOfLink: Rule = {
  id: "XDP-LINK",
  severity: "error",
  title: "the link that handles packets in its driver has one",
  because:
    "Such a link has no driver that could handle packets, so the Cilium agent stops on the node, and the node gets no network.",
  source: "Cilium documentation, LoadBalancer & NodePort XDP Acceleration; Linux drivers/net/bonding/bond_main.c",
  *check({ cluster, nodes }) {
    if (cluster.podNetwork.driver !== "native") return;
    const [first, ...others] = nodes.flatMap(({ name, options }) => {
      const { vlan, bond } = options as NodeOptions;
      if (vlan !== undefined) return [{ name, key: "vlan", what: `VLAN ${vlan}` }];
      const mode = bond?.mode ?? "";
      return WITHOUT_DRIVER_PATH.includes(mode) ? [{ name, key: "bond", what: `a bond in mode ${mode}` }] : [];
    });
    if (first === undefined) return;
    const everywhere = others.length === nodes.length - 1;
    const also = others.length === 0 ? "" : `, as ${others.length === 1 ? "is one" : `are ${others.length}`} more`;
    yield {
      message: `the address of ${first.name} is on ${first.what}${also}, and acceleration is native`,
      paths: [
        ...(everywhere
          ? ["cluster.nodeDefaults"]
          : [first, ...others].map(({ name, key }) => `cluster.nodes.${name}.${key}`)),
        "cni.loadBalancing.acceleration",
      ],
      fix: "cni.loadBalancing.acceleration: best-effort",
    };
  },
};
