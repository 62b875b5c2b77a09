/**
 * Virtual machines on Proxmox VE, described for OpenTofu and the provider bpg/proxmox. The machines are data, the files
 * around them are the same in every network. Nothing secret is written: the API token is read from the environment.
 */
import type { Platform } from "../model/platform.ts";
import { proxmoxFiles } from "./proxmox/files.ts";
import { life } from "./proxmox/life.ts";
import { macAddressOf, queuesForXdp, virtualMachineOf } from "./proxmox/machines.ts";
import { macOf, macOfCard } from "./proxmox/mac.ts";
import { nodeOptions } from "./proxmox/options.ts";

/**
 * Proxmox tells cloud-init to call the card that (PVE::QemuServer::Cloudinit, nocloud_network: `name: eth$id` beside its MAC
 * address), and cloud-init renames it (cloud-init documentation, Networking config Version 1, physical).
 */
const FIRST_CARD = "eth0";

export const proxmox: Platform = {
  id: "proxmox",
  role: "hardware",
  title: "Virtual machines on Proxmox",
  summary: "made by OpenTofu from the files of the repository, on one host or on several of one Proxmox cluster",
  pins: ["opentofu", "proxmox-provider"],
  clusterOptions: {},
  nodeOptions,
  questions: [
    {
      key: "proxmox.host",
      flag: "proxmox-hosts",
      value: "NAME,…",
      label: "Proxmox hosts they run on  (NAME, …; dealt out in turn)",
      summary: "hosts by their names in --taken; machines are placed on them in turn",
      standIn: "pve",
      ofOne: "Proxmox host it runs on",
      inTurn: true,
    },
  ],
  life,
  machines: {
    starts: ["installer", "cloud-image"],
    options: ({ ip }, image) =>
      image.kind === "cloud-image"
        ? { interface: FIRST_CARD, sshUser: image.user }
        : // The first disk of a VirtIO SCSI controller; the card is found by an address that is given to it, because its
          // name depends on machine type (systemd.net-naming-scheme).
          { disk: "/dev/sda", mac: macOf(ip) },
    made: (machine, names, image) => {
      const { host, id, cores, memory, disk, vlan, queues, mapping } = virtualMachineOf(machine);
      const cards = names.map((name, index) => ({ name, mac: macOfCard(machine.ip, index) }));
      return {
        key: "proxmox",
        host,
        id,
        mapping,
        cores,
        memory,
        disk,
        // Proxmox VE documentation, System Requirements; so are the images.
        arch: "amd64",
        least: image.least[machine.role],
        mac: macAddressOf(machine),
        card: image.kind === "cloud-image" ? FIRST_CARD : undefined,
        vlan,
        queues,
        queuesForDriver: queuesForXdp(cores),
        cards,
      };
    },
    because: "the VM is made with it",
    knows: ["disk", "interface"],
    configDrive: true,
    guestAgent: "qemu",
    page: "proxmox.md",
  },
  files: proxmoxFiles,
  early: () => [],
};
