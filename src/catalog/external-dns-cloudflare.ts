import { z } from "zod";
import type { Component } from "../model/component.ts";
import { proposedWhenPublic } from "../model/offer.ts";
import type { Chosen, Plan } from "../model/plan.ts";
import { familyOf } from "../model/address.ts";
import type { ComponentId, SecretNeed, Unit, View } from "../model/unit.ts";
import {
  ANNOTATIONS,
  CLOUDFLARE,
  ownerOf,
  PUBLISH,
  publicTarget,
  publishedNames,
  publishKeys,
  publishLabel,
  settledOwner,
  type PublishOptions,
} from "./publishing.ts";
import { mayCarryRecords } from "./passthrough.ts";
import { closedPods } from "./closedPods.ts";

const ID = "external-dns-cloudflare";
const NAMESPACE = "network";

const unitId = ({ name }: Chosen): string => `external-dns-${name}`;
const secretName = (chosen: Chosen): string => `${unitId(chosen)}-secret`;

export const externalDnsCloudflare: Component<PublishOptions> = {
  id: ID,
  slot: PUBLISH,
  provider: "cloudflare",
  title: "external-dns for Cloudflare",
  summary: "writes the names of routes into your public DNS at Cloudflare; asks for an API token",
  options: z.strictObject(publishKeys),
  settled: [settledOwner],
  offer: { proposed: proposedWhenPublic("without it nobody finds the way in until you write each record by hand") },
  units: (plan, options, chosen) => [externalDns(plan, options, chosen as Chosen<PublishOptions>)],
  flows: (_plan, _options, chosen) => [nobody(chosen)],
  pins: ["external-dns"],
  expects: ({ domains }) => domains.map((domain) => ({ kind: "delegated", domain, ...CLOUDFLARE, by: "external-dns" })),
  docs: {
    template: "components/external-dns-cloudflare/docs.md",
    fragments: {
      dns: "components/external-dns-cloudflare/dns.md",
      troubleshooting: "components/external-dns-cloudflare/troubleshooting.md",
    },
    view: (plan, { policy }, chosen) => ({
      domains: plan.domains,
      gateways: publishedNames(chosen as Chosen<PublishOptions>, plan),
      target: publicTarget(plan),
      removes: policy === "sync",
      owner: ownerOf(chosen as Chosen<PublishOptions>, plan),
      path: chosen.path ?? `dns.publish.${chosen.name}`,
      unit: unitId(chosen),
      secret: secretName(chosen),
    }),
  },
};

const externalDns = (plan: Plan, { policy }: PublishOptions, chosen: Chosen<PublishOptions>): Unit => ({
  id: unitId(chosen),
  component: ID,
  namespace: NAMESPACE,
  release: {
    name: unitId(chosen),
    chart: "external-dns",
    values: "components/external-dns-cloudflare/values.yaml",
    installs: ["externaldns.k8s.io/*"],
  },
  // It looks for the types of routes when it starts, and stops without them.
  after: ["gateway-api", "traefik"],
  secrets: [token(plan, chosen)],
  view: {
    name: unitId(chosen),
    secret: secretName(chosen),
    policy,
    owner: ownerOf(chosen, plan),
    domains: plan.domains,
    prefix: ANNOTATIONS,
    ...sources(plan, chosen),
  },
});

/** Kinds of routes, and how those of published gateways are told from all others. */
function sources(plan: Plan, chosen: Chosen<PublishOptions>): View {
  const names = publishedNames(chosen, plan);
  const published = plan.gateways.filter(({ name }) => names.includes(name));
  const kinds = new Set(published.map(({ routeKind }) => routeKind));
  return {
    label: kinds.has("HTTPRoute") ? publishLabel(chosen.name ?? "") : null,
    ingressRoutes: published.some(({ component }) => isRecording(component, plan)),
    ours: plan.gateways
      .filter((gateway) => mayCarryRecords(gateway, plan))
      .flatMap(({ addresses }) => addresses.map((address) => `${address}/${familyOf(address) === 4 ? 32 : 128}`)),
    classes: published.filter(({ routeKind }) => routeKind === "Ingress").map(({ className }) => className),
  };
}

/** Whether routes of a gateway may be IngressRoutes, whatever they are mostly. */
const isRecording = (id: ComponentId, { chosen }: Plan): boolean =>
  chosen.some(({ component }) => component.id === id && component.gateways?.needsRecord !== undefined);

const nobody = (chosen: Chosen) =>
  closedPods({
    unit: unitId(chosen),
    namespace: NAMESPACE,
    name: unitId(chosen),
    // Labels of the chart's pod (1.21.1, templates/_helpers.tpl).
    to: { "app.kubernetes.io/name": "external-dns", "app.kubernetes.io/instance": unitId(chosen) },
  });

/** Scopes by external-dns's documentation, Cloudflare; the same token serves cert-manager. */
const token = ({ domains }: Plan, chosen: Chosen): SecretNeed => ({
  name: secretName(chosen),
  keys: [
    {
      key: "api-token",
      what: `API token of Cloudflare that may edit the DNS of ${domains.join(" and ")} and nothing else; the one of cert-manager will do`,
      from: `https://dash.cloudflare.com/profile/api-tokens: Create Custom Token, permissions Zone / Zone / Read and Zone / DNS / Edit, zone resources Include / Specific zone / ${domains.join(", ")}`,
    },
  ],
  because: "external-dns writes the names of routes into your public DNS",
});
