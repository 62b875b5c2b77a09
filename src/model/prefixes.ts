/** Ranges as the networks they are made of: routers, and pools that are networks, know nothing else. */
import { bits, fromNumber, type IpRange } from "./address.ts";

export type Prefix = {
  /** `10.50.0.0/24` */
  readonly text: string;
  /** Length of one address, where the network holds more than one. */
  readonly hostLength: number | null;
};

/** The fewest networks that have all addresses of the range and no other. */
export function prefixesOf({ first, last, family }: Pick<IpRange, "family" | "first" | "last">): readonly Prefix[] {
  const prefixes: Prefix[] = [];
  const total = bits(family);
  for (let at = first; at <= last;) {
    const host = largestAt(at, last - at + 1n, total);
    prefixes.push({ text: `${fromNumber(at, family)}/${total - host}`, hostLength: host === 0 ? null : total });
    at += 1n << BigInt(host);
  }
  return prefixes;
}

/** Bits of the largest network that begins at an address and has no more than that many. */
function largestAt(at: bigint, count: bigint, total: number): number {
  let host = 0;
  while (host < total && at % (1n << BigInt(host + 1)) === 0n && 1n << BigInt(host + 1) <= count) host += 1;
  return host;
}
