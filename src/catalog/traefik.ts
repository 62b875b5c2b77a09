import { seesClients } from "./clients.ts";
import { z } from "zod";
import { labelField } from "../fields/fields.ts";
import type { Component } from "../model/component.ts";
import { both } from "../model/families.ts";
import { optionsOf } from "../model/chosen.ts";
import type { Plan } from "../model/plan.ts";
import type { Gateway } from "../model/gateway.ts";
import type { Flow, RouteKind, Unit } from "../model/unit.ts";
import { anywhere } from "../model/workloads.ts";
import { asksApi, asksForRequests } from "./begins.ts";
import { gatewayCertificates } from "./gatewayCertificates.ts";
import { traefikAbilities } from "./traefikAbilities.ts";
import { traefikConfig } from "./traefikConfig.ts";
import { entrypointsOf, shownGateway, TRAEFIK, TRAEFIK_NAMESPACE, traefikGateways } from "./traefikEntrypoints.ts";
import { traefikNamedKinds } from "./traefikNames.ts";
import { portsOf, serviceOf } from "./traefikValues.ts";
import { needsRecord, readIngressRoute, traefikObjects } from "./traefikRoutes.ts";
import { replicas, workloadNodes } from "./workloadNodes.ts";
import { TRAEFIK_PICTURES } from "./gatewayPictures.ts";

const CONFIG = "traefik/config";
const NAMESPACE = TRAEFIK_NAMESPACE;

const ROUTE_KINDS = {
  ingress: "Ingress",
  ingressroute: "IngressRoute",
  "gateway-api": "HTTPRoute",
} as const satisfies Readonly<Record<string, RouteKind>>;

export interface TraefikOptions {
  readonly routes: keyof typeof ROUTE_KINDS;
}

/** Traefik's own objects have their longest name as that of a port, which has 15 characters (RFC 6335 §5.1). */
const LONGEST_ENTRYPOINT = 15;

/** The chart makes Services of the release and `traefik-<key>` (traefik 41.3.0, templates/_service.tpl). */
const objectName = ({ name, isDefault }: Pick<Gateway, "name" | "isDefault">): string =>
  isDefault ? TRAEFIK : `${TRAEFIK}-${name}`;

// traefik 41.3.0, templates/_helpers.tpl, traefik.labelselector.
const podLabels = {
  "app.kubernetes.io/name": TRAEFIK,
  "app.kubernetes.io/instance": `${TRAEFIK}-${NAMESPACE}`,
};

const pods = { namespace: NAMESPACE, labels: podLabels };

const kindOf = (plan: Plan): RouteKind => ROUTE_KINDS[optionsOf(plan, traefik)?.routes ?? "ingress"];

