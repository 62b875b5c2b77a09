/** Other networks of the house: nothing of the cluster stands in them. */
import { contains, familyOf, overlaps } from "../../model/address.ts";
import { both } from "../../model/families.ts";
import type { SpecPath } from "../../model/finding.ts";
import type { Network } from "../../model/networks.ts";
import type { Node, Plan } from "../../model/plan.ts";
import { freeRoutedAddress } from "../free.ts";
import { keyOf, virtualMachines } from "../cluster/virtualMachines.ts";
import type { Rule } from "../rule.ts";

const pathOf = ({ name }: Network): string => `networks.${name}`;

export const outsideOthers: Rule = {
  id: "NET-OTHER",
  severity: "error",
  title: "no node, VIP or pool stands in another network of the house",
  because:
    "Devices of the LAN send what is for that network to their router, and no node answers there; the address belongs to somebody else.",
  source: "RFC 1122 §3.3.1: a host sends to its own network directly and to every other through a router",
  unless: ["NET-OVERLAP"],
  *check(plan) {
    for (const network of plan.networks) {
      for (const { what, path, elsewhere } of standingIn(network, plan)) {
        yield {
          message: `${what} is in the network ${network.name} (${both(network.cidrs)})`,
          paths: [path, pathOf(network)],
          fix: elsewhere ?? `an address of your LAN ${plan.lan.cidr.text}`,
        };
      }
    }
  },
};

interface Standing {
  readonly what: string;
  readonly path: SpecPath;
  /** Where it could be instead, if not in the LAN. */
  readonly elsewhere?: string;
}

/** Machines that are no nodes may be where they like; a router reaches them. */
function standingIn({ cidrs }: Network, plan: Plan): readonly Standing[] {
  const pools = plan.pools.filter(({ range }) => cidrs.some((cidr) => overlaps(cidr, range)));
  const claims = plan.addresses.claims.filter(
    ({ ip, role }) =>
      role !== "host" && cidrs.some((cidr) => contains(cidr, ip)) && !pools.some(({ range }) => contains(range, ip)),
  );
  return [
    ...claims.map(({ ip, owner, path, routed }) => ({
      what: `${ip} (${owner})`,
      path,
      ...(routed && { elsewhere: `${path}: ${freeRoutedAddress(plan, familyOf(ip)) ?? "an address of no network"}` }),
    })),
    ...pools.map(({ name, range, path }) => ({ what: `the pool ${name} (${range.text})`, path })),
  ];
}

interface Tag {
  readonly node: Node;
  readonly tag: unknown;
  readonly path: SpecPath;
}

/** VLAN tags of the nodes: of their own links, and of the cards that a host gives those it runs. */
const tagsIn = (plan: Plan): readonly Tag[] => [
  ...plan.nodes.map((node) => ({ node, tag: node.options["vlan"], path: `cluster.nodes.${node.name}.vlan` })),
  ...virtualMachines(plan).map((machine) => ({
    node: machine.node,
    tag: machine.vlan,
    path: keyOf(machine, "vlan"),
  })),
];

export const nodeInLan: Rule = {
  id: "NODE-VLAN",
  severity: "error",
  title: "the VLAN of a node is that of the LAN",
  because: "Its frames go into another network than its address is of, and nobody answers it there.",
  source: "IEEE 802.1Q: a VLAN is a network of its own",
  *check(plan) {
    for (const { node, tag, path } of tagsIn(plan)) {
      const network = plan.networks.find(({ vlan }) => vlan !== undefined && vlan === tag);
      if (network === undefined) continue;
      yield {
        message: `${node.name} is in VLAN ${network.vlan}, which is the network ${network.name}, and ${node.ip} is of your LAN ${plan.lan.cidr.text}`,
        paths: [path, `${pathOf(network)}.vlan`],
        fix: "the VLAN of the LAN, or none where the switch tags for the node",
      };
    }
  },
};

export const oneVlan: Rule = {
  id: "NET-VLAN",
  severity: "warning",
  title: "a VLAN is one network",
  because: "Machines of both networks share one wire: DHCP of one answers the other, and a firewall parts nothing.",
  source: "IEEE 802.1Q: a VLAN is a network of its own",
  *check({ networks }) {
    for (const [index, network] of networks.entries()) {
      const first = networks.slice(0, index).find(({ vlan }) => vlan !== undefined && vlan === network.vlan);
      if (first === undefined) continue;
      yield {
        message: `VLAN ${network.vlan} is both ${first.name} and ${network.name}`,
        paths: [`${pathOf(network)}.vlan`, `${pathOf(first)}.vlan`],
        fix: "the VLAN of each as the switch has it; two networks on one wire on purpose: a silence with that reason",
      };
    }
  },
};
