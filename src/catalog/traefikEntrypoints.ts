/** What Traefik listens on: two entrypoints for each gateway, so that a route of one is never heard on the other's address. */
import type { Plan } from "../model/plan.ts";
import type { Gateway, GatewayWish } from "../model/gateway.ts";
import { gatewayCertificates } from "./gatewayCertificates.ts";

export const TRAEFIK = "traefik";
/** Beside the certificates, which are read only from the namespace of the TLSStore. */
export const TRAEFIK_NAMESPACE = "network";

export interface Entrypoint {
  readonly name: string;
  /** Of the pod; the Service has 80 and 443. */
  readonly port: number;
}

export interface Entrypoints {
  readonly http: Entrypoint;
  /** Undefined while nobody issues certificates. */
  readonly https: Entrypoint | undefined;
}

/** In the order of homelab.yaml. */
export const traefikGateways = (plan: Pick<Plan, "gateways">): readonly Gateway[] =>
  plan.gateways.filter(({ component }) => component === TRAEFIK);

/**
 * Its Service is that of the release, whose address Traefik writes into the status of every Ingress and Gateway: there is
 * one such address and no more (traefik v3.7, Kubernetes Ingress: publishedService; Gateway API: statusAddress).
 */
export const shownGateway = (plan: Pick<Plan, "gateways">): Gateway | undefined =>
  traefikGateways(plan).find(({ isDefault }) => isDefault) ?? traefikGateways(plan)[0];

/** Without TLS, with TLS: as written, or made of the name. */
export function entrypointNames({ name, isDefault, options }: GatewayWish): readonly [string, string] {
  const [http, https] = (options["entrypoints"] ?? []) as readonly string[];
  const usual = isDefault ? (["web", "websecure"] as const) : ([`web-${name}`, `tls-${name}`] as const);
  return [http ?? usual[0], https ?? usual[1]];
}

// The first pair is that of the chart (traefik 41.3.0, values.yaml, ports.web and ports.websecure).
const HTTP = 8000;
const HTTPS = 8443;

export function entrypointsOf(
  gateway: Gateway,
  plan: Pick<Plan, "gateways" | "chosen" | "domains" | "zones">,
): Entrypoints {
  const index = traefikGateways(plan).findIndex(({ name }) => name === gateway.name);
  const [http, https] = entrypointNames(gateway);
  return {
    http: { name: http, port: HTTP + index },
    https: gatewayCertificates(plan).length > 0 ? { name: https, port: HTTPS + index } : undefined,
  };
}
