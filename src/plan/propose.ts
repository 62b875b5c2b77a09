/**
 * Addresses a spec leaves open, proposed with a reason. `create` writes an accepted proposal down; from then on the
 * spec carries it and nothing is ever worked out again, so a new node or a newer version moves no address.
 */
import { firstIp, lastIp, offset, size, toNumber, type Cidr, type Ip, type IpRange } from "../model/address.ts";
import { announcementOf } from "../model/bgp.ts";
import type { SpecPath } from "../model/finding.ts";
import type { SlotEntry, Spec } from "../spec/spec.ts";
import type { Proposal } from "./proposal.ts";
import { fromPool, ingressIn, missingAddresses, onNodes } from "./proposeServices.ts";
import { freeBlock, isFree, roundUp, routedNetwork, singleRange, type Taken } from "./free.ts";
import {
  addressesAt,
  carriesOnNodes,
  entryIn,
  firstFamily,
  gatewaysOf,
  isRouted,
  poolsOf,
  routerOf,
  routersOf,
} from "./sections.ts";

// Room for a home's Services; less where the LAN has no such gap.
const POOL_SIZES = [10, 6, 3];

/** Addresses the spec leaves open. A plan has none: what stands nowhere would move with the next change. */
export function openAddresses(spec: Spec): readonly SpecPath[] {
  const entries = [...missingAddresses(spec, "lan"), ...missingAddresses(spec, "pool")].map(
    ({ entry, address: { key } }) => `${entry.path}.${key}`,
  );
  const pools = balancerIn(spec);
  const ingress = ingressIn(spec);
  const gateways = gatewaysOf(spec);
  return [
    ...entries,
    ...(pools !== undefined && !carriesOnNodes(spec) && poolsOf(spec).length === 0 ? [`${pools.path}.pools`] : []),
    ...(lacksRouters(spec) ? ["bgp"] : []),
    ...(ingress !== undefined && gateways.length === 0 ? [`${ingress.path}.gateways`] : []),
    ...gateways
      .filter(({ addresses }) => addresses === undefined)
      .map(({ name }) => `${ingress?.path}.gateways.${name}.address`),
  ];
}

/** Everything missing, in the order people read the file. Empty when the spec says it all. */
export function propose(spec: Spec): readonly Proposal[] {
  const proposals: Proposal[] = [];
  const taken = takenIn(spec);
  const note = (proposal: Proposal, ...ips: readonly Ip[]): void => {
    proposals.push(proposal);
    for (const ip of ips) taken.ips.add(ip);
  };

  const router = routerOf(spec);
  if (spec.lan.gateway === undefined)
    note({ path: "lan.gateway", value: router, because: "most routers have the first address of their LAN" }, router);

  for (const { entry, address } of missingAddresses(spec, "lan")) {
    const found = isRouted(address, entry) ? routedAddress(spec, taken) : besideNodes(spec, taken);
    if (found !== undefined) note({ path: `${entry.path}.${address.key}`, ...found }, found.value);
  }
  if (lacksRouters(spec)) proposals.push(routersOfBgp(spec));

  const balancer = balancerIn(spec);
  if (balancer === undefined) return proposals;
  if (carriesOnNodes(spec)) return [...proposals, ...onNodes(spec)];
  const given = poolsOf(spec);
  const own = given.find(({ range, onRequest }) => range.family === firstFamily(spec) && !onRequest)?.range;
  const found = own === undefined ? newPool(spec, taken) : { range: own, because: "" };
  if (found === undefined) return proposals;
  const pool = found.range;
  for (const ip of edgesOf(pool, spec)) taken.ips.add(ip);
  if (given.length === 0) {
    proposals.push({
      path: `${balancer.path}.pools`,
      value: { lan: pool.text },
      because: found.because,
    });
  }
  return [...proposals, ...fromPool(spec, pool, taken.ips)];
}

function takenIn(spec: Spec): Taken & { readonly ips: Set<Ip> } {
  const ips = new Set<Ip>(routersOf(spec));
  const add = (some: readonly Ip[]): void => some.forEach((ip) => ips.add(ip));
  for (const machine of [...spec.lan.hosts, ...spec.nodes]) add(machine.ips);
  for (const { addresses } of gatewaysOf(spec)) add(addresses ?? []);
  for (const entry of spec.entries) for (const { key } of entry.component.addresses ?? []) add(addressesAt(entry, key));
  return {
    ips,
    ranges: [...poolsOf(spec).map(({ range }) => range), ...(spec.lan.dhcp === undefined ? [] : [spec.lan.dhcp])],
  };
}

