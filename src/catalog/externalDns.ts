/**
 * external-dns, for any server that has names. What all of them share stands here once: what is read, what may happen to
 * records, and how they are marked. A provider is a file of its own that says what is particular to it.
 */
import { z } from "zod";
import type { Component } from "../model/component.ts";
import type { Texts } from "../model/docs.ts";
import type { Expectation } from "../model/expectation.ts";
import type { Gateway } from "../model/gateway.ts";
import type { Hostname } from "../model/names.ts";
import type { Offer } from "../model/offer.ts";
import type { Chosen, Plan } from "../model/plan.ts";
import type { Publishing } from "../model/publish.ts";
import type { ComponentId, Pin, PinId, Pods, SecretNeed, Unit, View, ViewValue } from "../model/unit.ts";
import { anywhere } from "../model/workloads.ts";
import { dnsHosts } from "./dnsHosts.ts";
import { closedPods } from "./closedPods.ts";
import { readSources } from "./externalDnsSources.ts";
import { asksForNames, atUrl, type Asked } from "./lanServer.ts";
import {
  annotationsOf,
  ownerOf,
  PUBLISH,
  publicTargets,
  publishedDomains,
  publishedNames,
  publishedOf,
  publishKeys,
  settledGateways,
  settledOwner,
  type Publisher,
  type PublishOptions,
} from "./publishing.ts";
import { EXTERNAL_DNS_PICTURES } from "./namePictures.ts";

const NAMESPACE = "network";
const TEMPLATES = "components/external-dns";

/** What is particular to a server that names are written to. */
export interface DnsProvider<Own extends object> {
  readonly id: ComponentId;
  /** As the spec spells it. */
  readonly provider: string;
  /** What people call it: `Cloudflare`. */
  readonly title: string;
  readonly summary: string;
  readonly publishes: Publishing<PublishOptions & Own>;
  /** Options of its own, beside those of every publisher. */
  readonly keys: { readonly [Key in keyof Own]: z.ZodType<Own[Key]> };
  /** Beside the chart. */
  readonly pins?: readonly PinId[];
  readonly offer?: Offer;
  /** How external-dns gets there. */
  told(around: Around<Own>): Told;
  secret(around: Around<Own>): Omit<SecretNeed, "name">;
  /** Where its server is asked; at 443 of a host of the internet, or where the address of the server says when absent. */
  at?(options: PublishOptions & Own): Asked;
  expects?(around: Around<Own>): readonly Expectation[];
  /** What the key in its Secret can do, after "has". */
  readonly key: string;
  /** Words of its own, after those of all. */
  readonly docs?: Texts;
  /** What these read beside what all do. */
  view?(around: Around<Own>): View;
}

export interface Around<Own> {
  readonly plan: Plan;
  readonly options: PublishOptions & Own;
  /** Whose names it writes. */
  readonly domains: readonly Hostname[];
  /** Gateways whose names these are. */
  readonly published: readonly Gateway[];
  /** Name of its Secret. */
  readonly secret: string;
}

/** Parts of the chart's values (external-dns 1.21.1, values.yaml). */
export interface Told {
  readonly provider: ViewValue;
  readonly env: readonly ViewValue[];
  readonly volumes?: readonly ViewValue[];
  readonly mounts?: readonly ViewValue[];
  readonly args: readonly ArgGroup[];
}

/** Arguments with a reason in common. */
export interface ArgGroup {
  readonly why: string;
  readonly args: readonly string[];
}

export function externalDns<Own extends object>(provider: DnsProvider<Own>): Component<PublishOptions & Own> {
  const { id, title, summary, publishes, keys, pins = [], offer } = provider;
  const around = (plan: Plan, options: PublishOptions & Own, chosen: Chosen): Around<Own> => ({
    plan,
    options,
    domains: publishedDomains(chosen as Publisher, plan),
    published: publishedOf(chosen as Publisher, plan),
    secret: secretName(chosen),
  });
  return {
    id,
    slot: PUBLISH,
    provider: provider.provider,
    title: `external-dns for ${title}`,
    summary,
    options: z.strictObject({ ...publishKeys(publishes.reach), ...keys }) as unknown as z.ZodType<PublishOptions & Own>,
    settled: [settledGateways(publishes.reach), ...(publishes.unmarked ? [] : [settledOwner])],
    publishes,
    ...(offer !== undefined && { offer }),
    units: (plan, options, chosen) => [unitOf(provider, around(plan, options, chosen), chosen as Publisher)],
    flows: (_plan, _options, chosen) => [closedPods({ ...named(chosen), to: podsOf(chosen).labels })],
    begins: (plan, options, chosen) =>
      asksForNames(podsOf(chosen), provider.at?.(options) ?? atUrl(publishes.server?.(options)), title, plan),
    dashboards: () => [EXTERNAL_DNS_PICTURES],
    metrics: (_plan, _options, chosen) => [{ ...named(chosen), pods: podsOf(chosen).labels, port: 7979 }],
    // A provider of its own is a second container.
    workloads: (_plan, _options, chosen) => [anywhere(unitId(chosen), pins.length > 0 ? 80 : 48)],
    pins: ["external-dns", ...pins],
    expects: (plan, options, chosen) => provider.expects?.(around(plan, options, chosen)) ?? [],
    docs: {
      template: [
        `${TEMPLATES}/${publishes.reach}/docs.md`,
        `${TEMPLATES}/${publishes.unmarked ? "unmarked" : "owner"}.md`,
        ...[provider.docs ?? []].flat(),
      ],
      fragments: {
        dns: `${TEMPLATES}/${publishes.reach}/dns.md`,
        troubleshooting: `${TEMPLATES}/${publishes.reach}/troubleshooting.md`,
      },
      view: (plan, options, chosen) => viewOf(provider, around(plan, options, chosen), chosen as Publisher),
    },
  };
}

