import { z } from "zod";
import { labelField } from "../fields/fields.ts";
import { familyOf } from "../model/address.ts";
import type { Component } from "../model/component.ts";
import { both, familyName } from "../model/families.ts";
import { optionsOf } from "../model/chosen.ts";
import type { Gateway, Plan } from "../model/plan.ts";
import type { Flow, KubernetesObject, RouteKind, Unit, View } from "../model/unit.ts";
import { gatewayCertificates } from "./gatewayCertificates.ts";
import { publication } from "./publishing.ts";
import { entrypointsOf, shownGateway, TRAEFIK, traefikGateways } from "./traefikEntrypoints.ts";
import { needsRecord, readIngressRoute, traefikObjects } from "./traefikRoutes.ts";
import { replicas, workloadNodes } from "./workloadNodes.ts";

const CONFIG = "traefik/config";
const NAMESPACE = "network";

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
    unverified: "route",
    needsRecord,
    dataPlane: (plan) => (traefikGateways(plan).length > 0 ? [{ namespace: NAMESPACE, labels: podLabels }] : []),
  },
  units: (plan) => [controller(plan), ...config(plan)],
  flows: (plan) => [requests(plan)],
  pins: [TRAEFIK],
  docs: {
    template: "components/traefik/docs.md",
    fragments: {
      requests: "components/traefik/requests.md",
      troubleshooting: "components/traefik/troubleshooting.md",
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
        isShown: gateway.name === shownGateway(plan)?.name,
      })),
      several: traefikGateways(plan).length > 1,
      kind: kindOf(plan),
      resource: `${kindOf(plan).toLowerCase()}${kindOf(plan) === "Ingress" ? "es" : "s"}`,
      file: `${kindOf(plan).toLowerCase()}.yaml`,
      shown: shownGateway(plan)?.service ?? TRAEFIK,
      replicas: replicas(workloadNodes(plan)),
      https: gatewayCertificates(plan).length > 0,
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
    release: { name: TRAEFIK, chart: TRAEFIK, values: "components/traefik/values.yaml", installs: ["traefik.io/*"] },
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
      service: serviceOf(shown, plan),
      others: Object.fromEntries(
        traefikGateways(plan)
          .filter(({ name }) => name !== shown?.name)
          .map((gateway) => [gateway.name, serviceOf(gateway, plan)]),
      ),
    },
  };
};

/** A Service has the families of its addresses, and asks for these addresses. */
const serviceOf = (gateway: Gateway | undefined, plan: Plan): View => ({
  annotations: gateway === undefined ? {} : plan.addressAnnotations(gateway.addresses),
  spec: {
    type: "LoadBalancer",
    externalTrafficPolicy: "Cluster",
    ...(gateway !== undefined && {
      ipFamilyPolicy: gateway.addresses.length > 1 ? "RequireDualStack" : "SingleStack",
      ipFamilies: gateway.addresses.map((address) => familyName(familyOf(address))),
    }),
  },
});

/** Every gateway's pair, on its Service alone. What names no entrypoint is heard on the default ones and on no others. */
function portsOf(plan: Plan): View {
  const shown = shownGateway(plan);
  const trustedIPs = plan.stacks.flatMap(({ pods }) => pods?.value.text ?? []);
  const all = traefikGateways(plan).flatMap((gateway) => {
    const { http, https } = entrypointsOf(gateway, plan);
    const isShown = gateway.name === shown?.name;
    const common = {
      ...(isShown && { asDefault: true }),
      protocol: "TCP",
      expose: { [isShown ? "default" : gateway.name]: true },
      forwardedHeaders: { trustedIPs },
      transport: { respondingTimeouts: { readTimeout: "0s" } },
    };
    const redirections = https && { entryPoint: { to: https.name, scheme: "https", permanent: true } };
    const plain = { ...common, port: http.port, exposedPort: 80, ...(redirections && { http: { redirections } }) };
    const sealed = https && { ...common, port: https.port, exposedPort: 443, http: { tls: { enabled: true } } };
    return [[http.name, plain] as const, ...(https && sealed ? [[https.name, sealed] as const] : [])];
  });
  // Those of the chart, where no gateway has them.
  const unused = ["web", "websecure"].filter((name) => !all.some(([used]) => used === name));
  return Object.fromEntries([...unused.map((name) => [name, null] as const), ...all]);
}

const config = (plan: Plan): readonly Unit[] => {
  const certificates = gatewayCertificates(plan).map(({ secret }) => ({ secretName: secret }));
  const [first, ...others] = certificates;
  const shown = shownGateway(plan);
  const kind = kindOf(plan);
  const objects: Readonly<Record<string, readonly KubernetesObject[]>> = {
    ...(first !== undefined && { "tlsstore.yaml": [tlsStore(first, others)] }),
    ...(kind === "Ingress" && {
      "ingressclasses.yaml": traefikGateways(plan)
        .filter(({ name }) => name !== shown?.name)
        .map(ingressClass),
    }),
    ...(kind === "HTTPRoute" && {
      "gatewayclass.yaml": [gatewayClass],
      "gateways.yaml": traefikGateways(plan).map((gateway) => gatewayObject(gateway, plan)),
    }),
  };
  const written = Object.entries(objects).filter(([, list]) => list.length > 0);
  if (written.length === 0) return [];
  return [
    {
      id: CONFIG,
      component: TRAEFIK,
      namespace: NAMESPACE,
      after: [TRAEFIK],
      objects: Object.fromEntries(written),
      view: {},
    },
  ];
};

/** The one called default counts, and one alone in the whole cluster (traefik v3.7, Kubernetes CRD: TLSStore). */
const tlsStore = (first: { readonly secretName: string }, certificates: readonly object[]): KubernetesObject => ({
  apiVersion: "traefik.io/v1alpha1",
  kind: "TLSStore",
  metadata: { name: "default", namespace: NAMESPACE },
  spec: { defaultCertificate: first, ...(certificates.length > 0 && { certificates }) },
});

/** A class for each gateway, which all are Traefik's: by it those who make records tell gateways apart. */
const ingressClass = ({ className }: Gateway): KubernetesObject => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "IngressClass",
  metadata: { name: className },
  spec: { controller: "traefik.io/ingress-controller" },
});

const gatewayClass: KubernetesObject = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "GatewayClass",
  metadata: { name: TRAEFIK },
  spec: { controllerName: "traefik.io/gateway-controller" },
};

/** A listener is told from another by its port, which is that of the entrypoint in the pod (traefik v3.7, Gateway API). */
function gatewayObject(gateway: Gateway, plan: Plan): KubernetesObject {
  const { http, https } = entrypointsOf(gateway, plan);
  const { labels, target } = publication(gateway, plan);
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: {
      name: gateway.object,
      namespace: NAMESPACE,
      ...(Object.keys(labels).length > 0 && { labels }),
      ...(target !== null && { annotations: target }),
    },
    spec: {
      gatewayClassName: TRAEFIK,
      listeners: [
        {
          name: "http",
          protocol: "HTTP",
          port: http.port,
          allowedRoutes: { namespaces: { from: https === undefined ? "All" : "Same" } },
        },
        ...(https === undefined
          ? []
          : [
              {
                name: "https",
                protocol: "HTTPS",
                port: https.port,
                allowedRoutes: { namespaces: { from: "All" } },
                tls: {
                  mode: "Terminate",
                  certificateRefs: gatewayCertificates(plan).map(({ secret }) => ({ kind: "Secret", name: secret })),
                },
              },
            ]),
      ],
    },
  };
}

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
