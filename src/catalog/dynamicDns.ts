/**
 * ddns-updater: looks every five minutes which public address the house has, and writes it into one record. Each DNS
 * host is a component of its own; keys of its configuration: qdm12/ddns-updater v2.10.0, docs/<provider>.md.
 */
import { z } from "zod";
import type { Component } from "../model/component.ts";
import { pinOf } from "../model/pins.ts";
import type { Plan } from "../model/plan.ts";
import type { Pin, PinId, SecretNeed, Unit } from "../model/unit.ts";
import { anywhere } from "../model/workloads.ts";
import { asksAddress, asksInternet, tcp, udp } from "./begins.ts";
import { closedPods } from "./closedPods.ts";
import { delegated, dnsHosts } from "./dnsHosts.ts";
import { dynamicHosts, type DynamicHost, type DynamicOptions } from "./dynamicHosts.ts";
import { DYNAMIC_DNS, homeName } from "./port-forward.ts";

const IMAGE = "ddns-updater-image";
const NAME = "ddns-updater";
const NAMESPACE = "network";
const SECRET = "ddns-updater-secret";

export const dynamicDns = (pins: ReadonlyMap<PinId, Pin>): readonly Component<DynamicOptions>[] =>
  dynamicHosts.map((host) => updater(host, pins));

function updater(host: DynamicHost, pins: ReadonlyMap<PinId, Pin>): Component<DynamicOptions> {
  const { title } = dnsHosts[host.id];
  return {
    id: `ddns-${host.id}`,
    slot: DYNAMIC_DNS,
    provider: host.id,
    title: `ddns-updater for ${title}`,
    summary: `keeps the record of your public address at ${title}; asks for ${host.asks}`,
    options: z.strictObject(host.keys) as unknown as z.ZodType<DynamicOptions>,
    units: (plan, options) => [unitOf(host, options, plan, pinOf(pins, IMAGE))],
    flows: () => [nobody],
    begins: () => [
      // It begins by asking whether the internet is there (qdm12/ddns-updater v2.10.0, internal/health/httpcheck.go).
      asksInternet(pods, tcp(443), `it asks which address the house has, and writes it at ${title}`),
      // RESOLVER_ADDRESS of its values.
      asksAddress(pods, "1.1.1.1", udp(53), "it looks what the internet knows"),
    ],
    workloads: () => [anywhere(NAME, 16)],
    pins: ["app-template", IMAGE],
    expects: ({ domains }) => (domains[0] === undefined ? [] : delegated(domains[0], host.id, NAME)),
    docs: {
      template: "components/ddns/docs.md",
      fragments: { troubleshooting: "components/ddns/troubleshooting.md" },
      view: (plan) => ({
        title,
        name: homeName(plan),
        secret: SECRET,
        domain: plan.domains[0],
        wantsRecord: host.wantsRecord ?? false,
        // The program takes what registries sell for the zone (internal/params/json.go, extractFromDomainField).
        registered: host.id === "digitalocean" || host.id === "hetzner",
      }),
    },
  };
}

function unitOf(host: DynamicHost, options: DynamicOptions, plan: Plan, image: Pin): Unit {
  const settings = { ...host.told(options), domain: homeName(plan), ip_version: "ipv4" };
  return {
    id: NAME,
    component: `ddns-${host.id}`,
    namespace: NAMESPACE,
    release: { name: NAME, chart: "app-template", values: "components/ddns/values.yaml" },
    secrets: [need(host, plan, options)],
    view: {
      repository: image.source,
      tag: image.version,
      secret: SECRET,
      env: host.secrets.map(({ key, variable }) => ({ key, variable })),
      config: configOf(host, settings),
      record: homeName(plan),
    },
  };
}

/** On one line. Kubernetes puts secrets in place of `$(NAME)`; one that is JSON itself stands there without quotes. */
function configOf({ secrets }: DynamicHost, settings: Readonly<Record<string, unknown>>): string {
  const all = {
    ...settings,
    ...Object.fromEntries(secrets.map(({ setting, variable }) => [setting, `$(${variable})`])),
  };
  const text = JSON.stringify({ settings: [all] });
  return secrets
    .filter(({ isJson }) => isJson)
    .reduce((config, { variable }) => config.replace(`"$(${variable})"`, `$(${variable})`), text);
}

function need(host: DynamicHost, plan: Plan, options: DynamicOptions): SecretNeed {
  const [domain] = plan.domains;
  return {
    name: SECRET,
    keys: domain === undefined ? [] : host.needed(domain, options),
    because: "ddns-updater writes your public address into your public DNS",
  };
}

const pods = {
  namespace: NAMESPACE,
  labels: { "app.kubernetes.io/instance": NAME, "app.kubernetes.io/name": NAME },
};

const nobody = closedPods({
  unit: NAME,
  namespace: NAMESPACE,
  name: NAME,
  to: pods.labels,
});
