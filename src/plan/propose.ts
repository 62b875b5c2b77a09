/**
 * Addresses a spec leaves open, proposed with a reason. `create` writes an accepted proposal down; from then on the
 * spec carries it and nothing is ever worked out again, so a new node or a newer version moves no address.
 */
import { firstIp, offset, size, toNumber, type Ip, type IpRange } from "../model/address.ts";
import type { SpecPath } from "../model/finding.ts";
import type { SlotEntry, Spec } from "../spec/spec.ts";
import { freeBlock, freeInPool, isFree, roundUp, singleRange, type Taken } from "./free.ts";
import { addressesAt, entryIn, firstFamily, gatewaysOf, poolsOf, routerOf, routersOf } from "./sections.ts";

export interface Proposal {
  readonly path: SpecPath;
  /** As it stands in homelab.yaml. */
  readonly value: string | readonly string[] | Readonly<Record<string, unknown>>;
  readonly because: string;
}

// Room for a home's Services; less where the LAN has no such gap.
const POOL_SIZES = [10, 6, 3];

/** Addresses the spec leaves open. A plan has none: what stands nowhere would move with the next change. */
export function openAddresses(spec: Spec): readonly SpecPath[] {
  const entries = [...missingAddresses(spec, "lan"), ...missingAddresses(spec, "pool")].map(
    ({ entry, key }) => `${entry.path}.${key}`,
  );
  const pools = balancerIn(spec);
  const ingress = ingressIn(spec);
  const gateways = gatewaysOf(spec);
  return [
    ...entries,
    ...(pools !== undefined && poolsOf(spec).length === 0 ? [`${pools.path}.pools`] : []),
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

  for (const { entry, key } of missingAddresses(spec, "lan")) {
    const ip = belowNodes(spec, taken);
    if (ip === undefined) continue;
    note(
      { path: `${entry.path}.${key}`, value: ip, because: "the free address next to the control planes, outside DHCP" },
      ip,
    );
  }

  const balancer = balancerIn(spec);
  if (balancer === undefined) return proposals;
  const given = poolsOf(spec);
  const pool = given.find(({ range }) => range.family === firstFamily(spec))?.range ?? poolAfterNodes(spec, taken);
  if (pool === undefined) return proposals;
  if (given.length === 0) {
    proposals.push({
      path: `${balancer.path}.pools`,
      value: { lan: pool.text },
      because: `the first ${size(pool)} free addresses after the nodes, outside DHCP`,
    });
  }
  return [...proposals, ...fromPool(spec, pool, taken.ips)];
}

/** Addresses of Services, in the order of the slots: DNS first, then the gateways. */
function fromPool(spec: Spec, pool: IpRange, taken: Set<Ip>): readonly Proposal[] {
  const proposals: Proposal[] = [];
  const take = (): Ip | undefined => {
    const ip = freeInPool(pool, taken);
    if (ip !== undefined) taken.add(ip);
    return ip;
  };
  const because = "the next free address of the pool";
  for (const { entry, key } of missingAddresses(spec, "pool")) {
    const ip = take();
    if (ip !== undefined) proposals.push({ path: `${entry.path}.${key}`, value: ip, because });
  }
  const ingress = ingressIn(spec);
  if (ingress === undefined) return proposals;
  const gateways = gatewaysOf(spec);
  for (const gateway of gateways.filter(({ addresses }) => addresses === undefined)) {
    const ip = take();
    if (ip !== undefined)
      proposals.push({ path: `${ingress.path}.gateways.${gateway.name}.address`, value: ip, because });
  }
  const ip = gateways.length === 0 ? take() : undefined;
  if (ip !== undefined)
    proposals.push({ path: `${ingress.path}.gateways`, value: { internal: { address: ip, default: true } }, because });
  return proposals;
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

function belowNodes(spec: Spec, taken: Taken): Ip | undefined {
  const planes = spec.nodes.filter(({ role }) => role === "control-plane").map(({ ip }) => ip);
  if (planes.length === 0) return undefined;
  const below = offset(lowest(planes), -1);
  if (isFree(below, spec.lan.cidr[0], taken)) return below;
  const block = freeBlock(1, spec.lan.cidr[0], taken, offset(highest(planes), 1));
  return block && firstIp(block);
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

function missingAddresses(spec: Spec, from: "pool" | "lan"): readonly { entry: SlotEntry; key: string }[] {
  return spec.entries.flatMap((entry) =>
    addressKeys(entry, from)
      .filter((key) => addressesAt(entry, key).length === 0)
      .map((key) => ({ entry, key })),
  );
}

const addressKeys = ({ component, options }: SlotEntry, from: "pool" | "lan"): readonly string[] =>
  (component.addresses ?? [])
    .filter((address) => address.from === from && address.needed?.(options) !== false)
    .map(({ key }) => key);

/** Where nothing gives Services addresses there is nothing to take them from. */
const balancerIn = (spec: Spec): SlotEntry | undefined => {
  const entry = entryIn(spec, "load-balancer");
  return entry?.component.addressAnnotations === undefined ? undefined : entry;
};

const ingressIn = (spec: Spec): SlotEntry | undefined => {
  const entry = entryIn(spec, "ingress");
  return entry?.component.gateways === undefined ? undefined : entry;
};

const highest = (ips: readonly Ip[]): Ip => ips.reduce((a, b) => (toNumber(a) > toNumber(b) ? a : b));
const lowest = (ips: readonly Ip[]): Ip => ips.reduce((a, b) => (toNumber(a) < toNumber(b) ? a : b));
