/** What devices of a tailnet reach in the house, and whom they ask for its names. */
import { contains, rangeOf, type Ip, type IpRange } from "../model/address.ts";
import { optionsOf } from "../model/chosen.ts";
import type { Hostname } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";
import { prefixesOf } from "../model/prefixes.ts";
import { k8sGateway } from "./k8s-gateway.ts";
import { addressIn } from "./lanServer.ts";
import { lanPublishers, publishedDomains, type Publisher } from "./publishing.ts";

export const REACHES = ["services", "cluster", "lan"] as const;
export type Reach = (typeof REACHES)[number];

type Range = Pick<IpRange, "family" | "first" | "last">;

/** A domain, and who answers for it in the house. */
export interface Answering {
  readonly domain: Hostname;
  readonly servers: readonly Ip[];
}

/**
 * The fewest networks with all that is to be reached and no more. The operator takes no route with bits of a host in it
 * (tailscale/tailscale v1.102.3, cmd/k8s-operator/connector.go, validateRoutes).
 */
export function routesOf(plan: Plan, reach: Reach): readonly string[] {
  const wanted = [
    ...plan.pools.map(({ range }) => range),
    ...addressesIn(plan, reach).map(only),
    ...(reach === "lan" ? plan.stacks.flatMap(({ lan }) => lan?.value ?? []) : []),
  ];
  return ([4, 6] as const).flatMap((family) =>
    joined(wanted.filter((range) => range.family === family)).flatMap((range) =>
      prefixesOf(range).map(({ text }) => text),
    ),
  );
}

/** Of Services, where nodes have them, and of who answers for names; and of the cluster itself. */
const addressesIn = (plan: Plan, reach: Reach): readonly Ip[] => [
  ...plan.addresses.claims.filter(({ role }) => role === "gateway" || role === "service").map(({ ip }) => ip),
  ...answeringIn(plan).flatMap(({ servers }) => servers),
  ...(reach === "services" ? [] : [...plan.cluster.api.addresses, ...plan.nodes.flatMap(({ ips }) => ips)]),
];

function only(ip: Ip): IpRange {
  const range = rangeOf(ip, ip);
  if (range === undefined) throw new Error(`no range: ${ip}`);
  return range;
}

/** Ranges that touch each other as one. */
function joined(ranges: readonly Range[]): readonly Range[] {
  const found: Range[] = [];
  for (const range of ranges.toSorted((a, b) => (a.first < b.first ? -1 : 1))) {
    const before = found.at(-1);
    if (before === undefined || range.first > before.last + 1n) found.push(range);
    else if (range.last > before.last) found[found.length - 1] = { ...before, last: range.last };
  }
  return found;
}

/** Only domains that somebody in the house answers for: names of others are known to the whole internet, or to nobody. */
export function answeringIn(plan: Plan): readonly Answering[] {
  const inCluster = optionsOf(plan, k8sGateway)?.address ?? [];
  return plan.domains
    .map((domain) => ({
      domain,
      servers:
        inCluster.length > 0 ? inCluster : unique(writersOf(domain, plan).flatMap((one) => serversOf(one, plan))),
    }))
    .filter(({ servers }) => servers.length > 0);
}

const unique = (ips: readonly Ip[]): readonly Ip[] => [...new Set(ips)];

const writersOf = (domain: Hostname, plan: Plan): readonly Publisher[] =>
  lanPublishers(plan).filter((publisher) => publishedDomains(publisher, plan).includes(domain));

/** Where it has a name alone, the resolvers of the LAN: that is where the house asks. */
function serversOf({ component, options }: Publisher, plan: Plan): readonly Ip[] {
  const written = addressIn(component.publishes?.server?.(options) ?? "");
  return written === undefined ? plan.lan.dns.filter((ip) => isInHouse(ip, plan)) : [written];
}

const isInHouse = (ip: Ip, { stacks, networks }: Plan): boolean =>
  [...stacks.flatMap(({ lan }) => lan?.value ?? []), ...networks.flatMap(({ cidrs }) => cidrs)].some((cidr) =>
    contains(cidr, ip),
  );
