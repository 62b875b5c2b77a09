/** Which gateways have their names written into DNS, by whom, and what those names point at. */
import { z } from "zod";
import { hostnameField, labelField } from "../fields/fields.ts";
import { chosenIn } from "../model/chosen.ts";
import type { Component } from "../model/component.ts";
import type { Ip } from "../model/address.ts";
import { parseHostname, type Hostname, type Label } from "../model/names.ts";
import type { Chosen, Plan } from "../model/plan.ts";
import type { Gateway } from "../model/gateway.ts";
import type { Publishing } from "../model/publish.ts";
import type { SettledOption } from "../model/settled.ts";
import { needsRecord } from "./recorded.ts";

export const PUBLISH = "publish";

type Reach = Publishing["reach"];

/** Which names a publisher of that reach has where nobody says so. */
const ABSENT: Readonly<Record<Reach, string>> = {
  internet: "those with a way in from the internet when absent",
  lan: "all when absent",
};

/** What every publisher is told, whatever DNS it writes. */
export const publishKeys = (reach: Reach) =>
  ({
    gateways: z
      .array(labelField())
      .min(1)
      .optional()
      .describe(`gateways whose routes get a record, ${ABSENT[reach]}`)
      .meta({ kind: "a list of gateways", example: [reach === "lan" ? "internal" : "external"] }),
    domains: z
      .array(hostnameField())
      .min(1)
      .optional()
      .describe("domains whose names it writes, all when absent")
      .meta({ kind: "a list of host names", example: ["ragas.cc"] }),
    policy: z
      .enum(["upsert-only", "sync"])
      .default("upsert-only")
      .describe(
        "what may happen to records: upsert-only makes and changes them, sync removes those of routes that are gone",
      )
      .meta({ because: "a mistake in the cluster can then take no name away" }),
    owner: labelField()
      .optional()
      .describe(
        "mark on the records this network made, never to change while they exist; made of the names of the network and of this entry, and written down",
      )
      .meta({ example: "home-cloudflare" }),
    prefix: z
      .string()
      .regex(/^[a-z0-9]([-a-z0-9]{0,18}[a-z0-9])?$/, "expected one label, like k8s")
      .default("k8s")
      .describe("first label of the names of the marks beside records, never to change while they exist")
      .meta({ kind: "a name", because: "no app is called so" }),
  }) as const;

export interface PublishOptions {
  readonly gateways?: readonly Label[] | undefined;
  readonly domains?: readonly Hostname[] | undefined;
  readonly policy: "upsert-only" | "sync";
  readonly owner?: Label | undefined;
  readonly prefix: string;
}

export type Publisher = Chosen<PublishOptions>;

export const publishers = (plan: Pick<Plan, "chosen">): readonly Publisher[] =>
  chosenIn(plan, PUBLISH) as readonly Publisher[];

export const reachOf = ({ component }: Pick<Publisher, "component">): Reach => component.publishes?.reach ?? "internet";

const publishersFor = (reach: Reach, plan: Pick<Plan, "chosen">): readonly Publisher[] =>
  publishers(plan).filter((publisher) => reachOf(publisher) === reach);

/** Those who write names into the DNS of the house. */
export const lanPublishers = (plan: Pick<Plan, "chosen">): readonly Publisher[] => publishersFor("lan", plan);

/** Names of gateways as the spec has them; that they exist is a rule's to say. */
export const publishedNames = (publisher: Publisher, { gateways }: Pick<Plan, "gateways">): readonly string[] =>
  publisher.options.gateways ?? usualGateways(reachOf(publisher), gateways);

const usualGateways = (reach: Reach, gateways: readonly Pick<Gateway, "name" | "public">[]): readonly Label[] =>
  gateways.filter((gateway) => reach === "lan" || gateway.public !== undefined).map(({ name }) => name);

/** That they are domains of the network is a rule's to say. */
export const publishedDomains = ({ options }: Publisher, { domains }: Pick<Plan, "domains">): readonly Hostname[] =>
  options.domains ?? domains;

/** Who tells the internet of a gateway's names. */
export const publishersOf = (gateway: Gateway, plan: Plan): readonly Publisher[] =>
  publishersFor("internet", plan).filter((publisher) => publishedNames(publisher, plan).includes(gateway.name));

