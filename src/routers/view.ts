import { announcementOf } from "../model/bgp.ts";
import { both } from "../model/families.ts";
import type { HouseRouter } from "../model/houseRouters.ts";
import type { Plan } from "../model/plan.ts";
import { toldOwners } from "../model/told.ts";
import { toldServer } from "../model/toldServer.ts";
import type { View } from "../model/unit.ts";
import { detoursOf } from "./detours.ts";
import { dhcpOf } from "./dhcp.ts";
import { passingsOf, type Passing } from "./flows.ts";
import { addressLists, chainsOf, firewallRules } from "./rules.ts";
import { pathsFor, sessionsWith } from "./sessions.ts";

/** What a router is told, whatever its words for it. What it is not asked for is null, or a list of none. */
export interface Needs {
  readonly bgp: View | null;
  readonly detours: ReturnType<typeof detoursOf>;
  readonly dhcp: ReturnType<typeof dhcpOf> | null;
  readonly names: View | null;
  readonly passings: readonly Passing[];
  readonly forwards: readonly View[];
}

export function needsOf(router: HouseRouter, plan: Plan): Needs {
  return {
    bgp: bgpOf(router, plan),
    detours: detoursOf(router, plan),
    dhcp: dhcpOf(router, plan) ?? null,
    names: namesOf(router, plan),
    passings: passingsOf(router, plan),
    forwards: router.ofLan ? forwardsOf(plan) : [],
  };
}

export function routerView(router: HouseRouter, plan: Plan, title: string): View {
  const needs = needsOf(router, plan);
  const rules = firewallRules(needs.passings, plan);
  return {
    title,
    name: router.name,
    cluster: plan.name,
    addresses: both(router.ips),
    ofLan: router.ofLan,
    lan: both(plan.stacks.flatMap(({ lan }) => lan?.value ?? [])),
    gateway: plan.lan.gateway,
    services: announcementOf(plan) === "bgp",
    bgp: needs.bgp,
    detours: needs.detours,
    dhcp: needs.dhcp,
    names: needs.names,
    passings: needs.passings.filter(({ needed }) => needed).map(rowOf),
    wishes: needs.passings.filter(({ needed }) => !needed).map(rowOf),
    rules,
    chains: chainsOf(rules),
    lists: addressLists(needs.passings, plan),
    ipv6: plan.stacks.some(({ family }) => family === 6),
    forwards: needs.forwards,
  };
}

const rowOf = ({ from, to, protocol, ports, because }: Passing): View => ({
  from: from.shown,
  to: to.shown,
  what: protocol === undefined ? "any" : `${protocol.toUpperCase()} ${ports.join(", ")}`,
  because,
});

function bgpOf({ peer }: HouseRouter, plan: Plan): View | null {
  if (peer === undefined) return null;
  const sessions = sessionsWith(peer, plan);
  const services = announcementOf(plan) === "bgp";
  const owners = toldOwners(plan);
  return {
    asn: peer.asn,
    nodesAsn: plan.bgp?.asn ?? null,
    routerId: sessions.find(({ family }) => family === 4)?.address ?? null,
    sessions,
    paths: pathsFor(plan),
    timers: { hold: peer.timers.hold, keepalive: peer.timers.keepalive },
    multihop: peer.multihop ?? null,
    bfd: peer.bfd,
    // As RouterOS says it.
    words: { multihop: yes(peer.multihop !== undefined), bfd: yes(peer.bfd) },
    password: peer.password,
    told: [
      ...(services ? ["the addresses of their Services"] : []),
      ...owners.map((what) => `the address of ${what}`),
    ].join(" and "),
    services,
    // Of an address that machines of the cluster join by.
    first: owners.length > 0,
    secret: `bgp-${peer.name}`,
  };
}

const yes = (is: boolean): string => (is ? "yes" : "no");

/** Who of the house answers for the domains, and whether this router is among those that devices ask. */
function namesOf({ ofLan, ips }: HouseRouter, plan: Plan): View | null {
  const server = toldServer(plan);
  if (!ofLan || server === undefined) return null;
  const { dns, hosts } = plan.lan;
  const others = dns.filter((ip) => !ips.includes(ip));
  return {
    server,
    domains: plan.domains,
    asked: dns.some((ip) => ips.includes(ip)),
    others: others.map((ip) => {
      const name = hosts.find((host) => host.ips.includes(ip))?.name;
      return name === undefined ? ip : `${name} ${ip}`;
    }),
  };
}

/** Ways in from the internet that somebody has to open outside the cluster, each with its page. */
const forwardsOf = (plan: Plan): readonly View[] =>
  plan.gateways.flatMap((gateway) => {
    const way = plan.chosen.find(
      ({ component: { id, provider, wayIn } }) => wayIn !== undefined && (provider ?? id) === gateway.public,
    )?.component;
    const what = way?.wayIn?.outside?.(gateway, plan);
    return what === undefined ? [] : [{ what, page: way?.docs?.page?.path ?? "docs/components.md" }];
  });
