import { z } from "zod";
import { familyOf } from "../model/address.ts";
import { both } from "../model/families.ts";
import type { Component } from "../model/component.ts";
import type { Unit } from "../model/unit.ts";
import type { Plan } from "../model/plan.ts";
import type { Gateway } from "../model/gateway.ts";
import { anywhere } from "../model/workloads.ts";
import { envoyAbilities } from "./envoyAbilities.ts";
import {
  admissionFlow,
  controllerFlow,
  controllerLabels,
  ENVOY,
  envoyBegun,
  gatewayFlow,
  proxyLabels,
} from "./envoyFlows.ts";
import { securityPolicies } from "./envoyPolicies.ts";
import { gatewayCertificates, schemeOf } from "./gatewayCertificates.ts";
import { httpRoute, namedRoutes, readHttpRoute, routeKind } from "./httpRoute.ts";
import { httpsRedirect } from "./httpsRedirect.ts";
import { IDENTITY } from "./identity.ts";
import { passedOn, passthroughKeys, passthroughListeners, tlsRoute } from "./passthrough.ts";
import { serviceAnnotations, serviceLabels } from "./pools.ts";
import { publication } from "./publishing.ts";
import { seesClients } from "./clients.ts";
import { trafficPolicy } from "./trafficPolicy.ts";
import { replicas, workloadNodes } from "./workloadNodes.ts";
import { ENVOY_PICTURES } from "./gatewayPictures.ts";

const { id: ID, config: CONFIG, namespace: NAMESPACE } = ENVOY;
/** The GatewayClass (templates/components/envoy-gateway/config/gatewayclass.yaml). */
const CLASS = "envoy";

/** Each Gateway has a Deployment and a Service of its own name beside it (deploy type GatewayNamespace). */
const objectName = (gateway: string): string => `envoy-${gateway}`;

const own = (plan: Plan): readonly Gateway[] => plan.gateways.filter(({ component }) => component === ID);

export const envoyGateway: Component<Record<string, never>> = {
  id: "envoy-gateway",
  slot: "ingress",
  envoy: true,
  title: "Envoy Gateway",
  summary: "Gateway API in full, each gateway in Envoy pods of its own; one or two pods a gateway and a controller",
  options: z.strictObject({}),
  entryOptions: z.strictObject(passthroughKeys),
  requires: ["gateway-api"],
  gateways: {
    object: ({ name }) => ({
      object: objectName(name),
      routeKind: "HTTPRoute",
      namespace: NAMESPACE,
      service: objectName(name),
      className: CLASS,
      unit: CONFIG,
    }),
    route: (route, plan) =>
      route.passthrough === true
        ? tlsRoute(route, plan)
        : [...httpRoute(route, plan, schemeOf(plan)), ...securityPolicies(route, routeKind(route))],
    passedOn,
    routeOptions: (gateway, plan) => envoyAbilities(gateway, own(plan), plan),
    readRoute: readHttpRoute,
    namedKinds: (plan) => [namedRoutes(plan)],
    unverified: ({ name, namespace, address, port }) => ({
      apiVersion: "gateway.envoyproxy.io/v1alpha1",
      kind: "Backend",
      metadata: { name, namespace },
      spec: { endpoints: [{ ip: { address, port } }], tls: { insecureSkipVerify: true } },
    }),
    dataPlane: (plan) => own(plan).map(({ object, namespace }) => ({ namespace, labels: proxyLabels(object) })),
  },
  units: (plan) => [crds, controller, gateways(plan)],
  flows: (plan) => [
    ...own(plan).map((gateway) => gatewayFlow(gateway, overHttps(plan) || passedOn(gateway).length > 0)),
    controllerFlow(own(plan)),
    admissionFlow,
  ],
  begins: (plan) => envoyBegun(own(plan), plan),
  dashboards: () => [ENVOY_PICTURES],
  metrics: (plan) => [
    { unit: ID, namespace: NAMESPACE, name: ID, pods: controllerLabels, port: STATS },
    // envoyproxy/gateway v1.9.0, internal/infrastructure/kubernetes/proxy/resource.go.
    ...own(plan).map(({ object, namespace }) => ({
      unit: CONFIG,
      namespace,
      name: object,
      pods: proxyLabels(object),
      port: STATS,
      path: "/stats/prometheus",
    })),
  ],
  // Its own as its chart says (gateway-helm 1.9.0, values.yaml); the pods of a gateway ask for none.
  workloads: (plan) => [
    anywhere(ID, 256),
    ...own(plan).map(({ object }) => anywhere(object, 0, replicas(workloadNodes(plan)))),
  ],
  pins: ["envoy-gateway", "envoy-gateway-crds"],
  docs: {
    template: "components/envoy-gateway/docs.md",
    fragments: {
      requests: "components/envoy-gateway/requests.md",
      routes: "components/envoy-gateway/routes.md",
      troubleshooting: "components/envoy-gateway/troubleshooting.md",
      gateways: "components/envoy-gateway/gateways.md",
    },
    view: (plan) => ({
      gateways: own(plan).map(({ name, object, addresses, isDefault }) => ({
        name,
        object,
        address: both(addresses),
        isDefault,
      })),
      replicas: replicas(workloadNodes(plan)),
      https: overHttps(plan),
      seen: seesClients(own(plan), plan),
    }),
  },
};

