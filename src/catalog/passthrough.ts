/**
 * Names whose connections a gateway hands on unopened. A listener of the Gateway API does it for the names it is for, so
 * they stand in homelab.yaml: of two listeners on one port each has names of its own (gateway-api v1.6.1, Listener).
 */
import { z } from "zod";
import { hostnameField } from "../fields/fields.ts";
import { familyOf } from "../model/address.ts";
import type { Gateway } from "../model/gateway.ts";
import type { Hostname } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";
import type { KubernetesObject, Route } from "../model/unit.ts";
import { readsRecords } from "./lanNames.ts";

// A Gateway has 64 listeners at most (gateway-api v1.6.1, GatewaySpec.Listeners).
const MOST = 32;

/** Keys of a gateway. */
export const passthroughKeys = {
  passthrough: z
    .array(hostnameField())
    .min(1)
    .max(MOST)
    .optional()
    .describe("names whose TLS connections it hands on unopened, to apps that have a certificate of their own")
    .meta({ kind: "a list of host names", example: ["vault.ragas.cc"] }),
} as const;

export const passedOn = ({ options }: Pick<Gateway, "options">): readonly Hostname[] =>
  (options["passthrough"] ?? []) as readonly Hostname[];

export const passthroughListeners = (gateway: Gateway) =>
  passedOn(gateway).map((hostname) => ({ name: listenerOf(hostname), hostname }));

const listenerOf = (host: Hostname): string => `tls-${host.replaceAll(".", "-")}`;

/**
 * A TLSRoute, and a record: k8s-gateway 1.7.0 reads such routes in a version that the standard channel does not serve
 * (kubernetes.go, tlsRouteLister; gateway-api v1.6.1).
 */
export function tlsRoute(route: Route, plan: Plan): readonly KubernetesObject[] {
  const { name, namespace, host, service, port } = route;
  const gateways = plan.gateways.filter((gateway) => route.gateways.includes(gateway.name));
  return [
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "TLSRoute",
      metadata: { name, namespace },
      spec: {
        hostnames: [host],
        parentRefs: gateways.map((gateway) => ({
          name: gateway.object,
          namespace: gateway.namespace,
          sectionName: listenerOf(host),
        })),
        rules: [{ backendRefs: [{ name: service, port }] }],
      },
    },
    ...(readsRecords(plan) ? [addressRecord(route, gateways)] : []),
  ];
}

/** The addresses of these gateways, for DNS servers that cannot tell them from the route. */
export function addressRecord({ name, namespace, host }: Route, gateways: readonly Gateway[]): KubernetesObject {
  const addresses = gateways.flatMap((gateway) => gateway.addresses);
  const endpoints = ([4, 6] as const).flatMap((family) => {
    const targets = addresses.filter((address) => familyOf(address) === family);
    return targets.length === 0 ? [] : [{ dnsName: host, recordType: family === 4 ? "A" : "AAAA", targets }];
  });
  return {
    apiVersion: "externaldns.k8s.io/v1alpha1",
    kind: "DNSEndpoint",
    metadata: { name, namespace },
    spec: { endpoints },
  };
}

/** Whether routes of a gateway may have a record of their own beside them. */
export const mayCarryRecords = (gateway: Gateway, { chosen }: Pick<Plan, "chosen">): boolean =>
  (gateway.routeKind === "HTTPRoute" && passedOn(gateway).length > 0) ||
  chosen.some(({ component }) => component.id === gateway.component && component.gateways?.needsRecord !== undefined);
