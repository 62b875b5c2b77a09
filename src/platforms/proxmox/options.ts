/** What a node says about its VM. Defaults and limits: Proxmox VE documentation, qm(1); provider bpg/proxmox 0.111. */
import { z } from "zod";
import { labelField } from "../../fields/fields.ts";
import { sizeField } from "../../fields/size.ts";

const storage = (description: string, because: string, standard: string) =>
  z
    .string()
    .regex(/^[a-zA-Z][a-zA-Z0-9._-]*[a-zA-Z0-9]$/, "expected the name of a storage, like local-lvm")
    .default(standard)
    .describe(description)
    .meta({ kind: "the name of a storage", because });

const machine = z
  .strictObject({
    host: labelField({ description: "Proxmox host the VM runs on, by its name in lan.hosts", example: "pve1" }),
    id: z
      .int()
      .min(100)
      .max(999_999_999)
      .optional()
      .describe("number of the VM; Proxmox takes the next free one without it")
      .meta({ example: 8001 }),
    cores: z.int().min(1).max(512).default(4).describe("virtual CPUs").meta({ because: "most hosts have as many" }),
    memory: sizeField({
      description: "memory of the VM, all of it reserved",
      because: "control planes want four, and apps as much again",
    }).prefault("8GiB"),
    disk: sizeField({
      description: "size of its disk; it can grow later and never shrink",
      because: "images and logs fill half of it in a year",
    }).prefault("64GiB"),
    storage: storage("storage of its disk", "it is there after the installation of Proxmox", "local-lvm"),
    images: storage(
      "storage of the image it is started from; takes ISO images, or images to import where it has a Linux",
      "it is there after the installation of Proxmox",
      "local",
    ),
    // IFNAMSIZ less the final zero byte, as for every interface of Linux.
    bridge: z
      .string()
      .regex(/^[a-zA-Z][a-zA-Z0-9._-]{0,14}$/, "expected the name of a bridge, like vmbr0")
      .default("vmbr0")
      .describe("bridge of the host that its network card is on")
      .meta({ kind: "the name of a bridge", because: "it is there after the installation of Proxmox" }),
    vlan: z
      .int()
      .min(1)
      .max(4094)
      .optional()
      .describe("VLAN that Proxmox puts the card in; the VM sees none of it")
      .meta({ example: 20 }),
    queues: z
      .int()
      .min(1)
      .max(64)
      .optional()
      .describe("queues of the network card; twice the virtual CPUs where packets are handled in the driver, else one")
      .meta({ example: 8 }),
    mapping: z
      .string()
      // Names of Proxmox VE's configuration (pve-common, pve-configid).
      .regex(/^[a-zA-Z][a-zA-Z0-9_-]{1,63}$/, "expected the name of a resource mapping, like gpu")
      .optional()
      .describe(
        "PCI device of the host that the VM is made with, such as a graphics card: a resource mapping of Proxmox",
      )
      .meta({ kind: "the name of a resource mapping", example: "gpu" }),
  })
  .describe("the virtual machine");

export const nodeOptions = { proxmox: machine } as const;

/** Sizes in MiB. */
export type VirtualMachine = z.output<typeof machine>;
