/** Routes of every kind, by their host names. */
import type { KubernetesObject } from "../support/manifests.ts";

export interface Kind {
  readonly kind: string;
  make(namespace: string, hosts: readonly string[]): KubernetesObject;
}

export const gatewayApi = (kind: string, rule: object): Kind => ({
  kind,
  make: (namespace, hosts) => ({
    apiVersion: "gateway.networking.k8s.io/v1",
    kind,
    metadata: { name: "app", namespace },
    spec: {
      ...(hosts.length > 0 && { hostnames: hosts }),
      parentRefs: [{ name: "envoy-internal", namespace: "network", sectionName: "https" }],
      rules: [rule],
    },
  }),
});

export const BACKEND = { backendRefs: [{ name: "app", port: 80 }] };

const traefik = (kind: string, matcher: string): Kind => ({
  kind,
  make: (namespace, hosts) => rule(kind, namespace, hosts.map((host) => `${matcher}(\`${host}\`)`).join(" || ")),
});

export const rule = (
  kind: string,
  namespace: string,
  match: string,
  entryPoints?: readonly string[],
): KubernetesObject => ({
  apiVersion: "traefik.io/v1alpha1",
  kind,
  metadata: { name: "app", namespace },
  spec: {
    ...(entryPoints && { entryPoints }),
    routes: [{ match, ...(kind === "IngressRoute" && { kind: "Rule" }), services: [{ name: "app", port: 80 }] }],
  },
});

export const ingress = (
  namespace: string,
  hosts: readonly string[],
  { annotations = {}, ...spec }: { readonly annotations?: object; readonly ingressClassName?: string } = {},
): KubernetesObject => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { name: "app", namespace, annotations },
  spec: {
    ingressClassName: "older",
    ...spec,
    rules: hosts.map((host) => ({
      ...(host !== "" && { host }),
      http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "app", port: { number: 80 } } } }] },
    })),
  },
});

/** Of every kind that has a host name, one on a gateway of the network. */
export const KINDS: readonly Kind[] = [
  gatewayApi("HTTPRoute", BACKEND),
  gatewayApi("GRPCRoute", BACKEND),
  gatewayApi("TLSRoute", BACKEND),
  { kind: "Ingress", make: (namespace, hosts) => ingress(namespace, hosts) },
  traefik("IngressRoute", "Host"),
  traefik("IngressRouteTCP", "HostSNI"),
];