/** Of the controller (gateway-helm 1.9.0, values: deployment.ports) and of Envoy (internal/xds/bootstrap/bootstrap.go). */
const STATS = 19001;

const followed = (plan: Plan) =>
  trafficPolicy(
    plan,
    own(plan).flatMap(({ addresses }) => addresses),
  );

const overHttps = (plan: Plan): boolean => gatewayCertificates(plan).length > 0;

// Plain files of the chart's source tree: as templates of a release they would exceed the size of a Secret
// (Envoy Gateway documentation, Install with Helm).
const crds: Unit = {
  id: "envoy-gateway/crds",
  component: "envoy-gateway",
  namespace: NAMESPACE,
  remote: {
    pin: "envoy-gateway-crds",
    path: "charts/gateway-helm/charts/crds/crds/generated",
    installs: ["gateway.envoyproxy.io/*"],
  },
  view: {},
};

const controller: Unit = {
  id: "envoy-gateway",
  component: "envoy-gateway",
  namespace: NAMESPACE,
  release: {
    name: "envoy-gateway",
    chart: "envoy-gateway",
    values: "components/envoy-gateway/values.yaml",
    clusterWide: ["admissionregistration.k8s.io/MutatingWebhookConfiguration"],
  },
  // It looks for the resource types once, when it starts.
  after: ["gateway-api", "envoy-gateway/crds"],
  view: {},
};

const gateways = (plan: Plan): Unit => ({
  id: CONFIG,
  component: ID,
  namespace: NAMESPACE,
  templates: "components/envoy-gateway/config",
  after: ["envoy-gateway"],
  objects: overHttps(plan) ? { "redirect.yaml": [httpsRedirect(own(plan), plan)] } : {},
  view: {
    replicas: replicas(workloadNodes(plan)),
    spread: replicas(workloadNodes(plan)) > 1,
    pods: plan.stacks.flatMap(({ pods }) => pods?.value.text ?? []),
    family: familyOfListeners(plan),
    local: followed(plan) === "Local",
    certificates: gatewayCertificates(plan).map(({ secret }) => ({ secret })),
    identity: IDENTITY,
    gateways: own(plan).map((gateway) => ({
      object: gateway.object,
      annotations: serviceAnnotations(gateway.addresses, plan),
      serviceLabels: serviceLabels(gateway.addresses, plan),
      passthrough: passthroughListeners(gateway),
      ...publication(gateway, plan),
    })),
  },
});

/**
 * Envoy listens on IPv4 alone unless told, and the Service of a Gateway gets addresses of what it listens on
 * (envoyproxy/gateway v1.9.0, internal/infrastructure/kubernetes/proxy/resource_provider.go). One GatewayClass, so one
 * for all Gateways; which addresses of the LAN a Service gets of it, its annotation says.
 */
function familyOfListeners(plan: Plan): "DualStack" | "IPv6" | null {
  const families = new Set(own(plan).flatMap(({ addresses }) => addresses.map(familyOf)));
  return families.size > 1 ? "DualStack" : families.has(6) ? "IPv6" : null;
}