/** What its pages may say: of the internet where names lead, of the house who is asked. */
function viewOf<Own extends object>(provider: DnsProvider<Own>, around: Around<Own>, chosen: Publisher): View {
  const { title, key, publishes } = provider;
  const { plan, options, secret } = around;
  return {
    title,
    key,
    domains: around.domains,
    gateways: publishedNames(chosen, plan),
    unit: unitId(chosen),
    secret,
    annotations: annotationsOf(chosen),
    ...(publishes.reach === "internet"
      ? { targets: publicTargets(chosen, plan), flattens: dnsHosts[publishes.host].flattens ?? false }
      : { server: (publishes.server?.(options) ?? title).replace(/^https?:\/\//, "") }),
    ...provider.view?.(around),
    ...(!publishes.unmarked && {
      removes: options.policy === "sync",
      owner: ownerOf(chosen, plan),
      path: chosen.path ?? `dns.publish.${chosen.name}`,
    }),
  };
}

const unitId = ({ name }: Chosen): string => `external-dns-${name}`;
const secretName = (chosen: Chosen): string => `${unitId(chosen)}-secret`;

function unitOf<Own extends object>(provider: DnsProvider<Own>, around: Around<Own>, chosen: Publisher): Unit {
  const { plan, options, secret } = around;
  const { publishes } = provider;
  const { provider: values, env, args, volumes = [], mounts = [] } = provider.told(around);
  const { sources, groups } = readSources(plan, chosen);
  return {
    id: unitId(chosen),
    component: provider.id,
    namespace: NAMESPACE,
    release: {
      name: unitId(chosen),
      chart: "external-dns",
      values: `${TEMPLATES}/values.yaml`,
      installs: ["externaldns.k8s.io/*"],
    },
    // It looks for the types of routes when it starts, and stops without them.
    after: ["gateway-api", "traefik"],
    secrets: [{ name: secret, ...provider.secret(around) }],
    view: {
      where: publishes.reach === "lan" ? "the DNS of the LAN" : "public DNS",
      name: unitId(chosen),
      secret,
      provider: values,
      env,
      volumes,
      mounts,
      policy: options.policy,
      types: publishes.reach === "lan" ? ["A", "AAAA"] : [],
      owner: ownerOf(chosen, plan),
      // Whole labels of their own, so that the mark of a domain itself lies in its zone (external-dns v0.21.0, registry/mapper).
      marks: publishes.unmarked ? null : `${options.prefix}.%{record_type}.`,
      domains: around.domains,
      annotations: annotationsOf(chosen),
      sources: sources.map(({ source, why }) => ({ source, why: why ?? null })),
      groups: [...groups, ...args].map(({ why, args: all }) => ({ why, args: all })),
    },
  };
}

const podsOf = (chosen: Chosen): Pods => ({
  namespace: NAMESPACE,
  // Labels of the chart's pod (1.21.1, templates/_helpers.tpl).
  labels: { "app.kubernetes.io/name": "external-dns", "app.kubernetes.io/instance": unitId(chosen) },
});

const named = (chosen: Chosen) => ({ unit: unitId(chosen), namespace: NAMESPACE, name: unitId(chosen) });

/** An environment variable out of the Secret. */
export const fromSecret = (name: string, secret: string, key: string): ViewValue => ({
  name,
  valueFrom: { secretKeyRef: { name: secret, key } },
});

/** A provider that runs beside external-dns: what it takes, without the rights of a container that has to be told. */
export const webhook = ({ source, version }: Pin, env: readonly ViewValue[]) => ({
  name: "webhook",
  webhook: {
    image: { repository: source, tag: version },
    env,
    securityContext: {
      // Some images name no user, or one that the kubelet cannot tell from root.
      runAsNonRoot: true,
      runAsUser: 65_532,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    resources: { requests: { cpu: "5m", memory: "32Mi" }, limits: { memory: "128Mi" } },
  },
});

/** One that is asked how it is at the port that takes changes: only its pod reaches it, so the kubelet asks nothing. */
export const webhookOfItsOwn = (pin: Pin, env: readonly ViewValue[]): ViewValue => {
  const { name, webhook: settings } = webhook(pin, env);
  return { name, webhook: { ...settings, livenessProbe: null, readinessProbe: null } };
};

/** The mark beside a wildcard, whose own name has no place for an asterisk. */
export const WILDCARD_MARK: ArgGroup = {
  why: "The mark beside a wildcard: servers take an asterisk only as a whole first label.",
  args: ["--txt-wildcard-replacement=wildcard"],
};
