/** The VMs as data for OpenTofu: infrastructure/proxmox/machines.auto.tfvars.json, read by variables.tf. */
import { familyOf, type Ip } from "../../model/address.ts";
import { attachmentsAt } from "../../model/attachments.ts";
import { ofFamily } from "../../model/families.ts";
import type { CloudImage, MachineImage } from "../../model/machines.ts";
import type { Node, Plan } from "../../model/plan.ts";
import { macOf } from "./mac.ts";
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

type Data = Readonly<Record<string, unknown>>;

export function machinesOf(plan: Plan, image: MachineImage): Data {
  const machines = plan.nodes.map((node) => [node.name, machineOf(node, plan, image)] as const);
  return {
    endpoint: endpointOf(plan),
    cluster: plan.name,
    ...sharedBy(plan, image),
    machines: Object.fromEntries(machines),
  };
}

function sharedBy(plan: Plan, image: MachineImage): Data {
  if (image.kind === "installer")
    return { network: { prefix: plan.lan.cidr.prefix, router: plan.lan.gateway, resolvers: resolversOf(plan) } };
  const { slug: system, url, sha512 } = image;
  return { image: { system, url, sha512 }, resolvers: plan.lan.dns };
}

function machineOf(node: Node, plan: Plan, image: MachineImage): Data {
  const xdp = plan.cluster.podNetwork.driver !== "none";
  const { host, id, cores, memory, disk, storage, images, bridge, vlan, queues, mapping } = virtualMachineOf(node);
  return {
    host,
    ...(id !== undefined && { id }),
    role: node.role,
    ...(image.kind === "installer" ? { address: node.ip } : firstStart(node, plan, image)),
    mac: macAddressOf(node),
    cores,
    memory,
    disk: Math.ceil(disk / 1024),
    storage,
    images,
    bridge,
    ...(vlan !== undefined && { vlan }),
    ...(mapping !== undefined && { mapping }),
    ...(node.options["mtu"] !== undefined && { mtu: node.options["mtu"] }),
    ...(plan.cluster.traits.diskKeys === "tpm" && { tpm: true }),
    ...((queues !== undefined || xdp) && { queues: queues ?? queuesForXdp(cores) }),
    ...cardsOf(node, plan),
  };
}

/** Of the card that carries its address. */
export const macAddressOf = ({ ip, options }: Pick<Node, "ip" | "options">): string =>
  String(options["mac"] ?? macOf(ip));

/** Whom it lets in. */
export const userOf = ({ options }: Pick<Node, "options">, { user }: CloudImage): string =>
  String(options["sshUser"] ?? user);

/** What cloud-init is told, beside the key of whoever makes the machines. */
function firstStart(node: Node, { stacks }: Plan, image: CloudImage): Data {
  const addresses = stacks.flatMap(({ family, lan, router }) => {
    const ip = ofFamily(node.ips, family);
    if (ip === undefined || lan === undefined) return [];
    return [
      [`ipv${family}`, { address: `${ip}/${lan.value.prefix}`, ...(router && { router: router.value }) }] as const,
    ];
  });
  return { user: userOf(node, image), addresses: Object.fromEntries(addresses) };
}

/** Where the machine takes the tag off itself, the host passes frames of every VLAN on. */
function cardsOf(node: Node, plan: Plan): Data {
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
