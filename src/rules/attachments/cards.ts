/** The cards of nodes that pods stand on in other networks. */
import { attachmentsOf, isAttached, type Attachment } from "../../model/attachments.ts";
import { cilium } from "../../catalog/cilium.ts";
import { optionsOf } from "../../model/chosen.ts";
import type { Plan } from "../../model/plan.ts";
import { suggest } from "../../model/suggest.ts";
import type { Rule } from "../rule.ts";

const pathOf = ({ network }: Pick<Attachment, "network">, key: string): string => `networks.${network.name}.${key}`;

export const cardNamed: Rule = {
  id: "ATTACH-CARD",
  severity: "error",
  title: "a network that pods stand in says on which card of the nodes it is",
  because: "A second interface of a pod is made on top of a card of its node, and there is none without its name.",
  source: "containernetworking/plugins, macvlan: master",
  *check({ networks }) {
    for (const { name, attach, interface: card } of networks) {
      if (attach === undefined || card !== undefined) continue;
      yield {
        message: `pods are to stand in the network ${name}, and nobody says by which card of the nodes`,
        paths: [`networks.${name}.attach`],
        fix: `networks.${name}.interface: the card as the nodes call it, such as ens19`,
      };
    }
  },
};

// IFNAMSIZ is 16 with the final zero byte (Linux, include/uapi/linux/if.h).
const LONGEST = 15;

export const tagKnown: Rule = {
  id: "ATTACH-TAG",
  severity: "error",
  title: "nodes take off a tag that has a number, on a link that can have a name",
  because:
    "The link on top of the card is made for one VLAN and called after it; without, the pods have none to stand on.",
  source: "IEEE 802.1Q; Linux include/uapi/linux/if.h, IFNAMSIZ",
  *check(plan) {
    for (const { network, link } of attachmentsOf(plan)) {
      const { name, tagged, vlan, interface: card } = network;
      if (tagged && vlan === undefined)
        yield {
          message: `the frames of ${name} reach ${card} tagged, and ${name} says no VLAN`,
          paths: [`networks.${name}.tagged`],
          fix: `networks.${name}.vlan: the VLAN as the switch has it`,
        };
      else if (link.length > LONGEST)
        yield {
          message: `${link} is the name of the link for ${name}, and longer than ${LONGEST} letters`,
          paths: [`networks.${name}.interface`],
          fix: "a card with a shorter name; or frames without a tag, on a card of their own",
        };
    }
  },
};

/** Whose frames a card has without a tag: the LAN's where it carries the address of a node. */
export const oneUntagged: Rule = {
  id: "ATTACH-UNTAGGED",
  severity: "error",
  title: "a card has frames of one network without a tag",
  because: "Frames without a tag carry no number: pods of both networks would stand in the same one.",
  source: "IEEE 802.1Q: a VLAN is a network of its own",
  *check(plan) {
    const untagged = attachmentsOf(plan).filter(({ network }) => !network.tagged);
    for (const [index, one] of untagged.entries()) {
      const { name, vlan } = one.network;
      const node = plan.nodes.find(
        (candidate) => isAttached(one, candidate) && candidate.options["interface"] === one.card,
      );
      if (node !== undefined && vlan !== undefined)
        yield {
          message: `${one.card} carries the address of ${node.name} in your LAN, and ${name} is VLAN ${vlan} on it`,
          paths: [pathOf(one, "interface"), `cluster.nodes.${node.name}`],
          fix: `networks.${name}.tagged: true, where the switch sends both; or the card that ${name} has for itself`,
        };
      const other = untagged.slice(0, index).find(({ card }) => card === one.card);
      if (other !== undefined)
        yield {
          message: `${other.network.name} and ${name} are both on ${one.card} without a tag`,
          paths: [pathOf(one, "interface"), pathOf(other, "interface")],
          fix: `tagged: true and its VLAN for one of them, or a card for each`,
        };
    }
  },
};

export const nodesStandThere: Rule = {
  id: "ATTACH-NODE",
  severity: "error",
  title: "the nodes with a card for pods are nodes that run pods",
  because: "Pods that ask for the network go to these nodes alone, and wait for ever where there is none.",
  source: "Kubernetes documentation, Assigning Pods to Nodes: node affinity",
  *check(plan) {
    for (const one of attachmentsOf(plan)) {
      const { nodes } = one.attach;
      const path = pathOf(one, "attach.nodes");
      const names: readonly string[] = plan.nodes.map(({ name }) => name);
      const stranger = nodes?.find((name) => !names.includes(name));
      if (stranger !== undefined) {
        const near = suggest(stranger, names);
        yield {
          message: `${stranger} is to have the card for ${one.network.name} and is no node`,
          paths: [path],
          fix: near === undefined ? `one of ${names.join(", ")}` : `did you mean ${near}?`,
        };
      } else if (!plan.nodes.some((node) => node.runsPods && isAttached(one, node)))
        yield {
          message: `no node that runs pods has the card for ${one.network.name}`,
          paths: [path],
          fix: `a worker among attach.nodes, or no attach.nodes where all of them have it`,
        };
    }
  },
};

// systemd.net-naming-scheme(7): wl stands for wireless LAN; wlan0 is the kernel's own name.
const WIRELESS = /^wl/;

export const notWireless: Rule = {
  id: "ATTACH-WIFI",
  severity: "error",
  title: "pods stand in a network by cable",
  because:
    "Each pod sends with a MAC address of its own, and an access point takes frames only from the one that a station joined with.",
  source: "IEEE 802.11: three addresses in a frame; containernetworking/plugins#398",
  *check(plan) {
    for (const one of attachmentsOf(plan)) {
      if (!WIRELESS.test(one.card)) continue;
      yield {
        message: `pods are to stand in ${one.network.name} by ${one.card}, a wireless card`,
        paths: [pathOf(one, "interface")],
        fix: "a card with a cable, in that network; nodes without one: attach.nodes names the others",
      };
    }
  },
};

/** Taken by a wildcard or by its name. Found by itself, Cilium passes by cards without an address. */
export const notOfCilium: Rule = {
  id: "ATTACH-DEVICE",
  severity: "error",
  title: "Cilium leaves the cards of other networks alone",
  because:
    "Cilium would announce addresses there and answer from a card without an address, and what the pods get passes through its filters.",
  source: "Cilium documentation, Kubernetes Without kube-proxy: devices; NodePort devices need an address",
  *check(plan) {
    const devices = optionsOf(plan, cilium)?.devices ?? [];
    for (const one of attachmentsOf(plan)) {
      const taken = devices.find((device) => covers(device, one.link) && !isOwn(one, plan));
      if (taken === undefined) continue;
      yield {
        message: `Cilium's devices take ${one.link} by ${taken}, which is for pods in ${one.network.name}`,
        paths: ["cni.devices", pathOf(one, "interface")],
        fix: "cni.devices: the card that carries the addresses of the nodes, by its whole name",
      };
    }
  },
};

const covers = (device: string, name: string): boolean =>
  device.endsWith("+") ? name.startsWith(device.slice(0, -1)) : device === name;

const isOwn = ({ link }: Attachment, { nodes }: Plan): boolean =>
  nodes.some(({ options }) => options["interface"] === link);
