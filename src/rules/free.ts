/** What a fix proposes: addresses and networks that nobody of this plan has. */
import {
  contains,
  firstIp,
  nth,
  overlaps,
  parseCidr,
  size,
  type Cidr,
  type Family,
  type Ip,
  type IpRange,
} from "../model/address.ts";
import type { Plan } from "../model/plan.ts";
import { toldAddresses } from "../model/told.ts";
import type { Pool } from "../model/addressBook.ts";
import { freeBlock, freeInPool, routedNetwork, type Taken } from "../plan/free.ts";
import { insideIpv6 } from "../plan/stacks.ts";
import { lanOf, networksOf, type NamedNetwork } from "./addresses/networks.ts";

// Private (RFC 1918) and in common use for clusters.
const NETWORKS = ["10.42.0.0/16", "10.43.0.0/16", "10.244.0.0/16", "10.96.0.0/16", "172.30.0.0/16"].map(
  (text) => parseCidr(text) as Cidr,
);

/** `besides`: the pool that is to be replaced, whose addresses count as free. */
function takenIn(plan: Plan, besides?: Pool): Taken {
  const pools = plan.pools.filter((pool) => pool !== besides).map(({ range }) => range);
  return {
    ips: new Set([...plan.addresses.claims.filter(({ fromPool }) => !fromPool).map(({ ip }) => ip), ...plan.lan.dns]),
    ranges: [...pools, ...(plan.lan.dhcp === undefined ? [] : [plan.lan.dhcp])],
  };
}

// A pool as large as a proposed one is enough to say where there is room.
const MOST = 10n;

/** Where people have room: behind the first addresses, which routers and servers have. */
const middleOf = (lan: Cidr): Ip => nth(lan, size(lan) > 50n ? 50 : 1);

/** As many addresses in a row as the pool has, ten at most. */
export function freeRange(plan: Plan, pool: Pool): IpRange | undefined {
  const wanted = size(pool.range) < MOST ? size(pool.range) : MOST;
  const lan = lanOf(plan, pool.range.family)?.value;
  return lan && freeBlock(Number(wanted), lan, takenIn(plan, pool), middleOf(lan));
}

/** A network for a pool that routers are told the way to. */
export const freeRouted = (plan: Plan, pool: Pool): Cidr | undefined =>
  routedNetwork(pool.range.family, [
    ...networksOf(plan).map(({ cidr }) => cidr),
    ...plan.pools.filter((other) => other !== pool).map(({ range }) => range),
    ...toldAddresses(plan).map(({ range }) => range),
  ]);

/** Of a network that nobody else has, for what routers are told the way to. */
export function freeRoutedAddress(plan: Plan, family: Family): Ip | undefined {
  const network = routedNetwork(family, [
    ...networksOf(plan).map(({ cidr }) => cidr),
    ...plan.pools.map(({ range }) => range),
  ]);
  return network && nth(network, 1);
}

/** Outside pools and DHCP. */
export function freeAddress(plan: Plan, family = plan.lan.cidr.family): Ip | undefined {
  const lan = lanOf(plan, family)?.value;
  const block = lan && freeBlock(1, lan, takenIn(plan), middleOf(lan));
  return block && firstIp(block);
}

/** Of a pool, that no Service has. */
export function freeOf(pool: Pool, plan: Plan): Ip | undefined {
  return freeInPool(pool.range, new Set(plan.addresses.claims.map(({ ip }) => ip)));
}

/** Of the pool that has this address. */
export function freeIn(plan: Plan, ip: Ip): Ip | undefined {
  const pool = plan.pools.find(({ range }) => contains(range, ip));
  return pool && freeOf(pool, plan);
}

/** For the pods or the Services, of the family they have. */
export function freeNetwork(plan: Plan, { kind, cidr }: NamedNetwork): Cidr | undefined {
  const used = networksOf(plan).map((network) => network.cidr);
  const inside = insideIpv6(lanOf(plan, 6)?.value ?? plan.lan.cidr);
  const candidates =
    cidr.family === 4 ? NETWORKS : inside.map(({ pods, services }) => (kind === "pods" ? pods : services));
  return candidates.find((network) => !used.some((other) => overlaps(network, other)));
}
