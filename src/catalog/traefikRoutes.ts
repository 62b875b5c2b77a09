/** Routes as Traefik reads them: Ingress, its own IngressRoute, or HTTPRoute; each on the entrypoints of its gateway alone. */
import { asList, asMap, at } from "../model/unknown.ts";
import type { Plan } from "../model/plan.ts";
import type { Gateway } from "../model/gateway.ts";
import { EVERYTHING } from "../model/routeOptions.ts";
import type { KubernetesObject, ReadRoute, Route } from "../model/unit.ts";
import { schemeOf } from "./gatewayCertificates.ts";
import { httpRoute } from "./httpRoute.ts";
import { ingressObjects } from "./ingressObject.ts";
import { addressRecord } from "./passthrough.ts";
import { publication } from "./publishing.ts";
import { readsRecords } from "./lanNames.ts";
import { annotation, filters, middlewaresOf, references } from "./traefikMiddlewares.ts";
import { entrypointsOf, shownGateway } from "./traefikEntrypoints.ts";
import { askIn, hostsIn, ruleOf } from "./traefikRule.ts";

const GROUP = "traefik.io";
/** On an IngressRoute, which has no class: the gateway it is for. */
export const GATEWAY_LABEL = "gateway.homelab-net/name";
/** On an Ingress (traefik v3.7, Kubernetes Ingress: annotations). */
export const ENTRYPOINTS = "traefik.ingress.kubernetes.io/router.entrypoints";

const IGNORED = { "k8s-gateway.dns/ignore": "true" };

export function traefikObjects(route: Route, plan: Plan): readonly KubernetesObject[] {
  const gateways = route.gateways.flatMap((name) => plan.gateways.find((gateway) => gateway.name === name) ?? []);
  if (gateways.length < route.gateways.length)
    throw new Error(`route ${route.host} names a gateway that the plan does not have: ${route.gateways.join(", ")}`);
  return gateways.flatMap((gateway) => {
    const name = gateways.length > 1 ? `${route.name}-${gateway.name}` : route.name;
    const one: Route = { ...route, name, gateways: [gateway.name] };
    return [...routeOn(gateway, one, plan), ...record(gateway, one, plan)];
  });
}

function routeOn(gateway: Gateway, route: Route, plan: Plan): readonly KubernetesObject[] {
  if (route.passthrough === true) return [unopened(gateway, route, plan)];
  const middlewares = middlewaresOf(route, !isOwnType(gateway, route) && gateway.routeKind === "HTTPRoute");
  if (isOwnType(gateway, route))
    return [...transport(route), ...middlewares, ingressRoute(gateway, route, plan, middlewares)];
  if (gateway.routeKind === "HTTPRoute")
    return [
      ...middlewares,
      ...httpRoute(route, plan, schemeOf(plan), filters(middlewares)).map((object) =>
        withLabels(object, isShown(gateway, plan) ? {} : IGNORED),
      ),
    ];
  return [
    ...middlewares,
    ...ingressObjects(route, plan, () => ({
      [ENTRYPOINTS]: listened(gateway, plan).join(","),
      ...annotation(route, middlewares),
    })),
  ];
}

/**
 * How an app is spoken to stands on its Service, or in an IngressRoute, which is of the same hand as the rest here. An
 * Ingress tells requests apart by their path alone.
 */
const isOwnType = ({ routeKind }: Gateway, { sealed, headers, grpc, passthrough }: Route): boolean =>
  routeKind === "IngressRoute" ||
  sealed !== undefined ||
  grpc === true ||
  passthrough === true ||
  (routeKind === "Ingress" && headers !== undefined);

const isShown = (gateway: Gateway, plan: Plan): boolean => gateway.name === shownGateway(plan)?.name;

function listened(gateway: Gateway, plan: Plan): readonly string[] {
  const { http, https } = entrypointsOf(gateway, plan);
  return [http.name, ...(https === undefined ? [] : [https.name])];
}

function withLabels(object: KubernetesObject, labels: Readonly<Record<string, string>>): KubernetesObject {
  const all = { ...asMap(object.metadata?.["labels"]), ...labels };
  return Object.keys(all).length === 0 ? object : { ...object, metadata: { ...object.metadata, labels: all } };
}

