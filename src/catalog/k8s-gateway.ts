import { z } from "zod";
import type { Ip } from "../model/address.ts";
import { both, type PerFamily } from "../model/families.ts";
import type { Component } from "../model/component.ts";
import type { DnsRecord, Plan } from "../model/plan.ts";
import { appDomain, writtenRecords } from "../model/zones.ts";
import type { Flow, KubernetesObject, RouteKind, View } from "../model/unit.ts";
import { anywhere } from "../model/workloads.ts";
import { ipsField } from "../fields/fields.ts";
import { asksApi } from "./begins.ts";
import { mayCarryRecords } from "./passthrough.ts";
import { schemeOf } from "./gatewayCertificates.ts";
import { serviceAnnotations, serviceFamilies, serviceLabels } from "./pools.ts";
import { needsRecord } from "./recorded.ts";
import { K8S_GATEWAY_PICTURES } from "./namePictures.ts";

interface Options {
  readonly address?: PerFamily<Ip> | undefined;
}

const NAME = "k8s-gateway";
const NAMESPACE = "network";

export const k8sGateway: Component<Options> = {
  id: "k8s-gateway",
  slot: "split-dns",
  title: "k8s-gateway",
  summary: "a small DNS server that reads names from routes; costs an address and one line at your resolver",
  options: z.strictObject({
    address: ipsField()
      .optional()
      .describe("address of the DNS server, from a pool of the load balancer; your resolver asks it for your domains"),
  }),
  addresses: [
    {
      key: "address",
      from: "pool",
      owner: NAME,
      role: "service",
      note: "DNS server for your domains, the LAN resolver asks it",
    },
  ],
  units: (plan, options) => {
    if (options.address === undefined) throw new Error("a plan has an address for k8s-gateway");
    return [
      {
        id: NAME,
        component: NAME,
        namespace: NAMESPACE,
        release: { name: NAME, chart: NAME, values: "components/k8s-gateway/values.yaml" },
        ...(plan.records.length > 0 && { objects: { "records.yaml": [recordsObject(plan)] } }),
        // It looks for the types of routes once, when it starts.
        after: ["gateway-api", "dns-endpoints"],
        view: {
          zones: plan.domains.join(" "),
          annotations: serviceAnnotations(options.address, plan),
          labels: serviceLabels(options.address, plan),
          ...serviceFamilies(options.address, plan),
          records: plan.records.length > 0 ? RECORDS : null,
          ...watched(plan),
        },
      },
    ];
  },
  flows: () => [dnsFlow],
  // Nobody is asked for other names (templates/components/k8s-gateway/values.yaml).
  begins: () => [asksApi({ namespace: NAMESPACE, labels: dnsFlow.to }, "it reads names from routes")],
  dashboards: () => [K8S_GATEWAY_PICTURES],
  metrics: () => [{ unit: NAME, namespace: NAMESPACE, name: NAME, pods: dnsFlow.to, port: 9153 }],
  workloads: () => [anywhere(NAME, 32)],
  pins: [NAME],
  expects: ({ domains }, { address }) =>
    address === undefined
      ? []
      : domains.flatMap((domain) =>
          address.map((server) => ({ kind: "serves" as const, domain, server, title: "k8s-gateway" })),
        ),
  // The address on the LAN, which no pod of it takes with it; a Service knows its other one only afterwards.
  answers: ({ domains }, { address = [] }) => [{ domains, servers: address.slice(0, 1) }],
  docs: {
    template: "components/k8s-gateway/docs.md",
    fragments: { dns: "components/k8s-gateway/dns.md", troubleshooting: "components/k8s-gateway/troubleshooting.md" },
    view: (plan, options) => ({
      address: options.address?.[0],
      others: options.address?.slice(1) ?? [],
      domains: plan.domains,
      several: plan.gateways.length > 1,
      example: `echo.${appDomain(plan)}`,
      records: writtenRecords(plan).map(shownRecord),
      machines: plan.zones.machines ?? null,
      services: plan.zones.services ?? null,
      certified: schemeOf(plan) === "https",
      machineRecords: plan.records.filter(({ ofZone }) => ofZone).map(shownRecord),
      gatewayAddress: (plan.gateways.find(({ isDefault }) => isDefault) ?? plan.gateways[0])?.address ?? "",
    }),
  },
};

/** A route that speaks gRPC is another object with a name. */
const ALSO: Readonly<Partial<Record<RouteKind, readonly string[]>>> = { HTTPRoute: ["HTTPRoute", "GRPCRoute"] };

const shownRecord = ({ name, written, ips }: DnsRecord): View => ({
  name,
  address: ips.length === 0 ? written : both(ips),
});

/** Routes by their kind, and of which classes: those of others lead to gateways that nobody here knows. */
function watched(plan: Plan): View {
  const gateways = plan.gateways.filter((gateway) => !needsRecord(gateway, plan));
  const recorded = plan.gateways.some((gateway) => mayCarryRecords(gateway, plan));
  const classesOf = (kind: RouteKind) => [
    ...new Set(gateways.filter(({ routeKind }) => routeKind === kind).map(({ className }) => className)),
  ];
  const [gatewayClasses, ingressClasses] = [classesOf("HTTPRoute"), classesOf("Ingress")];
  return {
    kinds: [
      ...new Set(gateways.flatMap(({ routeKind }) => ALSO[routeKind] ?? [routeKind])),
      ...(recorded ? ["DNSEndpoint"] : []),
    ],
    filters: {
      ...(gatewayClasses.length > 0 && { gatewayClasses }),
      ...(ingressClasses.length > 0 && { ingressClasses }),
    },
  };
}

const RECORDS = `${NAME}-records`;

/**
 * A hosts file, which the server reads before it looks at routes, and again when it changes. As DNSEndpoint objects the
 * same records would need resource types of external-dns before the server starts, would all be answered together
 * where one object holds several, and would be published by any external-dns that reads such objects
 * (k8s_gateway v1.7.0, kubernetes.go, lookupDNSEndpoint).
 */
const recordsObject = ({ records }: Plan): KubernetesObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: RECORDS },
  data: { hosts: records.flatMap(({ name, ips }) => ips.map((ip) => `${ip} ${name}\n`)).join("") },
});

const dnsFlow: Flow = {
  unit: NAME,
  namespace: NAMESPACE,
  name: NAME,
  to: { "app.kubernetes.io/instance": NAME, "app.kubernetes.io/name": NAME },
  from: ["world", "cluster"],
  // The Service has 53 (chart 3.7.2, templates/deployment.yaml).
  ports: [
    { port: 1053, protocol: "UDP" },
    { port: 1053, protocol: "TCP" },
  ],
  because: "questions of the LAN resolver and of pods",
};
