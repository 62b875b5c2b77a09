/** What stands beside Traefik's release: certificates, classes, Gateways. */
import type { Plan } from "../model/plan.ts";
import type { Gateway } from "../model/gateway.ts";
import type { KubernetesObject, RouteKind } from "../model/unit.ts";
import { gatewayCertificates } from "./gatewayCertificates.ts";
import { publication } from "./publishing.ts";
import { entrypointsOf, shownGateway, TRAEFIK, TRAEFIK_NAMESPACE, traefikGateways } from "./traefikEntrypoints.ts";

/** File name → objects; none in a network of one gateway that speaks http. */
export function traefikConfig(kind: RouteKind, plan: Plan): Readonly<Record<string, readonly KubernetesObject[]>> {
  const certificates = gatewayCertificates(plan).map(({ secret }) => ({ secretName: secret }));
  const [first, ...others] = certificates;
  const shown = shownGateway(plan);
  const objects: Readonly<Record<string, readonly KubernetesObject[]>> = {
    ...(first !== undefined && { "tlsstore.yaml": [tlsStore(first, others)], "tlsoption.yaml": [tlsOption] }),
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
  return Object.fromEntries(Object.entries(objects).filter(([, list]) => list.length > 0));
}

/** The one called default counts, and one alone in the whole cluster (traefik v3.7, Kubernetes CRD: TLSStore). */
const tlsStore = (first: { readonly secretName: string }, certificates: readonly object[]): KubernetesObject => ({
  apiVersion: "traefik.io/v1alpha1",
  kind: "TLSStore",
  metadata: { name: "default", namespace: TRAEFIK_NAMESPACE },
  spec: { defaultCertificate: first, ...(certificates.length > 0 && { certificates }) },
});

/** For every connection that names no other, whatever a release takes by itself (doc.traefik.io, TLS Options, default). */
const tlsOption: KubernetesObject = {
  apiVersion: "traefik.io/v1alpha1",
  kind: "TLSOption",
  metadata: { name: "default", namespace: TRAEFIK_NAMESPACE },
  spec: { minVersion: "VersionTLS12" },
};

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
      namespace: TRAEFIK_NAMESPACE,
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
