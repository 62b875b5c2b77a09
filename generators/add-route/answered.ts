/** Where a name leads and who answers for it: the same words for every command that adds one. */
import { schemeOf } from "../../src/catalog/gatewayCertificates.ts";
import { dnsHosts } from "../../src/catalog/dnsHosts.ts";
import { publishersOf, publicTarget, wayOf } from "../../src/catalog/publishing.ts";
import { answerer } from "../../src/compose/docs/names.ts";
import { toldServer } from "../../src/model/toldServer.ts";
import type { Hostname } from "../../src/model/names.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { DnsHostId } from "../../src/model/publish.ts";
import type { Gateway } from "../../src/model/gateway.ts";

export function answered(host: Hostname, gateways: readonly Gateway[], plan: Plan): string {
  const on = gateways.map(({ object, address }) => `${object} (${address})`).join(", ");
  const dns = answerer(plan);
  return [
    `on ${on}`,
    schemeOf(plan),
    dns === undefined ? "answered on your LAN by nobody" : `answered on your LAN by ${dns}`,
    publicity(host, gateways, plan),
  ].join(", ");
}

/** A name is on the internet when a gateway has a way in from there, and known there when somebody publishes it. */
function publicity(host: Hostname, gateways: readonly Gateway[], plan: Plan): string {
  const open = gateways.filter((gateway) => gateway.public !== undefined);
  if (open.length === 0) return "not public";
  const publishers = new Set(open.flatMap((gateway) => publishersOf(gateway, plan)));
  if (publishers.size === 0) return `public, but nothing publishes its name: make ${recordsOf(open, plan)} yourself`;
  const refusing = [...publishers].find(({ component: { publishes } }) => isTopOfZone(host, publishes?.host, plan));
  if (refusing !== undefined)
    return `public, but ${refusing.component.title} can make no CNAME where a zone begins: where ${host} is one, make its record yourself`;
  return `public, its record made by ${[...publishers].map(({ component }) => component.title).join(", ")}`;
}

/** A domain may be a zone, and the top of one has records that no CNAME stands beside (RFC 1034 section 3.6.2). */
const isTopOfZone = (name: Hostname, host: DnsHostId | undefined, { domains }: Plan): boolean =>
  host !== undefined && !dnsHosts[host].flattens && domains.includes(name);

/** One of them: a name has one CNAME. */
function recordsOf(open: readonly Gateway[], plan: Plan): string {
  const [gateway] = open;
  const target = gateway && publicTarget(gateway, plan);
  const isProxied = gateway !== undefined && wayOf(gateway, plan)?.wayIn?.proxied;
  return target === undefined ? "the record" : `a ${isProxied ? "proxied " : ""}CNAME to ${target}`;
}

export function digs(host: Hostname, plan: Plan): readonly string[] {
  const server = toldServer(plan);
  return server === undefined ? [] : [`then: dig @${server} ${host}`];
}