interface Found {
  readonly value: Ip;
  readonly because: string;
}

function besideNodes(spec: Spec, taken: Taken): Found | undefined {
  const ip = belowNodes(spec, taken);
  return ip && { value: ip, because: "the free address next to the control planes, outside DHCP" };
}

const OF_NOBODY = "a network that nobody else has: routers are told the way to it";

/** The first machine's, of a network for addresses that routers are told the way to. */
function routedAddress(spec: Spec, { ips, ranges }: Taken): Found | undefined {
  const network = routedNetwork(firstFamily(spec), [...usedNetworks(spec), ...ranges, ...[...ips].map(singleRange)]);
  return network && { value: offset(firstIp(network), 1), because: `of ${OF_NOBODY}` };
}

function belowNodes(spec: Spec, taken: Taken): Ip | undefined {
  const planes = spec.nodes.filter(({ role }) => role === "control-plane").map(({ ip }) => ip);
  if (planes.length === 0) return undefined;
  const below = offset(lowest(planes), -1);
  if (isFree(below, spec.lan.cidr[0], taken)) return below;
  const block = freeBlock(1, spec.lan.cidr[0], taken, offset(highest(planes), 1));
  return block && firstIp(block);
}

/** Where routers are told the way, a network of its own; else a part of the LAN. */
function newPool(spec: Spec, taken: Taken): { readonly range: IpRange; readonly because: string } | undefined {
  if (announcementOf({ chosen: spec.entries }) === "bgp") {
    const range = routedNetwork(firstFamily(spec), [...usedNetworks(spec), ...[...taken.ips].map(singleRange)]);
    return range && { range, because: OF_NOBODY };
  }
  const range = poolAfterNodes(spec, taken);
  return range && { range, because: `the first ${size(range)} free addresses after the nodes, outside DHCP` };
}

const usedNetworks = ({ lan, networks, cluster }: Spec): readonly Cidr[] => [
  ...lan.cidr,
  ...networks.flatMap(({ cidrs }) => cidrs),
  ...cluster.pods,
  ...cluster.services,
];

/** Some devices take the first and the last address of a network for no machine's, wherever it lies. */
const edgesOf = (pool: IpRange, spec: Spec): readonly Ip[] =>
  announcementOf({ chosen: spec.entries }) === "bgp" && size(pool) > 2n ? [firstIp(pool), lastIp(pool)] : [];

/** Nodes announce addresses to routers, and the spec names none. */
const lacksRouters = (spec: Spec): boolean =>
  spec.bgp === undefined &&
  (announcementOf({ chosen: spec.entries }) === "bgp" ||
    spec.entries.some((entry) => (entry.component.addresses ?? []).some((address) => isRouted(address, entry))));

/** Numbers for private use (RFC 6996), one for each side. */
export const PRIVATE_NUMBERS = { router: 64_512, nodes: 64_513 } as const;

function routersOfBgp(spec: Spec): Proposal {
  const router = routerOf(spec);
  const host = spec.lan.hosts.find(({ ips }) => ips.includes(router));
  const peer = { asn: PRIVATE_NUMBERS.router, ...(host === undefined && { address: router }) };
  return {
    path: "bgp",
    value: { asn: PRIVATE_NUMBERS.nodes, peers: { [host?.name ?? "router"]: peer } },
    because: "your router, with numbers for private use",
  };
}

function poolAfterNodes(spec: Spec, taken: Taken): IpRange | undefined {
  const nodes = spec.nodes.map(({ ip }) => ip);
  if (nodes.length === 0) return undefined;
  const used: Taken = { ...taken, ranges: [...taken.ranges, ...nodes.map(singleRange)] };
  for (const count of POOL_SIZES) {
    const block = freeBlock(count, spec.lan.cidr[0], used, roundUp(offset(highest(nodes), 1)));
    if (block !== undefined) return block;
  }
  return undefined;
}

/** Where nothing gives Services addresses there is nothing to take them from. */
const balancerIn = (spec: Spec): SlotEntry | undefined => {
  const entry = entryIn(spec, "load-balancer");
  return entry?.component.addressAnnotations === undefined ? undefined : entry;
};

const highest = (ips: readonly Ip[]): Ip => ips.reduce((a, b) => (toNumber(a) > toNumber(b) ? a : b));
const lowest = (ips: readonly Ip[]): Ip => ips.reduce((a, b) => (toNumber(a) < toNumber(b) ? a : b));
