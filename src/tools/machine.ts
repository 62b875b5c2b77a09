/** What this machine knows of the network it is on. Only ever proposed in a question. */
import { networkInterfaces } from "node:os";
import { parseCidr } from "../model/address.ts";

// Bridges and tunnels of Docker, Kubernetes, VPNs and virtual machines: networks of the machine, not of the house.
const NOT_A_LAN =
  /^(docker|br-|veth|cni|flannel|cilium|lxc|cali|virbr|vmnet|vboxnet|tailscale|ts|wg|tun|tap|zt|utun|bridge)/;
// Docker's default bridge and the NAT of WSL: private, and nobody's LAN.
const VIRTUAL = /^(172\.17\.|172\.(1[89]|2\d|3[01])\.\d+\.\d+\/20$)/;
const PRIVATE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/;

export interface FoundLan {
  readonly cidr: string;
  readonly interfaceName: string;
}

export function lanOfMachine(
  interfaces: ReturnType<typeof networkInterfaces> = networkInterfaces(),
): FoundLan | undefined {
  for (const [interfaceName, addresses] of Object.entries(interfaces)) {
    if (NOT_A_LAN.test(interfaceName)) continue;
    for (const { family, internal, cidr } of addresses ?? []) {
      if (internal || family !== "IPv4" || cidr === null || !PRIVATE.test(cidr) || VIRTUAL.test(cidr)) continue;
      const network = parseCidr(cidr);
      if (network !== undefined && network.prefix < 31) return { cidr: network.text, interfaceName };
    }
  }
  return undefined;
}
