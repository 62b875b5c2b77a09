import { parseRepoPath } from "../../model/names.ts";
import type { Node } from "../../model/plan.ts";
import type { Rule } from "../rule.ts";

/** Talos gives an address to a link it can name; which NIC a machine has only its owner knows. */
export const linkKnown: Rule = {
  id: "NODE-LINK",
  severity: "error",
  title: "each node says which network interface carries its address",
  because:
    "Without it the machine configuration cannot say where the address goes, and the node stays on DHCP or without an address.",
  source: "Talos documentation, LinkConfig and LinkAliasConfig",
  *check({ nodes, cluster }) {
    if (!cluster.traits.ownsMachine) return;
    const unknown = nodes.filter(({ options }) =>
      ["interface", "mac", "bond"].every((key) => options[key] === undefined),
    );
    const [first] = unknown;
    if (first === undefined) return;
    yield {
      message: `${those(unknown, nodes)} an interface or a MAC address`,
      paths:
        unknown.length === nodes.length ? ["cluster.nodeDefaults"] : unknown.map(({ name }) => `cluster.nodes.${name}`),
      fix: `cluster.nodeDefaults.interface, or mac: on a node; \`talosctl get links --insecure --nodes ${first.ip}\` lists them`,
    };
  },
};

/** `no node names`, or the ones that do not by name. */
function those(unknown: readonly Node[], nodes: readonly Node[]): string {
  if (unknown.length === nodes.length) return "no node names";
  return `${unknown.map(({ name }) => name).join(", ")} ${unknown.length === 1 ? "does" : "do"} not name`;
}

/** No default: the name that is right on one machine is the disk with the photos on the next. */
export const diskKnown: Rule = {
  id: "NODE-DISK",
  severity: "error",
  title: "each node says which disk it is installed on",
  because:
    "Talos erases the disk it is installed on, and only the owner of a machine knows which of its disks may be erased.",
  source: "Talos documentation, MachineConfig, machine.install.disk",
  *check({ nodes, cluster }) {
    if (!cluster.traits.ownsMachine) return;
    const unknown = nodes.filter(
      ({ options }) => options["disk"] === undefined && options["diskSelector"] === undefined,
    );
    const [first] = unknown;
    if (first === undefined) return;
    yield {
      message: `${those(unknown, nodes)} a disk`,
      paths:
        unknown.length === nodes.length ? ["cluster.nodeDefaults"] : unknown.map(({ name }) => `cluster.nodes.${name}`),
      fix: `cluster.nodeDefaults.disk, or disk: on a node; \`talosctl get disks --insecure --nodes ${first.ip}\` lists them`,
    };
  },
};

// Names the kernel or other programs give to what is no card: LinkConfig puts an address on a link and makes none.
const VIRTUAL = /[.@]|^(lo|bond|br|vlan|cilium|lxc|docker|veth|dummy|wg|tun|tap|kubespan|flannel|cni)/;

/** What the node takes for cards, by name. */
function cardsOf(options: Node["options"]): readonly unknown[] {
  const bond = options["bond"] as { readonly interfaces: readonly string[] } | undefined;
  if (bond !== undefined) return bond.interfaces;
  return options["mac"] === undefined && options["interface"] !== undefined ? [options["interface"]] : [];
}

export const realLink: Rule = {
  id: "NODE-LINK-KIND",
  severity: "error",
  title: "the interface of a node is a network card",
  because:
    "VLANs and bonds are made on top of a card by keys of their own; a name alone makes none, and the address would go nowhere.",
  source: "Talos documentation, LinkConfig, VLANConfig, BondConfig",
  *check({ nodes, cluster }) {
    if (!cluster.traits.ownsMachine) return;
    const names = new Set(nodes.flatMap(({ options }) => cardsOf(options)));
    for (const name of [...names].filter((text) => VIRTUAL.test(String(text)))) {
      const ones = nodes.filter(({ options }) => cardsOf(options).includes(name));
      const path =
        ones.length === nodes.length ? ["cluster.nodeDefaults"] : ones.map((node) => `cluster.nodes.${node.name}`);
      yield {
        message: `${String(name)} is no network card`,
        paths: path,
        fix: "the name of a card, such as eth0 or ens18, or mac: on the node; vlan: and bond: make links on top of cards",
      };
    }
  },
};

export const nodeNamed: Rule = {
  id: "NODE-NAME",
  severity: "error",
  title: "the name of a node can be the name of a file",
  because:
    "Each node has a file of its own, and repositories are checked out on all systems; some names are none on Windows.",
  source: "Microsoft documentation, Naming Files, Paths, and Namespaces",
  *check({ nodes }) {
    for (const { name } of nodes) {
      if (parseRepoPath(`${name}.yaml`) !== undefined) continue;
      yield {
        message: `${name} cannot be the name of a file everywhere`,
        paths: [`cluster.nodes.${name}`],
        fix: "another name",
      };
    }
  },
};

export const unicastMac: Rule = {
  id: "NODE-MAC-KIND",
  severity: "error",
  title: "a MAC address is of one card",
  because: "No card has a group address or the zero address, so no link would match.",
  source: "IEEE 802, individual/group bit",
  *check({ nodes }) {
    for (const { name, options } of nodes) {
      const mac = options["mac"];
      if (typeof mac !== "string") continue;
      const isGroup = (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1;
      if (isGroup || /^[0:]+$/.test(mac))
        yield {
          message: `${mac} is no address of a card`,
          paths: [`cluster.nodes.${name}.mac`],
          fix: "the address printed on the machine, or shown by the hypervisor",
        };
    }
  },
};

export const oneMac: Rule = {
  id: "NODE-MAC",
  severity: "error",
  title: "no two nodes have one MAC address",
  because:
    "Switches send frames for one MAC address to one port; two machines with it take the network from each other.",
  source: "IEEE 802.1Q, address learning",
  *check(plan) {
    const seen = new Map<string, string>();
    for (const { name, options } of plan.nodes) {
      const mac = typeof options["mac"] === "string" ? options["mac"].toLowerCase() : undefined;
      if (mac === undefined) continue;
      const other = seen.get(mac);
      if (other !== undefined)
        yield {
          message: `${other} and ${name} have the MAC address ${mac}`,
          paths: [`cluster.nodes.${name}.mac`, `cluster.nodes.${other}.mac`],
          fix: "the address printed on each machine, or shown by the hypervisor",
        };
      seen.set(mac, name);
    }
  },
};