/** What both kinds of it say of their gateway. */
function aboutGateway(gateway: Gateway, { name, namespace }: Route, plan: Plan) {
  const { target } = publication(gateway, plan);
  return {
    name,
    namespace,
    labels: { [GATEWAY_LABEL]: gateway.object },
    // It has no status, so whoever makes a record of it is told what to (external-dns v0.21.0, source/traefik_proxy.go).
    ...(target !== null && { annotations: target }),
  };
}

/** By the name in the first packet of a connection, which is handed on as it comes (traefik v3.7, TCP routers: passthrough). */
function unopened(gateway: Gateway, route: Route, plan: Plan): KubernetesObject {
  const { http, https } = entrypointsOf(gateway, plan);
  return {
    apiVersion: `${GROUP}/v1alpha1`,
    kind: "IngressRouteTCP",
    metadata: aboutGateway(gateway, route, plan),
    spec: {
      entryPoints: [(https ?? http).name],
      routes: [{ match: `HostSNI(\`${route.host}\`)`, services: [{ name: route.service, port: route.port }] }],
      tls: { passthrough: true },
    },
  };
}

function ingressRoute(
  gateway: Gateway,
  route: Route,
  plan: Plan,
  middlewares: readonly KubernetesObject[],
): KubernetesObject {
  const { service, port } = route;
  const { http, https } = entrypointsOf(gateway, plan);
  return {
    apiVersion: `${GROUP}/v1alpha1`,
    kind: "IngressRoute",
    metadata: aboutGateway(gateway, route, plan),
    spec: {
      entryPoints: [(https ?? http).name],
      routes: [
        {
          kind: "Rule",
          match: ruleOf(route),
          ...references(middlewares),
          services: [{ name: service, port, ...spoken(route) }],
        },
      ],
    },
  };
}

/** By https HTTP/2 is agreed on, which gRPC is; without it has to be said (traefik v3.7, Kubernetes CRD: services.scheme). */
function spoken({ name, sealed, grpc }: Route) {
  if (sealed !== undefined) return { scheme: "https", serversTransport: name };
  return grpc === true ? { scheme: "h2c" } : {};
}

/** What Traefik makes of the certificate that an origin shows. */
const transport = ({ name, namespace, sealed }: Route): readonly KubernetesObject[] =>
  sealed === undefined
    ? []
    : [
        {
          apiVersion: `${GROUP}/v1alpha1`,
          kind: "ServersTransport",
          metadata: { name, namespace },
          spec: sealed.name === undefined ? { insecureSkipVerify: true } : { serverName: sealed.name },
        },
      ];

/** Whether a DNS server that reads the route would answer with another address than that of its gateway, or with none. */
export const needsRecord = (gateway: Gateway, plan: Plan): boolean =>
  gateway.routeKind === "IngressRoute" || !isShown(gateway, plan);

const record = (gateway: Gateway, route: Route, plan: Plan): readonly KubernetesObject[] =>
  readsRecords(plan) && (isOwnType(gateway, route) || needsRecord(gateway, plan))
    ? [addressRecord(route, [gateway])]
    : [];

const asText = (value: unknown): string => (typeof value === "string" ? value : "");

const KINDS = ["IngressRoute", "IngressRouteTCP"];

export function readIngressRoute({ apiVersion, kind, metadata, ...object }: KubernetesObject): ReadRoute | undefined {
  if (!KINDS.includes(kind) || !asText(apiVersion).startsWith(`${GROUP}/`)) return undefined;
  const routes = asList(at(object["spec"], "routes"));
  const label = asText(at(metadata, "labels", GATEWAY_LABEL));
  const services = routes.flatMap((route) => asList(at(route, "services")));
  const backends = services.map((service) => {
    const port = at(service, "port");
    return port === undefined ? asText(at(service, "name")) : `${asText(at(service, "name"))}:${String(port)}`;
  });
  return {
    name: asText(at(metadata, "name")),
    hosts: [...new Set(routes.flatMap((route) => hostsIn(asText(at(route, "match")))))],
    gateways: label === "" ? asList(at(object["spec"], "entryPoints")).map(asText) : [label],
    backends: [...new Set(backends)],
    asks:
      kind === "IngressRouteTCP"
        ? [EVERYTHING]
        : [...new Set(routes.map((route) => askIn(asText(at(route, "match")))))],
  };
}
