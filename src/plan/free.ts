/** Free addresses of a LAN: what is taken, and the first gap that is wide enough. */
import {
  contains,
  firstIp,
  offset,
  overlaps,
  parseCidr,
  parseRange,
  rangeOf,
  reservedIn,
  size,
  toNumber,
  type Cidr,
  type Family,
  type Ip,
  type IpRange,
} from "../model/address.ts";

export interface Taken {
  readonly ips: ReadonlySet<Ip>;
  readonly ranges: readonly IpRange[];
}

// A home LAN is at most a /16; beyond that a person writes the addresses down rather than having them searched.
const SEARCHED = 65_536;

export function isFree(ip: Ip, lan: Cidr, taken: Taken): boolean {
  return (
    contains(lan, ip) &&
    !reservedIn(lan).includes(ip) &&
    !taken.ips.has(ip) &&
    !taken.ranges.some((range) => contains(range, ip))
  );
}

/** `count` consecutive free addresses, the first at or after `from`; wraps around to the start of the LAN once. */
export function freeBlock(count: number, lan: Cidr, taken: Taken, from: Ip = firstIp(lan)): IpRange | undefined {
  const total = Number(size(lan) < BigInt(SEARCHED) ? size(lan) : BigInt(SEARCHED));
  const start = Number(toNumber(from) - lan.first);
  const candidates = [...steps(start, total), ...steps(0, Math.min(start, total))];
  for (const step of candidates) {
    const first = offset(firstIp(lan), step);
    const last = offset(first, count - 1);
    if (contains(lan, last) && block(first, count).every((ip) => isFree(ip, lan, taken))) return rangeOf(first, last);
  }
  return undefined;
}

/** The first free address of a pool that nothing else has. */
export function freeInPool(pool: IpRange, taken: ReadonlySet<Ip>): Ip | undefined {
  for (let step = 0; step < Math.min(Number(size(pool)), SEARCHED); step++) {
    const ip = offset(firstIp(pool), step);
    if (!taken.has(ip)) return ip;
  }
  return undefined;
}

/** Next address whose last octet is a multiple of ten, as people like to number things. */
export function roundUp(ip: Ip): Ip {
  const last = Number(toNumber(ip) % 256n);
  const step = (10 - (last % 10)) % 10;
  return offset(ip, step);
}

// Private (RFC 1918, RFC 4193), small beside a house, and in no common router's factory settings.
const ROUTED = [
  "10.50.0.0/24",
  "10.60.0.0/24",
  "172.30.50.0/24",
  "192.168.250.0/24",
  "fd00:10:0:5000::/112",
  "fd00:10:0:5100::/112",
].map((text) => parseCidr(text) as Cidr);

/** A network for addresses that routers are told the way to: nobody else's, and no part of a LAN. */
export const routedNetwork = (family: Family, used: readonly (IpRange | Cidr)[]): Cidr | undefined =>
  ROUTED.find((network) => network.family === family && !used.some((other) => overlaps(network, other)));

export const singleRange = (ip: Ip): IpRange => parseRange(ip) as IpRange;

const block = (first: Ip, count: number): readonly Ip[] =>
  Array.from({ length: count }, (_, step) => offset(first, step));

const steps = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
