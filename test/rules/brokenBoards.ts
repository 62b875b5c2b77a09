/** Boards, as changes of the reference network. */
import { edit, ON_BARE_METAL, ON_K3S, type Case, type Edit } from "./edits.ts";

/** The same network on Raspberry Pis, with Talos. */
export const ON_BOARDS: readonly Edit[] = [
  edit("hardware: proxmox", "hardware: raspberry-pi\n  nodeDefaults: { interface: end0, disk: /dev/mmcblk0 }\n  #"),
  ...[1, 2, 3, 4].map((host) => edit(`, proxmox: { host: pve${host} }`, "")),
];

const k3sOnBoards = (defaults: string): readonly Edit[] => [
  ...ON_K3S,
  edit("hardware: bare-metal", `hardware: raspberry-pi\n  nodeDefaults: { ${defaults} }\n  `),
  // One server, so that nothing else is said of it.
  edit("    talos-cp-2: { ip: 172.16.1.51, role: control-plane }\n", ""),
  edit("    talos-cp-3: { ip: 172.16.1.52, role: control-plane }\n", ""),
];

const observed = (text: string) => edit("dns:\n", `observability: { ${text} }\n\ndns:\n`);

const ON_DISKS = [observed("prometheus: true"), edit("dns:\n", "storage: { local-path: true }\n\ndns:\n")];

const NATIVE = edit("mode: dsr", "mode: dsr, acceleration: native");

export const boardCases: readonly Case[] = [
  {
    id: "PI-01",
    broken: k3sOnBoards("os: raspberry-pi-os"),
    nearMiss: k3sOnBoards("os: ubuntu"),
  },
  {
    id: "PI-01",
    broken: [...k3sOnBoards("os: raspberry-pi-os"), edit("provider: envoy-gateway", "provider: cilium")],
    nearMiss: [...k3sOnBoards("os: debian"), edit("provider: envoy-gateway", "provider: cilium")],
  },
  {
    id: "NODE-ARCH",
    broken: [...ON_BOARDS, edit("53, role: worker", "53, role: worker, arch: amd64")],
    nearMiss: [...ON_BOARDS, edit("53, role: worker", "53, role: worker, arch: arm64")],
  },
  {
    id: "NODE-IMAGE",
    broken: [...ON_BOARDS, edit("53, role: worker", "53, role: worker, hardware: bare-metal, arch: amd64")],
    nearMiss: [
      ...k3sOnBoards("os: ubuntu"),
      edit("53, role: worker", "53, role: worker, hardware: bare-metal, arch: amd64, gpu: nvidia"),
    ],
  },
  {
    id: "NODE-SIGNED",
    broken: [...ON_BOARDS, edit("  pods: ", "  secureBoot: true\n  pods: ")],
    nearMiss: [edit("  pods: ", "  secureBoot: true\n  pods: ")],
  },
  {
    id: "NODE-SIGNED",
    broken: [...ON_BOARDS, edit("  pods: ", "  diskEncryption: node-id\n  pods: ")],
    nearMiss: [edit("  pods: ", "  diskEncryption: node-id\n  pods: ")],
  },
  {
    id: "NODE-GPU",
    broken: [...ON_BOARDS, edit("53, role: worker", "53, role: worker, gpu: amd")],
    nearMiss: [edit("53, role: worker", "53, role: worker, gpu: amd")],
  },
  {
    id: "NODE-GPU",
    broken: [...ON_BARE_METAL, edit("53, role: worker", "53, role: worker, arch: arm64, gpu: intel")],
    nearMiss: [...ON_BARE_METAL, edit("53, role: worker", "53, role: worker, arch: arm64, gpu: nvidia")],
  },
  {
    id: "NODE-SEALED",
    broken: [edit("  pods: ", "  diskEncryption: tpm\n  pods: ")],
    nearMiss: [edit("  pods: ", "  secureBoot: true\n  diskEncryption: tpm\n  pods: ")],
  },
  {
    id: "NODE-WORKLOADS",
    broken: [
      edit("hardware: proxmox", "hardware: proxmox\n  workloadsOnControlPlanes: false\n  #"),
      edit("53, role: worker", "53, role: worker, gpu: nvidia"),
    ],
    nearMiss: [edit("53, role: worker", "53, role: worker, gpu: nvidia")],
  },
  {
    id: "XDP-BOARD",
    broken: [...ON_BOARDS, NATIVE],
    nearMiss: [...ON_BOARDS, edit("mode: dsr", "mode: dsr, acceleration: best-effort")],
  },
];

export const boardWarnings: readonly Case[] = [
  {
    id: "MEMORY-SHORT",
    broken: [...ON_BARE_METAL, edit("interface: ens18", "memory: 2GiB, interface: ens18"), ...ON_DISKS],
    nearMiss: [...ON_BARE_METAL, edit("interface: ens18", "memory: 3GiB, interface: ens18"), ...ON_DISKS],
  },
  {
    id: "MEMORY-SHORT",
    broken: [edit("proxmox: { host: pve4 }", "proxmox: { host: pve4, memory: 1GiB }"), observed("nodeExporter: true")],
    nearMiss: [edit("proxmox: { host: pve4 }", "proxmox: { host: pve4, memory: 1GiB }")],
  },
  {
    id: "TAL-11",
    broken: [...ON_BOARDS, edit("nodeDefaults: {", "nodeDefaults: { model: pi5,")],
    nearMiss: [...ON_BOARDS, edit("nodeDefaults: {", "nodeDefaults: { model: pi4,")],
  },
];
