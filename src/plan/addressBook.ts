/** Who owns which address. Two claims of one address are for the rules to judge, not for the book. */
import { familyOf, toNumber, type Family, type Ip } from "../model/address.ts";
import type { AddressBook, Claim } from "../model/addressBook.ts";

/** `first` is the family that stands first, and the one names are found in where they have both. */
export function addressBook(claims: readonly Claim[], first: Family): AddressBook {
  const rank = (ip: Ip): bigint => (familyOf(ip) === first ? 0n : 1n);
  const sorted = [...claims].sort((a, b) => compare(rank(a.ip), rank(b.ip)) || compare(toNumber(a.ip), toNumber(b.ip)));
  const byIp = group(sorted);
  return {
    claims: sorted,
    ownersOf: (ip) => byIp.get(ip) ?? [],
    find: (name) => sorted.find((claim) => claim.owner === name)?.ip,
  };
}

function group(claims: readonly Claim[]): ReadonlyMap<Ip, readonly Claim[]> {
  const groups = new Map<Ip, Claim[]>();
  for (const claim of claims) groups.set(claim.ip, [...(groups.get(claim.ip) ?? []), claim]);
  return groups;
}

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
