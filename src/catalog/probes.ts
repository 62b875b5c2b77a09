/** Addresses of the network that are asked whether they answer, all of them out of the plan. */
import type { Alarm } from "../model/alarms.ts";
import type { Ip } from "../model/address.ts";
import { withPort } from "../model/namedMachines.ts";
import type { Hostname } from "../model/names.ts";
import { OBSERVABILITY } from "../model/observability.ts";
import type { Plan } from "../model/plan.ts";
import { toldServer } from "../model/toldServer.ts";
import type { KubernetesObject, View } from "../model/unit.ts";
import { schemeOf } from "./gatewayCertificates.ts";

export interface Probed {
  /** What it is called where numbers are looked at. */
  readonly job: string;
  /** Of the object. */
  readonly name: string;
  /** `the Kubernetes API`. */
  readonly what: string;
  readonly module: string;
  readonly targets: readonly string[];
}

const CONNECTS = "connects";
const DNS_PORT = 53;

/** Names of modules are parts of URLs. */
const zoneModule = (domain: Hostname): string => `zone-${domain.replaceAll(".", "-")}`;

export function probedIn(plan: Plan): readonly Probed[] {
  const { api } = plan.cluster;
  const server = toldServer(plan);
  const port = schemeOf(plan) === "https" ? 443 : 80;
  const connects = (job: string, what: string, targets: readonly string[]): readonly Probed[] =>
    targets.length === 0 ? [] : [{ job, name: job, what, module: CONNECTS, targets }];
  const zones = (job: string, what: string, servers: readonly Ip[]): readonly Probed[] =>
    servers.length === 0
      ? []
      : plan.domains.map((domain) => ({
          job,
          name: `${job}-${domain.replaceAll(".", "-")}`,
          what: `${what}, about ${domain}`,
          module: zoneModule(domain),
          targets: servers.map((ip) => withPort(ip, DNS_PORT)),
        }));
  return [
    ...connects(
      "probe-api",
      "the Kubernetes API",
      api.addresses.map((ip) => withPort(ip, api.port)),
    ),
    ...connects(
      "probe-gateways",
      "a gateway",
      plan.gateways.flatMap(({ addresses }) => addresses.map((ip) => withPort(ip, port))),
    ),
    ...zones("probe-dns", "the DNS server of the cluster", server === undefined ? [] : [server]),
    // A resolver on the internet knows nothing of the house.
    ...zones(
      "probe-resolvers",
      "a resolver of the LAN",
      plan.lan.dns.filter((ip) => plan.addresses.ownersOf(ip).length > 0),
    ),
  ];
}

/** Of the configuration of blackbox_exporter 0.28 (its CONFIGURATION.md): a zone is there when its SOA record is. */
export const modulesOf = (plan: Plan): View => ({
  [CONNECTS]: { prober: "tcp", timeout: "5s" },
  ...Object.fromEntries(
    plan.domains.map((domain) => [
      zoneModule(domain),
      {
        prober: "dns",
        timeout: "5s",
        dns: { query_name: domain, query_type: "SOA", valid_rcodes: ["NOERROR"] },
      },
    ]),
  ),
});

export const probeObject = ({ job, name, module, targets }: Probed, prober: string): KubernetesObject => ({
  apiVersion: "monitoring.coreos.com/v1",
  kind: "Probe",
  metadata: { name, namespace: OBSERVABILITY },
  spec: {
    jobName: job,
    module,
    interval: "60s",
    prober: { url: prober, path: "/probe" },
    targets: { staticConfig: { static: targets } },
  },
});

const silent = (
  job: string,
  alarm: Pick<Alarm, "name" | "severity" | "summary">,
): Alarm & { readonly job: string } => ({
  ...alarm,
  job,
  expr: `probe_success{job="${job}"} == 0`,
  for: "5m",
});

export const ALARMS: readonly (Alarm & { readonly job: string })[] = [
  silent("probe-api", {
    name: "ApiSilent",
    severity: "critical",
    summary: "The Kubernetes API does not answer at {{ $labels.instance }}",
  }),
  silent("probe-gateways", {
    name: "GatewaySilent",
    severity: "critical",
    summary: "No gateway answers at {{ $labels.instance }}",
  }),
  silent("probe-dns", {
    name: "DnsServerSilent",
    severity: "critical",
    summary: "The DNS server of the cluster does not answer for a domain at {{ $labels.instance }}",
  }),
  silent("probe-resolvers", {
    name: "ResolverSilent",
    severity: "warning",
    summary: "The resolver {{ $labels.instance }} does not answer for a domain of this network",
  }),
];
