/** Addresses of the network that are asked whether they answer, all of them out of the plan. */
import type { Alarm } from "../model/alarms.ts";
import { contains, familyOf, type Ip } from "../model/address.ts";
import { managedHosts } from "../model/hostRole.ts";
import { houseRouters } from "../model/houseRouters.ts";
import { withPort } from "../model/namedMachines.ts";
import type { Hostname } from "../model/names.ts";
import { OBSERVABILITY } from "../model/observability.ts";
import type { Plan } from "../model/plan.ts";
import { toldServer } from "../model/toldServer.ts";
import type { KubernetesObject, View } from "../model/unit.ts";
import { schemeOf } from "./gatewayCertificates.ts";
import { wayOf } from "./publishing.ts";

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
const COMES_BACK = "comes-back";
const PING = "ping";
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
  const pinged = machinesPinged(plan);
  return [
    ...throughInternet(plan).map((name) => ({
      job: "probe-public",
      name: `probe-public-${name.replaceAll(".", "-")}`,
      what: "the way in from the internet, and back",
      module: COMES_BACK,
      targets: [`https://${name}`],
    })),
    ...(pinged.length === 0
      ? []
      : [{ job: "probe-machines", name: "probe-machines", what: "a machine, by ping", module: PING, targets: pinged }]),
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
    ...zones("probe-resolvers", "a resolver of the LAN", resolversOfHouse(plan)),
  ];
}

/** A resolver on the internet knows nothing of the house. */
export const resolversOfHouse = (plan: Plan): readonly Ip[] =>
  plan.lan.dns.filter((ip) => plan.addresses.ownersOf(ip).length > 0);

/** Of the configuration of blackbox_exporter 0.28 (its CONFIGURATION.md): a zone is there when its SOA record is. */
export const modulesOf = (plan: Plan): View => ({
  [CONNECTS]: { prober: "tcp", timeout: "5s" },
  ...(machinesPinged(plan).length > 0 && { [PING]: { prober: "icmp", timeout: "5s" } }),
  ...(throughInternet(plan).length > 0 && {
    [COMES_BACK]: {
      prober: "http",
      timeout: "15s",
      http: {
        // Whatever the gateway says, and nothing of those in between who say that they did not reach it.
        valid_status_codes: [200, 204, 301, 302, 303, 307, 308, 401, 403, 404],
        follow_redirects: false,
        preferred_ip_protocol: hasIpv4(plan) ? "ip4" : "ip6",
      },
    },
  }),
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

const hasIpv4 = ({ stacks }: Plan): boolean => stacks.some(({ family }) => family === 4);

const comingBack = (plan: Plan) =>
  plan.gateways.flatMap((gateway) => {
    const way = wayOf(gateway, plan)?.wayIn;
    return way?.comesBack === undefined ? [] : [{ name: way.target(plan), resolvers: way.comesBack }];
  });

/** Names of ways in that lead out of the house and back in. */
export const throughInternet = (plan: Plan): readonly Hostname[] => [
  ...new Set(comingBack(plan).map(({ name }) => name)),
];

/** Who knows those names as the internet does: in the house they lead to the gateway. */
export const internetResolvers = (plan: Plan): readonly Ip[] => [
  ...new Set(
    comingBack(plan).flatMap(({ resolvers }) =>
      resolvers.filter((ip) => plan.stacks.some(({ family }) => family === familyOf(ip))),
    ),
  ),
];

/** Of the LAN: the router, and hosts that Ansible keeps. Others may be off or let no ping in, and routers pass none on. */
export function machinesPinged(plan: Plan): readonly Ip[] {
  const ips = [...houseRouters(plan), ...managedHosts(plan)].flatMap((machine) => machine.ips);
  return [...new Set(ips)].filter((ip) => plan.stacks.some(({ lan }) => lan !== undefined && contains(lan.value, ip)));
}

export const pings = (plan: Plan): boolean => machinesPinged(plan).length > 0;

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
  {
    ...silent("probe-public", {
      name: "PublicNameSilent",
      severity: "critical",
      summary: "From the internet nobody gets an answer at {{ $labels.instance }}",
    }),
    for: "10m",
  },
  {
    ...silent("probe-machines", {
      name: "MachineSilent",
      severity: "warning",
      summary: "{{ $labels.instance }}, a router or a host of the LAN, answers no ping",
    }),
    for: "10m",
  },
  silent("probe-resolvers", {
    name: "ResolverSilent",
    severity: "warning",
    summary: "The resolver {{ $labels.instance }} does not answer for a domain of this network",
  }),
];
