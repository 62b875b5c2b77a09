import { z } from "zod";
import type { Component } from "../model/component.ts";
import { both } from "../model/families.ts";
import type { Plan } from "../model/plan.ts";
import type { Gateway } from "../model/gateway.ts";
import type { RouteAbilities, Unable } from "../model/routeOptions.ts";
import type { Unit } from "../model/unit.ts";
import { gatewayCertificates } from "./gatewayCertificates.ts";
import { httpRoute, namedRoutes, readHttpRoute } from "./httpRoute.ts";
import { httpsRedirect } from "./httpsRedirect.ts";
import { listenerFor, sealedListeners } from "./namedListeners.ts";
import { passedOn, passthroughKeys, passthroughListeners, tlsRoute } from "./passthrough.ts";
import { serviceAnnotations, serviceLabels } from "./pools.ts";
import { publication } from "./publishing.ts";
import { noGrpc, noPassthrough, unpublished } from "./throughTunnel.ts";

/** Cilium's configuration asks whether it is in use (cilium.ts). */
export const CILIUM_GATEWAY = "cilium-gateway";

/** The chart makes it (cilium 1.20.0, templates/cilium-gateway-api-class.yaml). */
export const CILIUM_CLASS = "cilium";

const NAMESPACE = "network";

const own = (plan: Plan): readonly Gateway[] => plan.gateways.filter(({ component }) => component === CILIUM_GATEWAY);

const overHttps = (plan: Plan): boolean => gatewayCertificates(plan).length > 0;

const nobodyAsked: Unable = {
  because: "Cilium asks nobody about a request: its gateway has neither forward auth nor OpenID Connect",
  source: "gateway-api v1.6.1, HTTPRouteFilterType; Cilium documentation 1.20, Gateway API Support",
  instead: "a proxy in front of the app that asks, such as oauth2-proxy, or a gateway of another provider",
};

// gateway-api v1.6.1, conformance/reports/v1.6/cilium/standard-v1.20.0-default-report.yaml.
const abilities = (gateway: Gateway, plan: Plan): RouteAbilities => ({
  path: true,
  header: true,
  "set-header": true,
  timeout: true,
  "allow-from": {
    because: "the Gateway API has no word for who may ask, and Cilium none of its own for a route",
    source: "gateway-api v1.6.1, HTTPRouteFilterType; Cilium documentation 1.20, Gateway API Support",
    instead: "a gateway of another provider for names that not everybody may ask for",
  },
  "forward-auth": nobodyAsked,
  "sign-in": nobodyAsked,
  oidc: nobodyAsked,
  grpc: noGrpc(gateway) ?? true,
  passthrough: noPassthrough(gateway) ?? unpublished(gateway, plan) ?? true,
});

/** The operator makes an address and Envoy configuration of each Gateway; the Envoy beside every agent carries it out. */
export const ciliumGateway: Component<Record<string, never>> = {
  id: CILIUM_GATEWAY,
  slot: "ingress",
  envoy: true,
  provider: "cilium",
  title: "Cilium Gateway",
  summary: "Gateway API by Cilium itself, no pods beside it; all gateways share the Envoy of a node",
  options: z.strictObject({}),
  entryOptions: z.strictObject(passthroughKeys),
  requires: ["gateway-api"],
  partOf: "cilium",
  gateways: {
    object: ({ name }) => ({
      object: name,
      routeKind: "HTTPRoute",
      namespace: NAMESPACE,
      // cilium/cilium v1.20.0, operator/pkg/model/translation/gateway-api/translator.go, CiliumGatewayPrefix.
      service: `cilium-gateway-${name}`,
      className: CILIUM_CLASS,
      unit: CILIUM_GATEWAY,
    }),
    route: (route, plan) =>
      route.passthrough === true ? tlsRoute(route, plan) : httpRoute(route, plan, listenerFor(route.host, plan)),
    passedOn,
    routeOptions: abilities,
    readRoute: readHttpRoute,
    namedKinds: (plan) => [namedRoutes(plan)],
    // A BackendTLSPolicy without a ConfigMap of authorities is accepted and left out of the configuration of Envoy
    // (cilium/cilium v1.20.0, envoy_cluster_mutator.go, withTLSOrigination; cilium/cilium#48307).
    onlyPlainOrigins:
      "Cilium 1.20 takes a BackendTLSPolicy that trusts public authorities and speaks http all the same (cilium/cilium#48307)",
    // Requests leave Envoy as `ingress`, which is no pod (Cilium documentation 1.20, network/servicemesh/ingress-reference).
    dataPlane: (plan) => (own(plan).length > 0 ? ["ingress"] : []),
  },
  units: (plan) => [gateways(plan)],
  begins: () => [],
  pins: ["cilium"],
  docs: {
    template: "components/cilium-gateway/docs.md",
    fragments: {
      requests: "components/cilium-gateway/requests.md",
      troubleshooting: "components/cilium-gateway/troubleshooting.md",
      gateways: "components/cilium-gateway/gateways.md",
    },
    view: (plan) => ({
      gateways: own(plan).map(({ object, service, addresses, isDefault }) => ({
        object,
        service,
        address: both(addresses),
        isDefault,
      })),
      namespace: NAMESPACE,
      https: overHttps(plan),
      named: sealedListeners(plan).length > 1,
    }),
  },
};

const gateways = (plan: Plan): Unit => ({
  id: CILIUM_GATEWAY,
  component: CILIUM_GATEWAY,
  namespace: NAMESPACE,
  templates: "components/cilium-gateway/gateways",
  // The chart refuses Gateways with several certificates a listener by a policy that has to be there first.
  after: ["cilium"],
  objects: overHttps(plan) ? { "redirect.yaml": [httpsRedirect(own(plan), plan)] } : {},
  view: {
    sealed: sealedListeners(plan).map(({ name, hostname, secret }) => ({ name, hostname: hostname ?? null, secret })),
    gateways: own(plan).map((gateway) => ({
      object: gateway.object,
      annotations: serviceAnnotations(gateway.addresses, plan),
      serviceLabels: serviceLabels(gateway.addresses, plan),
      passthrough: passthroughListeners(gateway),
      ...publication(gateway, plan),
    })),
  },
});
