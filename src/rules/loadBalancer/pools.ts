import {
  contains,
  parseIp,
  covers,
  firstIp,
  overlaps,
  reservedIn,
  size,
  toNumber,
  familyOf,
  fromNumber,
  type IpRange,
} from "../../model/address.ts";
import { announcementOf } from "../../model/bgp.ts";
import { familyName } from "../../model/families.ts";
import type { Plan } from "../../model/plan.ts";
import type { Claim, Pool } from "../../model/addressBook.ts";
import { freeOf, freeRange, freeRouted } from "../free.ts";
import { reservedName } from "../addresses/lan.ts";
import { lanOf } from "../addresses/networks.ts";
import type { Rule } from "../rule.ts";

const pathOf = ({ path }: Pool): string => path;

/** The part of the LAN a pool would be in. */
const lanOfPool = (pool: Pool, plan: Plan) => lanOf(plan, pool.range.family);

function anotherRange(pool: Pool, plan: Plan): string {
  const free = announcementOf(plan) === "bgp" ? freeRouted(plan, pool) : freeRange(plan, pool);
  return `${pathOf(pool)}: ${free === undefined ? `a free range of ${lanOfPool(pool, plan)?.value.text ?? "the LAN"}` : `${free.text} (free now)`}`;
}

/** L2 means ARP and NDP: whoever wants the address asks on the LAN, and a node answers. */
export const poolOnLan: Rule = {
  id: "LB-POOL-LAN",
  severity: "error",
  title: "a pool announced by ARP or NDP lies in the LAN",
  because:
    "Devices ask by ARP, or NDP for IPv6, only for addresses of their own network; for any other they ask the router, which knows nothing of it.",
  source: "Cilium documentation, L2 Announcements; MetalLB documentation, Layer 2 mode; RFC 826, RFC 4861",
  unless: ["NET-OTHER"],
  *check(plan) {
    if (announcementOf(plan) !== "l2") return;
    for (const pool of plan.pools) {
      const lan = lanOfPool(pool, plan);
      if (lan === undefined || covers(lan.value, pool.range)) continue;
      yield {
        message: `the pool ${pool.name} (${pool.range.text}) is not inside your LAN ${lan.value.text}`,
        paths: [pathOf(pool), lan.path],
        fix: anotherRange(pool, plan),
      };
    }
  },
};

export const poolOutsideDhcp: Rule = {
  id: "LB-POOL-DHCP",
  severity: "error",
  title: "a pool does not overlap the DHCP range",
  because: "Sooner or later two devices answer for the same address, and connections to one of them fail at random.",
  source: "RFC 2131 §4.3.1: a server hands out any address of its range",
  *check(plan) {
    const { dhcp } = plan.lan;
    for (const pool of plan.pools) {
      if (dhcp === undefined || !overlaps(pool.range, dhcp)) continue;
      const rest = outside(pool.range, dhcp);
      const shorten = "shorten the DHCP range on the router";
      yield {
        message: "the LoadBalancer pool overlaps the addresses your DHCP server hands out",
        paths: [pathOf(pool), "lan.dhcp"],
        fix:
          rest === undefined
            ? `${anotherRange(pool, plan)}, or ${shorten}`
            : `${pathOf(pool)}: ${rest.text} (${size(rest)} addresses), or ${shorten}`,
      };
    }
  },
};

/** The longer part of `range` that `hole` leaves over. */
function outside(range: IpRange, hole: IpRange): IpRange | undefined {
  const parts: readonly (readonly [bigint, bigint])[] = [
    [range.first, hole.first - 1n],
    [hole.last + 1n, range.last],
  ];
  const [first, last] = parts.reduce((a, b) => (b[1] - b[0] > a[1] - a[0] ? b : a)) as [bigint, bigint];
  if (first > last) return undefined;
  return {
    family: range.family,
    first,
    last,
    text: `${fromNumber(first, range.family)}-${fromNumber(last, range.family)}`,
  };
}

export const poolFree: Rule = {
  id: "LB-POOL-TAKEN",
  severity: "error",
  title: "a pool holds nobody else's address",
  because: "The load balancer gives any address of its pool to the next Service, also the one a machine already has.",
  source: "Cilium documentation, LB IPAM; MetalLB documentation, Configuration: a pool is the operator's to keep free",
  unless: ["LB-NODE-POOLS"],
  *check(plan) {
    for (const pool of plan.pools) {
      const taken = plan.addresses.claims.filter(
        (claim) => !claim.fromPool && !claim.sameAs && contains(pool.range, claim.ip),
      );
      if (taken.length === 0) continue;
      yield {
        message: takenOf(pool, taken),
        paths: [pathOf(pool), ...taken.slice(0, SHOWN).map(({ path }) => path)],
        fix: anotherRange(pool, plan),
      };
    }
  },
};

/** Owners that are named; the rest is counted. */
const SHOWN = 3;

