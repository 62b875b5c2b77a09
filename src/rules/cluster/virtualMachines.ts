/** Machines the repository makes. Hardware that makes some says so (`Platform.machines`); no rule asks which it is. */
import type { VirtualMachine as Made } from "../../model/machines.ts";
import type { Node, Plan } from "../../model/plan.ts";
import { suggest } from "../../model/suggest.ts";
import type { Rule } from "../rule.ts";

type VirtualMachine = Made & { readonly node: Node };

export const virtualMachines = ({ nodes }: Plan): readonly VirtualMachine[] =>
  nodes.flatMap((node) => (node.made === undefined ? [] : [{ ...node.made, node }]));

export const keyOf = ({ node, key }: VirtualMachine, option: string): string =>
  `cluster.nodes.${node.name}.${key}.${option}`;

export const hostKnown: Rule = {
  id: "PVE-HOST",
  severity: "error",
  title: "the Proxmox host of a machine is a host of the LAN",
  because: "The machines are made through the API of a host, and without its address nothing can reach it.",
  source: "Proxmox VE documentation, Proxmox VE API: https on port 8006 of each host",
  *check(plan) {
    const names = plan.lan.hosts.map(({ name }) => name);
    const machines = virtualMachines(plan);
    for (const host of new Set(machines.map((machine) => machine.host))) {
      if (names.some((name) => name === host)) continue;
      const ones = machines.filter((machine) => machine.host === host);
      const near = suggest(host, names);
      yield {
        message: `${host} is to run ${ones.map(({ node }) => node.name).join(", ")} and is no host of the LAN`,
        paths: [...ones.map((machine) => keyOf(machine, "host")), "lan.hosts"],
        fix: near === undefined ? `its address as lan.hosts.${host}` : `did you mean ${near}?`,
      };
    }
  },
};

export const oneId: Rule = {
  id: "PVE-ID",
  severity: "error",
  title: "no two virtual machines have one number",
  because: "A number stands for one VM in a Proxmox cluster: the second is refused when it is made.",
  source: "Proxmox VE documentation, qm(1), vmid",
  *check(plan) {
    const seen = new Map<number, VirtualMachine>();
    for (const machine of virtualMachines(plan)) {
      if (machine.id === undefined) continue;
      const other = seen.get(machine.id);
      if (other !== undefined)
        yield {
          message: `${other.node.name} and ${machine.node.name} are both VM ${machine.id}`,
          paths: [keyOf(machine, "id"), keyOf(other, "id")],
          fix: "a number of its own for each, or none: Proxmox then takes the next free one",
        };
      seen.set(machine.id, machine);
    }
  },
};

export const oneDevice: Rule = {
  id: "PVE-MAPPING",
  severity: "error",
  title: "a device of a host belongs to one virtual machine",
  because: "A device is handed over whole: the second VM that has it does not start as long as the first one runs.",
  source: "Proxmox VE documentation, PCI(e) Passthrough; bpg/proxmox 0.111.1, proxmox_virtual_environment_vm, hostpci",
  *check(plan) {
    const seen = new Map<string, VirtualMachine>();
    for (const machine of virtualMachines(plan)) {
      if (machine.mapping === undefined) continue;
      const device = `${machine.mapping} of ${machine.host}`;
      const other = seen.get(device);
      if (other !== undefined)
        yield {
          message: `${other.node.name} and ${machine.node.name} are both to have ${device}`,
          paths: [keyOf(machine, "mapping"), keyOf(other, "mapping")],
          fix: "one of them without, or on another host; two devices of one host are two mappings",
        };
      seen.set(device, machine);
    }
  },
};

export const oneCard: Rule = {
  id: "PVE-BOND",
  severity: "error",
  title: "a virtual machine has one network card",
  because: "The VM is made with one card, and a bond of cards it has not would leave it without an address.",
  source: "Proxmox VE documentation, Linux Bond: the host bonds its cards below the bridge",
  *check(plan) {
    const bonded = virtualMachines(plan).filter(({ node }) => node.options["bond"] !== undefined);
    if (bonded.length === 0) return;
    yield {
      message: `${bonded.map(({ node }) => node.name).join(", ")} bonds network cards, and is a virtual machine`,
      paths: bonded.map(({ node }) => `cluster.nodes.${node.name}.bond`),
      fix: "no bond here; bond the cards of the host below its bridge",
    };
  },
};

