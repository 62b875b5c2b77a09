/** Who owns which address. Two claims of one address are for the rules to judge, not for the book. */
import { toNumber, type Ip } from "../model/address.ts";
import type { AddressBook, Claim } from "../model/plan.ts";

export function addressBook(claims: readonly Claim[]): AddressBook {
  const sorted = [...claims].sort((a, b) => compare(toNumber(a.ip), toNumber(b.ip)));
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
