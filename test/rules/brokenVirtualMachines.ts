/** Broken machines that the repository makes. */
import { edit, onProxmox, type Case } from "./edits.ts";

export const virtualMachineCases: readonly Case[] = [
  {
    id: "PVE-HOST",
    broken: [edit("host: pve4", "host: pev4")],
    nearMiss: [edit("host: pve4", "host: pve1")],
  },
  {
    id: "PVE-ID",
    broken: [edit("host: pve1", "host: pve1, id: 8001"), edit("host: pve4", "host: pve4, id: 8001")],
    nearMiss: [edit("host: pve1", "host: pve1, id: 8001"), edit("host: pve4", "host: pve4, id: 8002")],
  },
  {
    id: "PVE-MAPPING",
    broken: [edit("host: pve1", "host: pve1, mapping: gpu"), edit("host: pve4", "host: pve1, mapping: gpu")],
    nearMiss: [edit("host: pve1", "host: pve1, mapping: gpu"), edit("host: pve4", "host: pve4, mapping: gpu")],
  },
  {
    id: "PVE-BOND",
    broken: [edit("53, role: worker", "53, role: worker, bond: { interfaces: [ens18, ens19] }")],
    nearMiss: [edit("53, role: worker", "53, role: worker, vlan: 20")],
  },
  {
    id: "PVE-SMALL",
    broken: [edit("host: pve1", "host: pve1, memory: 1GiB, disk: 9GiB")],
    nearMiss: [edit("host: pve1", "host: pve1, memory: 2GiB, disk: 10GiB")],
  },
  {
    id: "PVE-SMALL",
    broken: [...onProxmox("kubeadm"), edit("host: pve4", "host: pve4, memory: 1GiB")],
    nearMiss: [...onProxmox("k3s"), edit("host: pve4", "host: pve4, memory: 1GiB")],
  },
  {
    id: "PVE-CARD",
    broken: [...onProxmox("k3s"), edit("53, role: worker", "53, role: worker, interface: ens18")],
    nearMiss: [...onProxmox("k3s"), edit("53, role: worker", "53, role: worker, interface: eth0")],
  },
  {
    id: "PVE-ARCH",
    broken: [edit("53, role: worker", "53, role: worker, arch: arm64")],
    nearMiss: [edit("53, role: worker", "53, role: worker, arch: amd64")],
  },
];
