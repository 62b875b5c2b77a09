/** What pages call the parts of a network: by the titles of the components in use and by the names in homelab.yaml. */
import { lanPublishers } from "../../catalog/publishing.ts";
import type { Ip } from "../../model/address.ts";
import { announcementOf, type Announcement } from "../../model/bgp.ts";
import { chosenIn } from "../../model/chosen.ts";
import { toldServer } from "../../model/toldServer.ts";
import type { Plan } from "../../model/plan.ts";
import type { Gateway } from "../../model/gateway.ts";

export const dnsTitle = (plan: Plan): string => chosenIn(plan, "split-dns")[0]?.component.title ?? "";

/** Who answers in the house, `k8s-gateway` or `external-dns for UniFi`; undefined where nobody was chosen. */
export function answerer(plan: Plan): string | undefined {
  const written = lanPublishers(plan).map(({ component }) => component.title);
  if (written.length > 0) return written.join(", ");
  return toldServer(plan) === undefined ? undefined : dnsTitle(plan);
}

/** Who announces the addresses of Services, and how: `Cilium LB IPAM (BGP)`. Undefined where nobody does. */
export function announcerTitle(plan: Plan): string | undefined {
  const title = chosenIn(plan, "load-balancer")[0]?.component.title;
  const way = announcementOf(plan);
  return title === undefined || way === undefined ? title : `${title} (${WAYS[way]})`;
}

const WAYS: Readonly<Record<Announcement, string>> = { l2: "L2", bgp: "BGP" };

export const isTold = ({ lan }: Pick<Plan, "lan">, ip: Ip): boolean => lan.dns.includes(ip);

/** Resolvers of the LAN by name and address, `adguard 172.16.1.11`. */
export function resolverNames({ lan }: Pick<Plan, "lan">): readonly string[] {
  return lan.dns.map((ip) => {
    const host = lan.hosts.find((candidate) => candidate.ip === ip);
    const name = host?.name ?? (ip === lan.gateway ? "router" : undefined);
    return name === undefined ? ip : `${name} ${ip}`;
  });
}

/** The way in from the internet: the title of the component it is, or the word of homelab.yaml. */
export const wayIn = ({ public: way }: Gateway, { chosen }: Pick<Plan, "chosen">): string =>
  chosen.find(({ component: { id, provider, wayIn: is } }) => is !== undefined && (provider ?? id) === way)?.component
    .title ??
  way ??
  "";
