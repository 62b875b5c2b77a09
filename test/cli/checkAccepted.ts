/** What Kubernetes, a controller or Cilium refuses or overlooks, all in one emitted repository: each is found beside the others. */
import type { Broken } from "./checkCases.ts";

const ECHO = "kubernetes/apps/default/echo/app";
const ROUTE = `${ECHO}/httproute.yaml`;
const VALUES = `${ECHO}/values.yaml`;
const GATEWAYS = "kubernetes/apps/network/envoy-gateway/config/gateways.yaml";

const change = (path: string, find: string, replace: string): Pick<Broken, "edits"> => ({
  edits: { [path]: [{ find, replace }] },
});

/** A manifest, listed. */
const beside = (text: string, name: string): Pick<Broken, "edits" | "files"> => ({
  ...change(`${ECHO}/kustomization.yaml`, "resources:\n", `resources:\n  - ./${name}.yaml\n`),
  files: { [`${ECHO}/${name}.yaml`]: text.replaceAll("name: more", `name: ${name}`) },
});

const object = (apiVersion: string, kind: string, spec: string, namespace = "default"): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: more, namespace: ${namespace} }\nspec:\n${spec}`;

const service = (spec: string, annotations = "{}"): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: more, namespace: default, annotations: ${annotations} }\nspec:\n${spec}  ports: [{ port: 80 }]\n`;

const certificate = (name: string): string => `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: ${name}, namespace: default }
spec: { secretName: more-tls, dnsNames: [more.ragas.cc] }
`;

const listener = (name: string, protocol: string, port: number, tls: string): string =>
  `    - name: ${name}\n      protocol: ${protocol}\n      port: ${port}\n      allowedRoutes: { namespaces: { from: All } }\n${tls}`;

const ADDRESS = '[{"name": "things", "ips": ["192.168.30.60/24"]}]';

const podIn = (networks: string): string => `apiVersion: v1
kind: Pod
metadata: { name: more, namespace: default, annotations: { k8s.v1.cni.cncf.io/networks: '${networks}' } }
spec:
  containers: []
`;

