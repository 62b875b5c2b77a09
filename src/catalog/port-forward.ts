import { z } from "zod";
import { ipsField } from "../fields/fields.ts";
import { familyOf, type Ip } from "../model/address.ts";
import { chosenIn } from "../model/chosen.ts";
import type { Component } from "../model/component.ts";
import type { PerFamily } from "../model/families.ts";
import type { Gateway } from "../model/gateway.ts";
import type { Hostname } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";
import { appDomain } from "../model/zones.ts";
import type { Unit, View } from "../model/unit.ts";
import { gatewayCertificates } from "./gatewayCertificates.ts";
import { routerSections } from "./forwardingRouters.ts";
import { isProxied, nameOfWay, publishedDomains, publishersOf } from "./publishing.ts";

const ID = "port-forward";
/** How a gateway says that the router forwards ports to it. */
const PORT_FORWARD = ID;
export const DYNAMIC_DNS = "dynamic-dns";

export const homeName = (plan: Pick<Plan, "domains">): Hostname => nameOfWay("direct", plan);

export const forwarded = ({ gateways }: Pick<Plan, "gateways">): readonly Gateway[] =>
  gateways.filter((gateway) => gateway.public === PORT_FORWARD);

/** The public address that the spec knows. */
export const fixedAddresses = ({ options }: Pick<Gateway, "options">): readonly Ip[] =>
  (options["publicAddress"] as PerFamily<Ip> | undefined) ?? [];

/** Whether a publisher can write the name of the house: it is below the first domain. */
export const isNamePublished = (gateway: Gateway, plan: Plan): boolean =>
  publishersOf(gateway, plan).some((publisher) =>
    publishedDomains(publisher, plan).some((it) => it === plan.domains[0]),
  );

export const portForward: Component<Record<string, never>> = {
  id: ID,
  title: "Port forwarding",
  summary: "lets the router hand requests from the internet to a gateway; your address is public, nobody reads along",
  options: z.strictObject({}),
  needed: (plan) => forwarded(plan).length > 0,
  offer: {},
  wayIn: {
    keys: {
      publicAddress: ipsField()
        .optional()
        .describe(
          "public address of the house, where the provider never changes it; with IPv6 the gateway's own. Without it somebody keeps its record: dns.dynamic, or the router",
        )
        .meta({ example: "203.0.113.7" }),
    },
    target: homeName,
    // With IPv6 the address of the gateway is the public one.
    shown: (gateway) => fixedAddresses(gateway).filter((ip) => gateway.addresses.includes(ip)),
    outside: (gateway, plan) => {
      const own = gateway.addresses.find((ip) => familyOf(ip) === 4);
      return own === undefined
        ? `let the internet in to ${gateway.address}, ${portsText(plan)}, at the router`
        : `forward ${portsText(plan)} of the router to ${own}`;
    },
  },
  units: (plan) =>
    forwarded(plan)
      .slice(0, 1)
      .flatMap((gateway) => nameOfHouse(gateway, plan)),
  begins: () => [],
  expects: (plan) => [
    { kind: "public", name: homeName(plan), by: "the way in" },
    { kind: "home", name: homeName(plan) },
  ],
  docs: {
    template: "components/port-forward/docs.md",
    page: { path: "docs/port-forward.md", template: "components/port-forward/page.md" },
    fragments: {
      dns: "components/port-forward/dns.md",
      requests: "components/port-forward/requests.md",
      troubleshooting: "components/port-forward/troubleshooting.md",
    },
    view: viewOf,
  },
};

const overHttps = (plan: Plan): boolean => gatewayCertificates(plan).length > 0;
const portsOf = (plan: Plan): readonly number[] => (overHttps(plan) ? [80, 443] : [80]);
const portsText = (plan: Plan): string => (overHttps(plan) ? "ports 80 and 443" : "port 80");

/** The record that every public name leads to. An address that changes is written by others. */
function nameOfHouse(gateway: Gateway, plan: Plan): readonly Unit[] {
  const addresses = fixedAddresses(gateway);
  if (addresses.length === 0 || !isNamePublished(gateway, plan)) return [];
  const endpoints = addresses.map((ip) => ({
    dnsName: homeName(plan),
    recordType: familyOf(ip) === 4 ? "A" : "AAAA",
    targets: [ip],
    ...isProxied(false),
  }));
  return [
    {
      id: ID,
      component: ID,
      namespace: "network",
      objects: {
        "dnsendpoint.yaml": [
          {
            apiVersion: "externaldns.k8s.io/v1alpha1",
            kind: "DNSEndpoint",
            metadata: { name: ID },
            spec: { endpoints },
          },
        ],
      },
      view: {},
    },
  ];
}

function viewOf(plan: Plan): View {
  const [gateway] = forwarded(plan);
  if (gateway === undefined) throw new Error("ports are forwarded to no gateway");
  const fixed = fixedAddresses(gateway);
  const own = (family: 4 | 6): Ip | undefined => gateway.addresses.find((ip) => familyOf(ip) === family);
  const [dynamic] = chosenIn(plan, DYNAMIC_DNS);
  return {
    name: plan.name,
    gateway: gateway.name,
    object: gateway.object,
    address: own(4) ?? null,
    // Reached without anything in between, so only where records name it.
    address6: fixed.find((ip) => familyOf(ip) === 6) ?? null,
    target: homeName(plan),
    domain: plan.domains[0],
    example: `app.${appDomain(plan)}`,
    fixed,
    fixed4: fixed.find((ip) => familyOf(ip) === 4) ?? null,
    kept: fixed.length > 0 ? isNamePublished(gateway, plan) : dynamic !== undefined,
    dynamic: dynamic?.component.title ?? null,
    published: publishersOf(gateway, plan).length > 0,
    path: `ingress.gateways.${gateway.name}.publicAddress`,
    https: overHttps(plan),
    ports: portsOf(plan),
    portsText: portsText(plan),
    list: portsOf(plan).join(","),
    router: plan.lan.gateway,
    others: plan.gateways.filter((other) => other.name !== gateway.name).map(({ name }) => name),
    ...routerSections(plan),
  };
}