function takenOf({ name }: Pool, taken: readonly Claim[]): string {
  const [first] = taken;
  if (taken.length === 1 && first !== undefined)
    return `${first.ip} of the pool ${name} already belongs to ${first.owner}`;
  const shown = taken.slice(0, SHOWN).map(({ ip, owner }) => `${ip} (${owner})`);
  const rest = taken.length - shown.length;
  const all = [...shown, ...(rest > 0 ? [`${rest} more`] : [])];
  return `${taken.length} addresses of the pool ${name} already belong to others: ${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

export const poolOfOthers: Rule = {
  id: "LB-POOL-SERVER",
  severity: "error",
  title: "a pool holds no resolver and no time server",
  because:
    "The load balancer gives any address of its pool to the next Service, and machines would ask that one for names or the time.",
  source: "Cilium documentation, LB IPAM; MetalLB documentation, Configuration: a pool is the operator's to keep free",
  unless: ["DNS-LOOP", "LB-POOL-TAKEN", "LB-NODE-POOLS"],
  *check(plan) {
    const ntp = plan.lan.ntp.flatMap((text, index) => ({ ip: parseIp(text), path: `lan.ntp.${index}` }));
    for (const { ip, path } of [...plan.lan.resolvers, ...ntp]) {
      const pool = ip && plan.pools.find(({ range }) => contains(range, ip));
      if (!pool || plan.addresses.ownersOf(ip).length > 0) continue;
      yield {
        message: `${ip} is asked by machines and lies in the pool ${pool.name}`,
        paths: [path, pathOf(pool)],
        fix: anotherRange(pool, plan),
      };
    }
  },
};

export const poolUsable: Rule = {
  id: "LB-POOL-RESERVED",
  severity: "error",
  title: "a pool leaves out the network and broadcast address, and the first one of IPv6",
  because:
    "No device connects to the broadcast address of its own network, and every router answers at the first address of an IPv6 one; the Service that gets it is never reached.",
  source: "RFC 1122 §3.2.1.3; RFC 4291 §2.6.1",
  unless: ["LB-POOL-LAN"],
  *check(plan) {
    for (const pool of plan.pools) {
      const lan = lanOfPool(pool, plan);
      if (lan === undefined) continue;
      const reserved = reservedIn(lan.value).filter((ip) => contains(pool.range, ip));
      if (reserved.length === 0) continue;
      const kinds = reserved.map((ip) => reservedName(ip === firstIp(lan.value), lan.value.family));
      yield {
        message: `the pool ${pool.name} contains ${reserved.join(" and ")}, the ${kinds.join(" and the ")} address of ${lan.value.text}`,
        paths: [pathOf(pool), lan.path],
        fix: `${pathOf(pool)}: ${without(pool.range, reserved.map(toNumber))}`,
      };
    }
  },
};

const without = ({ first, last, family }: IpRange, values: readonly bigint[]): string =>
  `${fromNumber(values.includes(first) ? first + 1n : first, family)}-${fromNumber(values.includes(last) ? last - 1n : last, family)}`;

export const poolsDisjoint: Rule = {
  id: "LB-POOL-OVERLAP",
  severity: "error",
  title: "pools do not overlap",
  because:
    "The later of two overlapping pools is in conflict or refused, and none of its addresses are given to anybody.",
  source:
    "Cilium documentation, LB IPAM, CIDRs, Ranges and reserved IPs; metallb/metallb internal/config/config.go: overlaps with already defined CIDR",
  *check(plan) {
    for (const [index, pool] of plan.pools.entries()) {
      for (const other of plan.pools.slice(index + 1)) {
        if (!overlaps(pool.range, other.range)) continue;
        yield {
          message: `the pools ${pool.name} and ${other.name} overlap`,
          paths: [pathOf(other), pathOf(pool)],
          fix: anotherRange(other, plan),
        };
      }
    }
  },
};

export const addressFromPool: Rule = {
  id: "LB-ADDRESS-POOL",
  severity: "error",
  title: "the address of a Service comes from a pool",
  because: "A Service that asks for an address no pool has stays pending, and nothing answers on it.",
  source: "Cilium documentation, LB IPAM, Requesting IPs; MetalLB documentation, Usage, Requesting specific IPs",
  unless: ["LB-POOL-LAN"],
  *check(plan) {
    for (const claim of plan.addresses.claims) {
      if (!claim.fromPool || plan.pools.some(({ range }) => contains(range, claim.ip))) continue;
      yield {
        message: `${claim.ip} (${claim.owner}) is in no pool: ${poolList(plan)}`,
        paths: [claim.path, ...plan.pools.map(pathOf)],
        fix: fromPools(claim, plan),
      };
    }
  },
};

function fromPools({ ip, path }: Claim, plan: Plan): string {
  const own = plan.pools.filter(({ range }) => range.family === familyOf(ip));
  if (own.length === 0)
    return `${plan.pools.length === 0 ? "add a pool" : `a pool of ${familyName(familyOf(ip))} as well`}`;
  const free = own.map((pool) => freeOf(pool, plan)).find((ip) => ip !== undefined);
  return free === undefined ? "a larger pool: none has a free address left" : `${path}: ${free} (free now)`;
}

const poolList = (plan: Plan): string => plan.pools.map(({ name, range }) => `${name} has ${range.text}`).join(", ");