export const ownerOf = ({ name, options }: Publisher, plan: Pick<Plan, "name">): string =>
  options.owner ?? usualOwner(plan, name);

const usualOwner = (network: Pick<Plan, "name">, name: Label | undefined): string => `${network.name}-${name}`;

/** Under another owner the records that are there are nobody's, so a new name of the network changes none. */
export const settledOwner: SettledOption = {
  key: "owner",
  from: (network, name) => ({
    value: usualOwner(network, name),
    because: "the names of the network and of this entry, and this from now on whatever they become",
  }),
};

/** What is published stands in homelab.yaml: a gateway that is added later tells nobody its names unasked. */
export const settledGateways = (reach: Reach): SettledOption => ({
  key: "gateways",
  from: ({ gateways }) => {
    const names = usualGateways(reach, gateways);
    const because =
      reach === "lan" ? "all gateways have addresses of the LAN" : "those with a way in from the internet";
    return names.length === 0 ? undefined : { value: names, because };
  },
});

/** The name of a way in: one label below the first domain, so that whatever is behind it changes one record and not all. */
export function nameOfWay(label: string, { domains }: Pick<Plan, "domains">): Hostname {
  const name = parseHostname(`${label}.${domains[0]}`);
  if (name === undefined) throw new Error(`no host name: ${label} under ${domains[0]}`);
  return name;
}

/** Who is behind the word in `public`. */
export const wayOf = (
  { public: word }: Pick<Gateway, "public">,
  { chosen }: Pick<Plan, "chosen">,
): Component | undefined =>
  chosen.find(({ component: { id, provider, wayIn } }) => wayIn !== undefined && word === (provider ?? id))?.component;

/** What records of its names point at in the DNS of the internet; undefined where there is no way in. */
export const publicTarget = (gateway: Pick<Gateway, "public">, plan: Plan): Hostname | undefined =>
  wayOf(gateway, plan)?.wayIn?.target(plan);

/** Addresses of the network that the internet is told. */
export const shownAddresses = (plan: Plan): readonly Ip[] =>
  plan.gateways.flatMap((gateway) => wayOf(gateway, plan)?.wayIn?.shown?.(gateway) ?? []);

/** Every name that a publisher makes records point at. */
export const publicTargets = (publisher: Publisher, plan: Plan): readonly Hostname[] => [
  ...new Set(publishedOf(publisher, plan).flatMap((gateway) => publicTarget(gateway, plan) ?? [])),
];

/** Gateways that a publisher tells of, as far as they exist. */
export const publishedOf = (publisher: Publisher, plan: Plan): readonly Gateway[] =>
  plan.gateways.filter(({ name }) => publishedNames(publisher, plan).includes(name));

/** On the Gateway object; the label filter of external-dns reads it there. */
export const publishLabel = (publisher: string): string => `publish.homelab-net/${publisher}`;

// Written out and never left to the program: another prefix in a later version would leave every record without its
// route (external-dns v0.22 changes the default; kubernetes-sigs/external-dns#6424). k8s-gateway reads this one too.
export const ANNOTATIONS = "external-dns.alpha.kubernetes.io/";
// A target on a Gateway is for the internet; whoever has another prefix sees the addresses of the Gateway (external-dns
// v0.21.0, docs/advanced/split-horizon.md).
const LAN_ANNOTATIONS = "lan.homelab-net/";

export const annotationsOf = (publisher: Publisher): string =>
  reachOf(publisher) === "lan" ? LAN_ANNOTATIONS : ANNOTATIONS;

/** Of a DNSEndpoint, for whichever publisher writes it: all of them read all of these objects. Other hosts drop it. */
export const isProxied = (value: boolean) => ({
  providerSpecific: [{ name: `${ANNOTATIONS}cloudflare-proxied`, value: String(value) }],
});

/** What those who publish names look for on a Gateway. */
export function publication(gateway: Gateway, plan: Plan) {
  const outside = publishersOf(gateway, plan);
  const target = publicTarget(gateway, plan);
  const inside = lanPublishers(plan).filter(
    (publisher) => publishedNames(publisher, plan).includes(gateway.name) && !needsRecord(gateway, plan),
  );
  return {
    labels: Object.fromEntries([...outside, ...inside].map(({ name }) => [publishLabel(name ?? ""), "true"])),
    target: outside.length === 0 || target === undefined ? null : { [`${ANNOTATIONS}target`]: target },
  };
}
