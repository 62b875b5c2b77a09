/** Where a name leads and who answers for it: the same words for every command that adds one. */
import { schemeOf } from "../../src/catalog/gatewayCertificates.ts";
import { publishersOf, publicTarget, wayOf } from "../../src/catalog/publishing.ts";
import { answerer, toldServer } from "../../src/compose/docs/names.ts";
import type { Hostname } from "../../src/model/names.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Gateway } from "../../src/model/gateway.ts";

export function answered(gateways: readonly Gateway[], plan: Plan): string {
  const on = gateways.map(({ object, address }) => `${object} (${address})`).join(", ");
  const dns = answerer(plan);
  return [
    `on ${on}`,
    schemeOf(plan),
    dns === undefined ? "answered on your LAN by nobody" : `answered on your LAN by ${dns}`,
    publicity(gateways, plan),
  ].join(", ");
}

/** A name is on the internet when a gateway has a way in from there, and known there when somebody publishes it. */
function publicity(gateways: readonly Gateway[], plan: Plan): string {
  const open = gateways.filter((gateway) => gateway.public !== undefined);
  if (open.length === 0) return "not public";
  const publishers = new Set(open.flatMap((gateway) => publishersOf(gateway, plan)));
  if (publishers.size === 0) return `public, but nothing publishes its name: make ${recordsOf(open, plan)} yourself`;
  return `public, its record made by ${[...publishers].map(({ component }) => component.title).join(", ")}`;
}

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