export const cardAsMade: Rule = {
  id: "PVE-CARD",
  severity: "error",
  title: "a virtual machine is told of the network card that it has",
  because: "How the machine is made decides what it calls its card, and what is told of another one finds none.",
  source:
    "Proxmox VE, PVE::QemuServer::Cloudinit, nocloud_network; cloud-init documentation, Networking config Version 1",
  *check(plan) {
    const others = virtualMachines(plan).filter(
      ({ card, node }) => card !== undefined && node.options["interface"] !== card,
    );
    const [first] = others;
    if (first === undefined) return;
    const names = others.map(({ node }) => node.name).join(", ");
    yield {
      message: `${names} ${others.length === 1 ? "is" : "are"} to have ${String(first.node.options["interface"])}, and ${others.length === 1 ? "is" : "are"} made with ${first.card}`,
      paths: others.map(({ node }) => `cluster.nodes.${node.name}.interface`),
      fix: `no interface: at all, or ${first.card}`,
    };
  },
};

export const archAsMade: Rule = {
  id: "PVE-ARCH",
  severity: "error",
  title: "a virtual machine has the processor of its host",
  because: "It starts from an image for that processor, and would be given programs for another one.",
  source: "Proxmox VE documentation, System Requirements: 64 bits of Intel or AMD",
  *check(plan) {
    for (const { node, arch } of virtualMachines(plan)) {
      if (node.traits.arch === arch) continue;
      yield {
        message: `${node.name} is made for ${arch}, and its arch is ${node.traits.arch}`,
        paths: [`cluster.nodes.${node.name}.arch`],
        fix: "leave arch out, or cluster.hardware: bare-metal for machines you start yourself",
      };
    }
  },
};

const GIB = 1024;

const sizeText = (mebibytes: number): string => (mebibytes < GIB ? `${mebibytes}MiB` : `${mebibytes / GIB}GiB`);

export const largeEnough: Rule = {
  id: "PVE-SMALL",
  severity: "error",
  title: "a virtual machine is as large as its distribution asks",
  because: "With less the API server or etcd is killed for memory, or the images of Kubernetes do not fit.",
  source:
    "Talos documentation, System Requirements; K3s documentation, Requirements; Kubernetes documentation, Installing kubeadm",
  *check(plan) {
    for (const machine of virtualMachines(plan)) {
      const { node, memory, cores, disk, least } = machine;
      const short = [
        ...(memory < least.memory ? [{ key: "memory", text: `${sizeText(least.memory)} of memory` }] : []),
        ...(cores < least.cores ? [{ key: "cores", text: `${least.cores} cores` }] : []),
        ...(disk < least.disk ? [{ key: "disk", text: `a disk of ${sizeText(least.disk)}` }] : []),
      ];
      if (short.length === 0) continue;
      const wanted = short.map(({ text }) => text).join(" and ");
      yield {
        message: `${node.name} is too small: a ${node.role.replace("-", " ")} needs at least ${wanted}`,
        paths: short.map(({ key }) => keyOf(machine, key)),
        fix: short
          .map(({ key, text }) => `${machine.key}.${key}: ${/\d+([MG]iB)?/.exec(text)?.[0]} or more`)
          .join(", "),
      };
    }
  },
};

export const spread: Rule = {
  id: "PVE-SPREAD",
  severity: "warning",
  title: "control planes run on several hosts",
  because:
    "The cluster has several of them to survive the loss of a machine; on one host they are all lost with it, and a single one would do.",
  source: "etcd documentation, FAQ: failure tolerance",
  *check(plan) {
    const planes = virtualMachines(plan).filter(({ node }) => node.role === "control-plane");
    const [first] = planes;
    if (first === undefined || planes.length < 2 || planes.some(({ host }) => host !== first.host)) return;
    yield {
      message: `all ${planes.length} control planes run on ${first.host}`,
      paths: planes.map((machine) => keyOf(machine, "host")),
      fix: "another host for each, or one control plane and workers",
    };
  },
};

export const queuesForDriver: Rule = {
  id: "XDP-02",
  severity: "warning",
  title: "a card that handles packets in its driver has two queues for each CPU",
  because:
    "virtio_net sends such packets from queues of their own: with fewer it takes turns under a lock, or attaches nothing and the Cilium agent stops.",
  source: "Linux drivers/net/virtio_net.c, virtnet_xdp_set; Cilium documentation, XDP Acceleration",
  *check(plan) {
    if (plan.cluster.podNetwork.driver !== "native") return;
    for (const machine of virtualMachines(plan)) {
      const { node, queues, cores, queuesForDriver: enough } = machine;
      if (queues === undefined || queues >= enough) continue;
      yield {
        message: `the card of ${node.name} has ${queues} queues for ${cores} CPUs, and acceleration is native`,
        paths: [keyOf(machine, "queues"), "cni.loadBalancing.acceleration"],
        fix: `no queues: at all, which gives it ${enough}, or acceleration: best-effort`,
      };
    }
  },
};
