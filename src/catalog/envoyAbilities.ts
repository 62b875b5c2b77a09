/**
 * What Envoy Gateway can do for a route (gateway-api v1.6.1, conformance/reports/v1.6/envoy-gateway; Envoy Gateway 1.9.0,
 * API reference: SecurityPolicy).
 */
import type { Gateway } from "../model/gateway.ts";
import type { Plan } from "../model/plan.ts";
import type { RouteAbilities } from "../model/routeOptions.ts";
import { hiddenClients } from "./clients.ts";
import { schemeOf } from "./gatewayCertificates.ts";
import { noGrpc, noPassthrough, unpublished } from "./throughTunnel.ts";

/** `own`: all its gateways, which one EnvoyProxy says of how nodes hand requests on. */
export const envoyAbilities = (gateway: Gateway, own: readonly Gateway[], plan: Plan): RouteAbilities => ({
  path: true,
  header: true,
  "set-header": true,
  timeout: true,
  "allow-from":
    hiddenClients(
      own.flatMap(({ addresses }) => addresses),
      plan,
    ) ?? true,
  "forward-auth": true,
  "sign-in": {
    because: "Envoy Gateway hands on what the service answers, which sends browsers to its page itself",
    source: "Envoy Gateway 1.9.0, API reference: ExtAuth",
    instead: "leave it out, and tell the service the address of its page",
  },
  oidc:
    schemeOf(plan) === "https"
      ? true
      : {
          because: "people come back from the issuer by https alone, and nobody issues certificates here",
          source: "Envoy Gateway documentation, OIDC Authentication",
          instead: "certificates.letsencrypt in homelab.yaml",
        },
  grpc: noGrpc(gateway) ?? true,
  passthrough: noPassthrough(gateway) ?? unpublished(gateway, plan) ?? true,
});
