import { z } from "zod";

export const clusterOptions = {
  workloadsOnControlPlanes: z
    .boolean()
    .default(true)
    .describe("whether control planes run ordinary pods and announce addresses too")
    .meta({ because: "few homes have machines to spare for control planes alone" }),
} as const;

export const nodeOptions = {
  disk: z
    .string()
    .regex(/^\/dev\/[a-zA-Z0-9/_.:+-]+$/, "expected a disk, like /dev/sda or /dev/nvme0n1")
    .optional()
    .describe("disk that Talos is installed on; everything on it is lost")
    .meta({ kind: "a disk", example: "/dev/nvme0n1" }),
  // IFNAMSIZ is 16 with the final zero byte (Linux, include/uapi/linux/if.h).
  interface: z
    .string()
    .regex(/^[a-zA-Z][a-zA-Z0-9._-]{0,14}$/, "expected the name of an interface, like ens18")
    .optional()
    .describe("network interface that carries the address of the node; `mac` names it as well")
    .meta({ kind: "the name of an interface", example: "ens18" }),
  mac: z
    .string()
    .regex(/^([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}$/, "expected a MAC address, like bc:24:11:62:66:6e")
    .transform((text) => text.toLowerCase())
    .optional()
    .describe("MAC address of the network card that carries the address of the node; takes precedence over `interface`")
    .meta({ kind: "a MAC address", example: "bc:24:11:62:66:6e" }),
} as const;

/** Of one node. That it names its disk and its link, the rules have checked: NODE-DISK, NODE-LINK. */
export interface NodeOptions {
  readonly disk: string;
  readonly interface?: string;
  readonly mac?: string;
}
