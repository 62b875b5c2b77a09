/**
 * Addresses as values. Only importer of ip-address. An `Ip` is a canonical string (`172.16.1.60`, `fd00::1`),
 * so it can be printed and compared as it is; arithmetic goes through the functions below.
 */
import { Address4, Address6 } from "ip-address";
import type { Branded } from "./names.ts";

export type Ip = Branded<string, "Ip">;
export type Family = 4 | 6;

/** A network without host bits, and how the user wrote it. */
export interface Cidr {
  readonly family: Family;
  readonly prefix: number;
  /** Canonical text, `172.16.1.0/24`. */
  readonly text: string;
  readonly first: bigint;
  readonly last: bigint;
}

/** Inclusive range: `172.16.1.60-172.16.1.69`, a CIDR or one address. */
export interface IpRange {
  readonly family: Family;
  readonly text: string;
  readonly first: bigint;
  readonly last: bigint;
}

type Interval = Pick<IpRange, "family" | "first" | "last">;

function parseAny(text: string): Address4 | Address6 | undefined {
  // ip-address throws on what it cannot read, and takes `010.0.0.1` and zone ids, which nothing else here does.
  if (!/^[0-9a-fA-F:.]+$/.test(text) || /(^|\.)0\d/.test(text)) return undefined;
  try {
    const address = text.includes(":") ? new Address6(text) : new Address4(text);
    return address.parsedSubnet === "" ? address : undefined;
  } catch {
    return undefined;
  }
}

const canonical = (address: Address4 | Address6): Ip => address.correctForm() as Ip;

export const familyOf = (ip: Ip): Family => (ip.includes(":") ? 6 : 4);
export const bits = (family: Family): number => (family === 4 ? 32 : 128);

/** One address, without prefix length or zone. */
export function parseIp(text: string): Ip | undefined {
  const address = parseAny(text);
  return address && canonical(address);
}

export function toNumber(ip: Ip): bigint {
  return familyOf(ip) === 4 ? new Address4(ip).bigInt() : new Address6(ip).bigInt();
}

export function fromNumber(value: bigint, family: Family): Ip {
  return canonical(family === 4 ? Address4.fromBigInt(value) : Address6.fromBigInt(value));
}

/**
 * A network. `hostBits` tells whether the text had some (`172.16.1.5/24`): readers refuse those, because
 * kubeadm, Cilium and routers each do something else with them.
 */
export function parseCidr(text: string): (Cidr & { readonly hostBits: boolean }) | undefined {
  const [base, length, ...rest] = text.split("/");
  if (base === undefined || length === undefined || rest.length > 0 || !/^\d{1,3}$/.test(length)) return undefined;
  const ip = parseIp(base);
  const prefix = Number(length);
  if (ip === undefined || prefix > bits(familyOf(ip))) return undefined;
  const family = familyOf(ip);
  const size = 1n << BigInt(bits(family) - prefix);
  const value = toNumber(ip);
  const first = value - (value % size);
  return {
    family,
    prefix,
    text: `${fromNumber(first, family)}/${prefix}`,
    first,
    last: first + size - 1n,
    hostBits: first !== value,
  };
}

/** `a-b`, `a/prefix` or `a`. Both ends of one family, in order. */
export function parseRange(text: string): IpRange | undefined {
  if (text.includes("/")) {
    const cidr = parseCidr(text);
    return cidr === undefined || cidr.hostBits ? undefined : { ...pick(cidr), text: cidr.text };
  }
  const [from, to, ...rest] = text.split("-").map((part) => part.trim());
  const first = from === undefined ? undefined : parseIp(from);
  const last = to === undefined ? first : parseIp(to);
  if (first === undefined || last === undefined || rest.length > 0) return undefined;
  return rangeOf(first, last);
}

/** `undefined` when the ends are of two families or in the wrong order. */
export function rangeOf(from: Ip, to: Ip): IpRange | undefined {
  const family = familyOf(from);
  if (family !== familyOf(to)) return undefined;
  const [first, last] = [toNumber(from), toNumber(to)];
  if (first > last) return undefined;
  return { family, first, last, text: from === to ? from : `${from}-${to}` };
}

const pick = ({ family, first, last }: Interval): Interval => ({ family, first, last });

export const contains = (outer: Interval, ip: Ip): boolean =>
  outer.family === familyOf(ip) && outer.first <= toNumber(ip) && toNumber(ip) <= outer.last;

export const covers = (outer: Interval, inner: Interval): boolean =>
  outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;

export const overlaps = (a: Interval, b: Interval): boolean =>
  a.family === b.family && a.first <= b.last && b.first <= a.last;

export const size = (range: Interval): bigint => range.last - range.first + 1n;

export const firstIp = (range: Interval): Ip => fromNumber(range.first, range.family);
export const lastIp = (range: Interval): Ip => fromNumber(range.last, range.family);

/** `172.16.1.60-69`: the last octet alone where the rest is the same. IPv6 addresses stand in full. */
export function shortRange(range: Interval): string {
  const [first, last]: readonly [Ip, Ip] = [firstIp(range), lastIp(range)];
  if (first === last) return first;
  const [head, tail] = [first.split("."), last.split(".")];
  return head.slice(0, 3).join(".") === tail.slice(0, 3).join(".") ? `${first}-${tail[3]}` : `${first}-${last}`;
}

/** `ip` moved by `steps`; the caller keeps it inside its network. */
export const offset = (ip: Ip, steps: number): Ip => fromNumber(toNumber(ip) + BigInt(steps), familyOf(ip));

/** The n-th address of a network: 1 is the first host. The `kubernetes` Service is 1, cluster DNS by convention 10. */
export const nth = (cidr: Cidr, n: number): Ip => fromNumber(cidr.first + BigInt(n), cidr.family);

/**
 * What no host may have: network and broadcast address of an IPv4 network, the address of all routers of an IPv6 one
 * (Subnet-Router anycast, RFC 4291 §2.6.1). Networks of two addresses or one have none (RFC 3021, RFC 6164).
 */
export function reservedIn(cidr: Cidr): readonly Ip[] {
  if (cidr.prefix >= bits(cidr.family) - 1) return [];
  const first = fromNumber(cidr.first, cidr.family);
  return cidr.family === 6 ? [first] : [first, fromNumber(cidr.last, 4)];
}

/** How many addresses it could have at most, as a power of two. */
export const hostBits = (cidr: Cidr): number => bits(cidr.family) - cidr.prefix;

/** Addresses machines may have, `172.16.1.1-172.16.1.254`. */
export function usable(cidr: Cidr): IpRange {
  const [network, broadcast] = reservedIn(cidr);
  const [first, last] = [
    network === undefined ? cidr.first : cidr.first + 1n,
    broadcast === undefined ? cidr.last : cidr.last - 1n,
  ];
  return {
    family: cidr.family,
    first,
    last,
    text: `${fromNumber(first, cidr.family)}-${fromNumber(last, cidr.family)}`,
  };
}
