import { toNumber, type Ip } from "../../model/address.ts";

/**
 * A MAC address for the VM with this address: the prefix of Proxmox (IEEE registry, BC:24:11 Proxmox Server Solutions) and
 * the last three bytes of the address, which no two machines of a LAN share. The same address gives the same MAC address for
 * ever: reservations of the router and the configuration of the machine rest on it.
 */
export function macOf(ip: Ip): string {
  const bytes = [16n, 8n, 0n].map((shift) => (toNumber(ip) >> shift) & 0xffn);
  return ["bc", "24", "11", ...bytes.map((byte) => byte.toString(16).padStart(2, "0"))].join(":");
}
