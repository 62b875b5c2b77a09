/** The VMs as data for OpenTofu: infrastructure/proxmox/machines.auto.tfvars.json, read by variables.tf. */
import { familyOf, type Ip } from "../../model/address.ts";
import { attachmentsAt } from "../../model/attachments.ts";
import type { Node, Plan } from "../../model/plan.ts";
import type { VirtualMachine } from "./options.ts";

/** The schema has checked them. */
export const virtualMachineOf = ({ options }: Pick<Node, "options">): VirtualMachine =>
  options["proxmox"] as VirtualMachine;

/** Most queues a card of QEMU can have under Proxmox (qm(1), net: queues). */
const MOST_QUEUES = 64;

/**
 * XDP in virtio_net sends from queues of its own, one a CPU beside those of the kernel: with fewer it shares them under a
 * lock, or does not attach (drivers/net/virtio_net.c, virtnet_xdp_set).
 */
export const queuesForXdp = (cores: number): number => Math.min(2 * cores, MOST_QUEUES);

export function machinesOf(plan: Plan): Readonly<Record<string, unknown>> {
  const xdp = plan.cluster.podNetwork.driver !== "none";
  const machines = plan.nodes.map((node) => {
    const { host, id, cores, memory, disk, storage, images, bridge, vlan, queues } = virtualMachineOf(node);
    const machine = {
      host,
      ...(id !== undefined && { id }),
      role: node.role,
      address: node.ip,
      mac: String(node.options["mac"]),
      cores,
      memory,
      disk: Math.ceil(disk / 1024),
      storage,
      images,
      bridge,
      ...(vlan !== undefined && { vlan }),
      ...(node.options["mtu"] !== undefined && { mtu: node.options["mtu"] }),
      ...((queues !== undefined || xdp) && { queues: queues ?? queuesForXdp(cores) }),
      ...cardsOf(node, plan),
    };
    return [node.name, machine] as const;
  });
  return {
    endpoint: endpointOf(plan),
    cluster: plan.name,
    network: { prefix: plan.lan.cidr.prefix, router: plan.lan.gateway, resolvers: resolversOf(plan) },
    machines: Object.fromEntries(machines),
  };
}

/** Where the machine takes the tag off itself, the host passes frames of every VLAN on. */
function cardsOf(node: Node, plan: Plan): Readonly<Record<string, unknown>> {
  const { bridge } = virtualMachineOf(node);
  const cards = (node.made?.cards ?? []).map(({ name, mac }) => {
    const { vlan, tagged } = attachmentsAt(node, plan).find(({ card }) => card === name)?.network ?? {};
    return { bridge, ...(vlan !== undefined && tagged === false && { vlan }), mac };
  });
  return cards.length > 0 ? { cards } : {};
}

/** A machine begins with its address of the first family, and reaches no others until it has its configuration. */
const resolversOf = ({ lan }: Plan): readonly Ip[] => lan.dns.filter((ip) => familyOf(ip) === lan.cidr.family);

/** Any host of a Proxmox cluster answers for all of them; the API listens on port 8006 (Proxmox VE documentation, pveproxy). */
export function endpointOf(plan: Plan): string {
  const [first] = plan.nodes;
  const name = first === undefined ? "" : virtualMachineOf(first).host;
  const address = plan.lan.hosts.find((host) => host.name === name)?.ip;
  return `https://${address ?? name}:8006/`;
}