export const accepted: readonly Broken[] = [
  {
    id: "INGRESS-CLASS",
    ...beside(
      object("networking.k8s.io/v1", "Ingress", "  ingressClassName: nginx\n  rules: [{ host: films.ragas.cc }]\n"),
      "ingress",
    ),
  },
  { id: "GATEWAY-REFUSED", ...change(ROUTE, "- echo.ragas.cc", "- Echo.ragas.cc") },
  {
    id: "GATEWAY-VERSION",
    ...change(ROUTE, "gateway.networking.k8s.io/v1\n", "gateway.networking.k8s.io/v1alpha2\n"),
  },
  {
    id: "GATEWAY-GRANT",
    ...change(
      GATEWAYS,
      "  listeners:\n",
      `  listeners:\n${listener("foreign", "HTTPS", 8443, "      tls: { certificateRefs: [{ name: tls, namespace: default }] }\n")}`,
    ),
  },
  {
    id: "GRANT-IDLE",
    ...beside(
      object(
        "gateway.networking.k8s.io/v1",
        "ReferenceGrant",
        "  from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: default }]\n  to: [{ group: gateway.networking.k8s.io, kind: Gateway }]\n",
      ),
      "grant-idle",
    ),
  },
  {
    id: "GATEWAY-ADDRESS",
    ...change(GATEWAYS, "  listeners:\n", "  addresses: [{ value: 172.16.1.61 }]\n  listeners:\n"),
  },
  {
    id: "POLICY-TARGET",
    ...beside(
      object(
        "gateway.envoyproxy.io/v1alpha1",
        "SecurityPolicy",
        "  targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: envoy-internal }]\n",
      ),
      "policy-target",
    ),
  },
  {
    id: "ROUTE-SOURCES",
    edits: {
      "homelab.yaml": [{ find: "mode: dsr", replace: "mode: snat" }],
      [`${ECHO}/kustomization.yaml`]: [{ find: "resources:\n", replace: "resources:\n  - ./route-sources.yaml\n" }],
    },
    files: {
      [`${ECHO}/route-sources.yaml`]: object(
        "gateway.envoyproxy.io/v1alpha1",
        "SecurityPolicy",
        "  targetRefs: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, name: echo }]\n  authorization: { defaultAction: Deny, rules: [{ action: Allow, principal: { clientCIDRs: [172.16.1.0/24] } }] }\n",
      ).replace("more", "route-sources"),
    },
  },
  {
    id: "ROUTE-AUTH",
    ...beside(
      object(
        "gateway.envoyproxy.io/v1alpha1",
        "Backend",
        "  endpoints: [{ fqdn: { hostname: nobody.lan.svc.cluster.local, port: 80 } }]\n",
      ),
      "route-auth",
    ),
  },
  {
    id: "ROUTE-KINDS",
    ...beside(
      object(
        "gateway.networking.k8s.io/v1",
        "GRPCRoute",
        "  hostnames: [mixed.ragas.cc]\n  parentRefs: [{ name: envoy-internal, namespace: network, sectionName: http }]\n  rules: [{ backendRefs: [{ name: echo, port: 8080 }] }]\n---\n" +
          object(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            "  hostnames: [mixed.ragas.cc]\n  parentRefs: [{ name: envoy-internal, namespace: network, sectionName: http }]\n  rules: [{ matches: [{ path: { type: PathPrefix, value: /a } }], backendRefs: [{ name: echo, port: 8080 }] }]\n",
          ),
      ),
      "route-kinds",
    ),
  },
  {
    id: "ROUTE-EXTERNAL",
    edits: {
      [`${ECHO}/kustomization.yaml`]: [{ find: "resources:\n", replace: "resources:\n  - ./route-external.yaml\n" }],
      [ROUTE]: [{ find: "- name: echo\n          port: 8080", replace: "- name: route-external\n          port: 80" }],
    },
    files: {
      [`${ECHO}/route-external.yaml`]: service("  type: ExternalName\n  externalName: nas.ragas.cc\n").replace(
        "more",
        "route-external",
      ),
    },
  },
  {
    id: "ROUTE-CLEAR",
    edits: {
      [GATEWAYS]: [
        {
          find: "  listeners:\n",
          replace: `  listeners:\n${listener("https", "HTTPS", 443, "      tls: { certificateRefs: [{ name: tls }] }\n")}`,
        },
      ],
      [ROUTE]: [{ find: "      sectionName: http\n", replace: "" }],
    },
  },
  {
    id: "ROUTE-TARGET",
    ...change(
      ROUTE,
      "metadata:\n",
      "metadata:\n  annotations: { external-dns.alpha.kubernetes.io/target: home.ragas.cc }\n",
    ),
  },
  { id: "CERTIFICATE-TWICE", ...beside(`${certificate("one")}---\n${certificate("two")}`, "certificate-twice") },
  { id: "ADDRESS-KEY", ...beside(service("", "{ metallb.io/loadBalancerIPs: 172.16.1.65 }"), "address-key") },
  { id: "ADDRESS-OLD-KEY", ...beside(service("  loadBalancerIP: 172.16.1.65\n"), "address-old-key") },
  {
    id: "ADDRESS-BALANCER",
    ...beside(
      object("metallb.io/v1beta1", "IPAddressPool", "  addresses: [172.16.1.66-172.16.1.67]\n"),
      "address-balancer",
    ),
  },
  {
    id: "SERVICE-LOCAL",
    ...beside(service("  type: LoadBalancer\n  externalTrafficPolicy: Local\n"), "service-local"),
  },
  {
    id: "POLICY-UNREAD",
    ...beside(object("projectcalico.org/v3", "NetworkPolicy", "  ingress: [{ action: Allow }]\n"), "policy-unread"),
  },
  {
    id: "POLICY-REFUSED",
    ...beside(
      object("cilium.io/v2", "CiliumNetworkPolicy", "  endpointSelector: {}\n  ingress: []\n"),
      "policy-refused",
    ),
  },
  {
    id: "POLICY-CIDR",
    ...beside(
      object(
        "cilium.io/v2",
        "CiliumNetworkPolicy",
        "  endpointSelector: {}\n  ingress: [{ fromCIDR: [10.42.0.0/16] }]\n",
      ),
      "policy-cidr",
    ),
  },
  {
    id: "VOLUME-SHARED",
    ...change(
      VALUES,
      "persistence:\n",
      "persistence:\n  data: { type: persistentVolumeClaim, accessMode: ReadWriteOnce, size: 1Gi }\n",
    ),
  },
  { id: "ATTACH-MISSING", ...beside(podIn("things"), "attach-missing") },
  {
    id: "ATTACH-ADDRESS",
    ...beside(`${podIn(ADDRESS)}---\n${podIn(ADDRESS).replace("more", "other")}`, "attach-address"),
  },
  { id: "IMAGE-MOVES", ...beside(object("v1", "Pod", "  containers: [{ name: app, image: nginx }]\n"), "image-moves") },
];

/** All of them at once. */
export const allAccepted: Omit<Broken, "id"> = {
  files: Object.fromEntries(accepted.flatMap(({ files }) => Object.entries(files ?? {}))),
  edits: accepted.reduce<NonNullable<Broken["edits"]>>(
    (all, { edits }) => ({
      ...all,
      ...Object.fromEntries(Object.entries(edits ?? {}).map(([path, some]) => [path, [...(all[path] ?? []), ...some]])),
    }),
    {},
  ),
};
