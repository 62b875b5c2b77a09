/** Machines as OpenTofu makes them. */
import { pathsOf, replaced, unless, type Check, type Files } from "./check.ts";

const MACHINES = /^infrastructure\/proxmox\/machines\.tf$/;

const text = (files: Files, path: string): string => files.get(path) ?? "";

export const proxmox: readonly Check[] = [
  {
    id: "machines-start-from-a-controller-talos-knows",
    says: "disks hang on a controller that Talos starts from",
    check: (files) =>
      unless(!text(files, "infrastructure/proxmox/machines.tf").includes('"virtio-scsi-single"'), "single"),
    broken: (files) => replaced(files, MACHINES, '"virtio-scsi-pci"', '"virtio-scsi-single"'),
  },
  {
    id: "machines-have-their-agent-and-all-their-memory",
    says: "the guest agent that Proxmox waits for is in the image or brought there, and no memory is lent to others",
    check(files) {
      const machines = text(files, "infrastructure/proxmox/machines.tf");
      if (machines === "") return [];
      const brought = files.has("talos/schematic.yaml")
        ? text(files, "talos/schematic.yaml").includes("siderolabs/qemu-guest-agent")
        : /^ *for package in .*\bqemu-guest-agent\b/m.test(text(files, "bootstrap/vms.sh"));
      return [...unless(brought, "no agent"), ...unless(/^ *floating *= 0$/m.test(machines), "memory is lent")];
    },
    broken: [
      (files) => replaced(files, MACHINES, "floating  = 0", "floating  = 1024"),
      (files) =>
        files.has("infrastructure/proxmox/machines.tf")
          ? replaced(files, /^talos\/schematic\.yaml$/, "siderolabs/qemu-guest-agent", "siderolabs/iscsi-tools")
          : files,
      (files) => replaced(files, /^bootstrap\/vms\.sh$/, "curl qemu-guest-agent;", "curl;"),
    ],
  },
  {
    id: "cards-are-in-one-vlan",
    says: "cards have at most one VLAN and no trunks, which only some bridges can",
    check: (files) =>
      unless(!/^ *trunks *=/m.test(text(files, "infrastructure/proxmox/machines.tf")), "a card has trunks"),
    broken: (files) => replaced(files, MACHINES, /^( *)bridge( *)=/m, '$1trunks$2= "10;20"\n$1bridge$2='),
  },
  {
    id: "resources-of-the-provider-are-current",
    says: "machines and images are of resources the provider keeps",
    check: (files) =>
      pathsOf(files, /^infrastructure\/.*\.tf$/).flatMap((path) =>
        unless(!/"(proxmox_vm|proxmox_virtual_environment_download_file)"/.test(text(files, path)), path),
      ),
    broken: (files) =>
      replaced(
        files,
        /^infrastructure\/proxmox\/image\.tf$/,
        'resource "proxmox_download_file"',
        'resource "proxmox_virtual_environment_download_file"',
      ),
  },
];
