import { z } from "zod";
import type { Traits } from "../../model/traits.ts";
import { interfaceName } from "../interfaceName.ts";
import { etcdSnapshotsByPods, rotateServerCertificates, workloadsOnControlPlanes } from "../clusterOptions.ts";

export const clusterOptions = {
  workloadsOnControlPlanes: workloadsOnControlPlanes(),
  extensions: z
    .array(
      z
        .string()
        .regex(/^siderolabs\/[a-z0-9][a-z0-9.-]*$/, "expected an official extension, like siderolabs/iscsi-tools")
        .meta({ kind: "an official extension of Talos", example: "siderolabs/iscsi-tools" }),
    )
    .default([])
    .describe("official extensions of Talos that are in the image of every machine")
    .meta({ because: "Talos alone runs Kubernetes", example: ["siderolabs/iscsi-tools"] }),
  rotateServerCertificates: rotateServerCertificates(),
  etcdSnapshots: etcdSnapshotsByPods(),
  secureBoot: z
    .boolean()
    .default(false)
    .describe("whether machines start only what the makers of Talos signed; decided before Talos is installed on them")
    .meta({ because: "every machine starts without a visit to its firmware" }),
  diskEncryption: z
    .enum(["none", "node-id", "tpm"])
    .default("none")
    .describe(
      "how what Talos and pods write to the disk is encrypted\nnone: not at all\nnode-id: by the number of the machine, against disks that leave it\ntpm: by a key in its TPM, against everybody who starts something else on it",
    )
    .meta({ because: "it is decided before Talos is installed, and costs time on every write" }),
} as const;

/** As a trait; that of a cluster without keys has none. */
export function diskKeysOf(options: Readonly<Record<string, unknown>>): Pick<Traits, "diskKeys"> {
  const chosen = options["diskEncryption"];
  return chosen === "tpm" || chosen === "node-id" ? { diskKeys: chosen } : {};
}

const pattern = (description: string, example: string) =>
  z.string().min(1).max(100).optional().describe(description).meta({ kind: "text; `*` stands for anything", example });

export const nodeOptions = {
  disk: z
    .string()
    .regex(/^\/dev\/[a-zA-Z0-9/_.:+-]+$/, "expected a disk, like /dev/sda or /dev/nvme0n1")
    .optional()
    .describe("disk that Talos is installed on; everything on it is lost")
    .meta({ kind: "a disk", example: "/dev/nvme0n1" }),
  diskSelector: z
    .strictObject({
      size: z
        .string()
        .regex(/^(==|<=|>=|<|>)? ?\d+ ?(MB|GB|TB)$/, "expected a comparison, like <= 1TB")
        .optional()
        .describe("size, compared")
        .meta({ kind: "a comparison", example: "<= 1TB" }),
      type: z.enum(["ssd", "hdd", "nvme", "sd"]).optional().describe("kind of disk").meta({ example: "nvme" }),
      model: pattern("model, as `talosctl get disks` shows it", "Samsung*"),
      serial: pattern("serial number", "S3Z*"),
      wwid: pattern("World Wide Identifier", "eui.0025*"),
      busPath: pattern("place on the bus", "/pci0000:00/*"),
    })
    .optional()
    .describe("disk that Talos is installed on, by what it is; takes precedence over `disk`")
    .meta({ example: { type: "nvme" } }),
  interface: interfaceName()
    .optional()
    .describe("network interface that carries the address of the node; `mac` names it as well"),
  mac: z
    .string()
    .regex(/^([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}$/, "expected a MAC address, like bc:24:11:62:66:6e")
    .transform((text) => text.toLowerCase())
    .optional()
    .describe("MAC address of the network card that carries the address of the node; takes precedence over `interface`")
    .meta({ kind: "a MAC address", example: "bc:24:11:62:66:6e" }),
  bond: z
    .strictObject({
      interfaces: z.array(interfaceName()).min(1).describe("network cards that become one link"),
      // Talos 1.13, BondConfig: the modes of the bonding driver.
      mode: z
        .enum(["active-backup", "802.3ad", "balance-xor", "balance-rr", "balance-tlb", "balance-alb", "broadcast"])
        .default("active-backup")
        .describe("how they share the work; 802.3ad needs a switch that knows of it")
        .meta({ because: "it works with every switch" }),
    })
    .optional()
    .describe("several network cards as one link that carries the address; takes precedence over `interface` and `mac`")
    .meta({ example: { interfaces: ["eno1", "eno2"] } }),
  vlan: z
    .int()
    .min(1)
    .max(4094)
    .optional()
    .describe("VLAN whose frames the node tags itself, where the switch hands them out tagged")
    .meta({ example: 20 }),
  // 1280 is the least IPv6 works with (RFC 8200 §5); 9000 is what cards and switches for jumbo frames agree on.
  mtu: z
    .int()
    .min(1280)
    .max(9000)
    .optional()
    .describe("largest packet of the link; every switch and card on the way must take it")
    .meta({ example: 9000 }),
} as const;

/** Of one node. That it names its disk and its link, the rules have checked: NODE-DISK, NODE-LINK. */
export interface NodeOptions {
  readonly disk?: string;
  readonly diskSelector?: Readonly<Record<string, string>>;
  readonly interface?: string;
  readonly mac?: string;
  readonly bond?: { readonly interfaces: readonly string[]; readonly mode: string };
  readonly vlan?: number;
  readonly mtu?: number;
}
