import { toNumber, type Ip } from "../../model/address.ts";

/**
 * A MAC address for the VM with this address: the prefix of Proxmox (IEEE registry, BC:24:11 Proxmox Server Solutions) and
 * the last three bytes of the address, which no two machines of a LAN share. The same address gives the same MAC address for
 * ever: reservations of the router and the configuration of the machine rest on it.
 */
export const macOf = (ip: Ip): string => ["bc", "24", "11", ...lastBytes(ip)].join(":");

/**
 * Of a card beside the first one: the prefix as an address that is administered here (IEEE 802, second bit of the first
 * byte), and a number where the manufacturer's ends, so that it is nobody else's.
 */
export const macOfCard = (ip: Ip, index: number): string =>
  ["be", "24", (0x11 + index).toString(16), ...lastBytes(ip)].join(":");

const lastBytes = (ip: Ip): readonly string[] =>
  [16n, 8n, 0n].map((shift) => ((toNumber(ip) >> shift) & 0xffn).toString(16).padStart(2, "0"));
