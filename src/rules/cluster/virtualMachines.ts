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

const GIB = 1024;

// Talos 1.13 documentation, System Requirements: minimum.
const LEAST = {
  "control-plane": { memory: 2 * GIB, cores: 2, disk: 10 * GIB },
  worker: { memory: GIB, cores: 1, disk: 10 * GIB },
} as const;

export const largeEnough: Rule = {
  id: "PVE-SMALL",
  severity: "error",
  title: "a virtual machine is as large as Talos asks",
  because: "With less the API server or etcd is killed for memory, or the images of Kubernetes do not fit.",
  source: "Talos documentation, System Requirements",
  *check(plan) {
    for (const machine of virtualMachines(plan)) {
      const { node, memory, cores, disk } = machine;
      const least = LEAST[node.role];
      const short = [
        ...(memory < least.memory ? [{ key: "memory", text: `${least.memory / GIB}GiB of memory` }] : []),
        ...(cores < least.cores ? [{ key: "cores", text: `${least.cores} cores` }] : []),
        ...(disk < least.disk ? [{ key: "disk", text: `a disk of ${least.disk / GIB}GiB` }] : []),
      ];
      if (short.length === 0) continue;
      const wanted = short.map(({ text }) => text).join(" and ");
      yield {
        message: `${node.name} is too small: a ${node.role.replace("-", " ")} needs at least ${wanted}`,
        paths: short.map(({ key }) => keyOf(machine, key)),
        fix: short.map(({ key, text }) => `${machine.key}.${key}: ${/\d+(GiB)?/.exec(text)?.[0]} or more`).join(", "),
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