export const traefik: Component<TraefikOptions> = {
  id: TRAEFIK,
  slot: "ingress",
  title: "Traefik",
  summary: "one program for all gateways, each with entrypoints of its own; reads Ingress, IngressRoute or Gateway API",
  options: z.strictObject({
    routes: z
      .enum(["ingress", "ingressroute", "gateway-api"])
      .default("ingress")
      .describe("what the routes of apps are: Ingress, Traefik's own IngressRoute, or HTTPRoute")
      .meta({ because: "every DNS server and every other controller reads it as well" }),
  }),
  entryOptions: z.strictObject({
    entrypoints: z
      .array(labelField({ longest: LONGEST_ENTRYPOINT }))
      .min(2)
      .max(2)
      .optional()
      .describe("names of what Traefik listens on for this gateway: the one for http and the one for https")
      .meta({ kind: "a list of two names", example: ["web239", "websecure239"] }),
  }),
  gateways: {
    object: (gateway, options) => {
      const routeKind = ROUTE_KINDS[(options as unknown as TraefikOptions).routes];
      return {
        object: objectName(gateway),
        routeKind,
        namespace: NAMESPACE,
        service: objectName(gateway),
        className: routeKind === "HTTPRoute" ? TRAEFIK : objectName(gateway),
        unit: routeKind === "HTTPRoute" ? CONFIG : TRAEFIK,
      };
    },
    route: traefikObjects,
    readRoute: readIngressRoute,
    namedKinds: traefikNamedKinds,
    routeOptions: traefikAbilities,
    unverified: "route",
    needsRecord,
    dataPlane: (plan) => (traefikGateways(plan).length > 0 ? [{ namespace: NAMESPACE, labels: podLabels }] : []),
  },
  units: (plan) => [controller(plan), ...config(plan)],
  flows: (plan) => [requests(plan)],
  begins: (plan) => [asksApi(pods, "it reads routes"), ...asksForRequests(pods, plan)],
  dashboards: () => [TRAEFIK_PICTURES],
  metrics: () => [
    // On unless it is told otherwise (traefik 41.3.0, values: metrics.prometheus, ports.metrics).
    { unit: TRAEFIK, namespace: NAMESPACE, name: TRAEFIK, pods: podLabels, port: 9100 },
  ],
  workloads: (plan) => [anywhere(TRAEFIK, 64, replicas(workloadNodes(plan)))],
  pins: [TRAEFIK],
  docs: {
    template: "components/traefik/docs.md",
    fragments: {
      requests: "components/traefik/requests.md",
      troubleshooting: "components/traefik/troubleshooting.md",
      gateways: "components/traefik/gateways.md",
    },
    view: (plan) => ({
      namespace: NAMESPACE,
      gateways: traefikGateways(plan).map((gateway) => ({
        name: gateway.name,
        service: gateway.service,
        className: gateway.className,
        entrypoints: names(gateway, plan),
        address: both(gateway.addresses),
        isDefault: gateway.isDefault,
      })),
      several: traefikGateways(plan).length > 1,
      kind: kindOf(plan),
      resource: `${kindOf(plan).toLowerCase()}${kindOf(plan) === "Ingress" ? "es" : "s"}`,
      file: `${kindOf(plan).toLowerCase()}.yaml`,
      shown: shownGateway(plan)?.service ?? TRAEFIK,
      replicas: replicas(workloadNodes(plan)),
      https: gatewayCertificates(plan).length > 0,
      seen: seesClients(traefikGateways(plan), plan),
      recorded: plan.chosen.some(({ component }) => component.id === "k8s-gateway"),
    }),
  },
};

const names = (gateway: Gateway, plan: Plan): readonly string[] => {
  const { http, https } = entrypointsOf(gateway, plan);
  return [http.name, ...(https === undefined ? [] : [https.name])];
};

const controller = (plan: Plan): Unit => {
  const shown = shownGateway(plan);
  const kind = kindOf(plan);
  return {
    id: TRAEFIK,
    component: TRAEFIK,
    namespace: NAMESPACE,
    release: {
      name: TRAEFIK,
      chart: TRAEFIK,
      values: "components/traefik/values.yaml",
      installs: ["traefik.io/*"],
      clusterWide: ["networking.k8s.io/IngressClass"],
    },
    // It looks for the types of routes once, when it starts.
    ...(kind === "HTTPRoute" && { after: ["gateway-api"] }),
    view: {
      replicas: replicas(workloadNodes(plan)),
      spread: replicas(workloadNodes(plan)) > 1,
      labels: podLabels,
      ingress: kind === "Ingress",
      gatewayApi: kind === "HTTPRoute",
      class: shown?.className ?? TRAEFIK,
      isDefault: shown?.isDefault ?? false,
      shown: shown?.service ?? TRAEFIK,
      namespace: NAMESPACE,
      published: `${NAMESPACE}/${shown?.service ?? TRAEFIK}`,
      ports: portsOf(plan),
      service: { labels: null, annotations: null, ...serviceOf(shown, plan) },
      others: Object.fromEntries(
        traefikGateways(plan)
          .filter(({ name }) => name !== shown?.name)
          .map((gateway) => [gateway.name, serviceOf(gateway, plan)]),
      ),
    },
  };
};

const config = (plan: Plan): readonly Unit[] => {
  const objects = traefikConfig(kindOf(plan), plan);
  if (Object.keys(objects).length === 0) return [];
  return [{ id: CONFIG, component: TRAEFIK, namespace: NAMESPACE, after: [TRAEFIK], objects, view: {} }];
};

// Forwarded by another node, a request comes from that node and not from the world (Cilium, native routing).
const requests = (plan: Plan): Flow => ({
  unit: TRAEFIK,
  namespace: NAMESPACE,
  name: TRAEFIK,
  to: podLabels,
  from: ["world", "cluster"],
  ports: traefikGateways(plan)
    .map((gateway) => entrypointsOf(gateway, plan))
    .flatMap(({ http, https }) => [http, ...(https === undefined ? [] : [https])])
    .map(({ port }) => ({ port, protocol: "TCP" })),
  because: "requests from the LAN and from pods, through the addresses of the gateways",
});
