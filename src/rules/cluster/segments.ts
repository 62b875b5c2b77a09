/** What the nodes are plugged into: cables, VLANs, and the size of packets. */
import { attachmentsAt } from "../../model/attachments.ts";
import type { Node } from "../../model/plan.ts";
import { keyOf, virtualMachines } from "./virtualMachines.ts";
import type { Rule } from "../rule.ts";

const linksOf = ({ options }: Node): readonly unknown[] => {
  const bond = options["bond"] as { readonly interfaces: readonly string[] } | undefined;
  return bond?.interfaces ?? (options["mac"] === undefined ? [options["interface"]] : []);
};

// systemd.net-naming-scheme(7): wl stands for wireless LAN; wlan0 is the kernel's own name.
const WIRELESS = /^wl/;

export const onCable: Rule = {
  id: "NODE-WIFI",
  severity: "warning",
  title: "nodes are connected by cable",
  because:
    "An access point passes on what is for the stations it knows, so devices often get no answer when they ask for an address that a node carries beside its own.",
  source: "MetalLB documentation, Troubleshooting, L2 mode on wireless interfaces",
  *check({ nodes }) {
    const wireless = nodes.filter((node) => linksOf(node).some((name) => WIRELESS.test(String(name))));
    if (wireless.length === 0) return;
    const names = wireless.map(({ name }) => name);
    yield {
      message: `${names.join(", ")} ${names.length === 1 ? "is" : "are"} in the network by a wireless card`,
      paths: names.length === nodes.length ? ["cluster.nodeDefaults"] : names.map((name) => `cluster.nodes.${name}`),
      fix: "the card with the cable",
    };
  },
};

export const taggedOnce: Rule = {
  id: "PVE-VLAN",
  severity: "error",
  title: "frames of a virtual machine are tagged by the host or by the machine",
  because:
    "The host puts its tag around frames that have one already; switches find the wrong VLAN and nobody receives them.",
  source: "Proxmox VE documentation, qm(1), net: tag; IEEE 802.1Q",
  *check(plan) {
    const ownTag = (node: Node): string | undefined => {
      if (node.options["vlan"] !== undefined) return `cluster.nodes.${node.name}.vlan`;
      const tagged = attachmentsAt(node, plan).find(
        ({ network, card }) => network.tagged && card === node.options["interface"],
      );
      return tagged && `networks.${tagged.network.name}.tagged`;
    };
    const twice = virtualMachines(plan).filter(({ node, vlan }) => vlan !== undefined && ownTag(node) !== undefined);
    if (twice.length === 0) return;
    yield {
      message: `the host tags frames that ${twice.map(({ node }) => node.name).join(", ")} ${twice.length === 1 ? "has" : "have"} tagged already`,
      paths: [...new Set(twice.flatMap((machine) => [keyOf(machine, "vlan"), ownTag(machine.node) ?? ""]))],
      fix: `keep ${[...new Set(twice.map(({ key }) => `${key}.vlan`))].join(" and ")} alone`,
    };
  },
};

// IEEE 802.3: the payload of a frame where nothing else is said.
const ORDINARY = 1500;

export const oneMtu: Rule = {
  id: "NODE-MTU",
  severity: "warning",
  title: "nodes take packets of one size",
  because:
    "A switch drops a packet that is too large for whom it is for and tells nobody, so what one node sends at full size another never gets.",
  source: "RFC 894, RFC 4821 §1; IEEE 802.3",
  *check({ nodes }) {
    const sizeOf = ({ options }: Node): number => (options["mtu"] as number | undefined) ?? ORDINARY;
    const bySize = [...nodes].sort((a, b) => sizeOf(b) - sizeOf(a));
    const [largest, smallest] = [bySize[0], bySize.at(-1)];
    if (largest === undefined || smallest === undefined || sizeOf(largest) === sizeOf(smallest)) return;
    yield {
      message: `${largest.name} sends packets of up to ${sizeOf(largest)} bytes, and ${smallest.name} takes ${sizeOf(smallest)}`,
      paths: [`cluster.nodes.${largest.name}.mtu`, `cluster.nodes.${smallest.name}`],
      fix: `cluster.nodeDefaults.mtu: ${sizeOf(largest)} if every switch and card takes that, or no mtu: at all`,
    };
  },
};
