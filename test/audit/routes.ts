/** From a host name to its pod. */
import { APPS, beside, change, ECHO, GATEWAY, PHOTOS, type AuditCase } from "./case.ts";

const ROUTE = `${PHOTOS}/httproute.yaml`;
const LISTENERS = `${GATEWAY}/gateway.yaml`;

/** Beside the HTTPRoute of the photos. */
const calls = (host: string): string => `apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: { name: calls }
spec:
  hostnames: [${host}]
  parentRefs: [{ name: envoy-internal, namespace: network, sectionName: https }]
  rules: [{ matches: [{ method: { service: photos.v1.Photos } }], backendRefs: [{ name: photos, port: 80 }] }]
`;

const handedOn = (host: string): string =>
  `    - { name: vault, protocol: TLS, port: 443, hostname: ${host}, allowedRoutes: { namespaces: { from: All } }, tls: { mode: Passthrough } }\n`;
const vault = `apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata: { name: vault }
spec:
  hostnames: [vault.ragas.cc]
  parentRefs: [{ name: envoy-internal, namespace: network, sectionName: vault }]
  rules: [{ backendRefs: [{ name: photos, port: 80 }] }]
`;
const vaultRecord = (host: string): string => `apiVersion: externaldns.k8s.io/v1alpha1
kind: DNSEndpoint
metadata: { name: vault }
spec: { endpoints: [{ dnsName: ${host}, recordType: A, targets: [172.16.1.61] }] }
`;

export const routes: readonly AuditCase[] = [
  {
    id: "ROUTE-KINDS",
    what: "a name whose connections nobody opens",
    broken: { [LISTENERS]: change("  listeners:\n", `  listeners:\n${handedOn("photos.ragas.cc")}`) },
    nearMiss: { [LISTENERS]: change("  listeners:\n", `  listeners:\n${handedOn("vault.ragas.cc")}`) },
  },
  {
    id: "ROUTE-RECORD",
    what: "a TLSRoute without a record",
    broken: {
      ...beside(`${vault}---\n${vaultRecord("vaults.ragas.cc")}`),
      [LISTENERS]: change("  listeners:\n", `  listeners:\n${handedOn("vault.ragas.cc")}`),
    },
    nearMiss: {
      ...beside(`${vault}---\n${vaultRecord("vault.ragas.cc")}`),
      [LISTENERS]: change("  listeners:\n", `  listeners:\n${handedOn("vault.ragas.cc")}`),
    },
  },
  {
    id: "ROUTE-KINDS",
    what: "gRPC and HTTP under one name",
    broken: beside(calls("photos.ragas.cc")),
    nearMiss: beside(calls("photos-api.ragas.cc")),
  },
  {
    id: "ROUTE-GATEWAY",
    what: "a gateway nobody has",
    broken: { [ROUTE]: change("name: envoy-internal", "name: envoy-intrenal") },
    nearMiss: { [ROUTE]: change("- name: envoy-internal", "- kind: Gateway\n      name: envoy-internal") },
  },
  {
    id: "ROUTE-GATEWAY",
    what: "a gateway in another namespace",
    broken: { [ROUTE]: change("      namespace: network\n", "") },
    nearMiss: { [ROUTE]: change("name: envoy-internal", "name: ${GATEWAY}") },
  },
  {
    id: "ROUTE-LISTENER",
    what: "a listener the gateway has not",
    broken: { [ROUTE]: change("sectionName: https", "sectionName: websecure") },
    nearMiss: { [ROUTE]: change("      sectionName: https\n", "      port: 443\n") },
  },
  {
    id: "ROUTE-LISTENER",
    what: "a listener of another protocol",
    broken: { [ROUTE]: change("kind: HTTPRoute", "kind: TLSRoute") },
    nearMiss: { [ROUTE]: change("kind: HTTPRoute", "kind: GRPCRoute") },
  },
  {
    id: "ROUTE-NAMESPACE",
    what: "a listener for its own namespace",
    broken: { [ROUTE]: change("sectionName: https", "sectionName: http") },
    nearMiss: {
      [LISTENERS]: change(
        "          from: All",
        "          from: Selector\n          selector:\n            matchExpressions:\n              - { key: kubernetes.io/metadata.name, operator: In, values: [default] }",
      ),
    },
  },
  {
    id: "ROUTE-NAMESPACE",
    what: "a selector for other labels",
    broken: {
      [LISTENERS]: change(
        "          from: All",
        "          from: Selector\n          selector: { matchLabels: { routes: internal } }",
      ),
      [`${ECHO}/httproute.yaml`]: null,
      [`${ECHO}/kustomization.yaml`]: change("  - ./httproute.yaml\n", ""),
    },
    nearMiss: {
      [LISTENERS]: change(
        "          from: All",
        "          from: Selector\n          selector: { matchLabels: { routes: internal } }",
      ),
      [`${APPS}/default/kustomization.yaml`]: change("resources:\n", "resources:\n  - ./namespace.yaml\n"),
      [`${APPS}/default/namespace.yaml`]:
        "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: default\n  labels:\n    routes: internal\n",
    },
  },
  {
    id: "ROUTE-HOSTNAME",
    what: "the domain itself under a wildcard",
    broken: { [ROUTE]: change("photos.ragas.cc", "ragas.cc") },
    nearMiss: { [ROUTE]: change("photos.ragas.cc", '"*.ragas.cc"') },
  },
  {
    id: "ROUTE-BACKEND",
    what: "a Service nobody has",
    broken: { [ROUTE]: change("        - name: photos", "        - name: photo") },
    nearMiss: {
      [ROUTE]: change("        - name: photos\n          port: 80", "        - name: echo\n          port: 8080"),
    },
  },
  {
    id: "ROUTE-BACKEND",
    what: "the port of the container",
    broken: { [ROUTE]: change("          port: 80", "          port: 2342") },
    nearMiss: { [`${PHOTOS}/service.yaml`]: change("- port: 80", "- port: 443\n    - port: 80") },
  },
  {
    id: "ROUTE-BACKEND",
    what: "a Service of app-template under another name",
    broken: {
      [`${ECHO}/values.yaml`]: change("service:\n", "service:\n  metrics:\n    ports: { http: { port: 9090 } }\n"),
    },
    nearMiss: {
      [`${ECHO}/values.yaml`]: change(
        "service:\n",
        "service:\n  metrics:\n    enabled: false\n    ports: { http: { port: 9090 } }\n",
      ),
    },
  },
  {
    id: "ROUTE-BACKEND",
    what: "a Service that nobody lists",
    broken: { [`${PHOTOS}/kustomization.yaml`]: change("  - ./service.yaml\n", "  # - ./service.yaml\n") },
    nearMiss: {},
  },
  {
    id: "ROUTE-GRANT",
    what: "a Service in another namespace",
    broken: {
      [ROUTE]: change(
        "        - name: photos\n          port: 80",
        "        - name: k8s-gateway\n          namespace: network\n          port: 53",
      ),
    },
    nearMiss: {
      [ROUTE]: change(
        "        - name: photos\n          port: 80",
        "        - name: k8s-gateway\n          namespace: network\n          port: 53",
      ),
      [`${APPS}/network/dns/app/kustomization.yaml`]: change("resources:\n", "resources:\n  - ./grant.yaml\n"),
      [`${APPS}/network/dns/app/grant.yaml`]: `apiVersion: gateway.networking.k8s.io/v1
kind: ReferenceGrant
metadata:
  name: photos
spec:
  from:
    - { group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: default }
  to:
    - { group: "", kind: Service }
`,
    },
  },
  {
    id: "ROUTE-TWICE",
    what: "two apps with one name",
    broken: { [ROUTE]: change("photos.ragas.cc", "echo.ragas.cc") },
    nearMiss: {
      [ROUTE]: [
        ...change("photos.ragas.cc", "echo.ragas.cc"),
        ...change(
          "    - backendRefs:",
          "    - matches:\n        - path: { type: PathPrefix, value: /photos }\n      backendRefs:",
        ),
      ],
    },
  },
  {
    id: "ROUTE-DOMAIN",
    what: "a name of somebody else",
    broken: {
      [ROUTE]: change("photos.ragas.cc", "photos.example.org"),
      [LISTENERS]: change('      hostname: "*.ragas.cc"\n', ""),
      [`${GATEWAY}/certificate.yaml`]: change('"*.ragas.cc"', '"*.ragas.cc"\n    - photos.example.org'),
    },
    nearMiss: { [ROUTE]: change("photos.ragas.cc", "example-org.ragas.cc") },
  },
  {
    id: "ROUTE-CERTIFICATE",
    what: "two labels before the domain",
    broken: { [ROUTE]: change("photos.ragas.cc", "my.photos.ragas.cc") },
    nearMiss: {
      [ROUTE]: change("photos.ragas.cc", "my.photos.ragas.cc"),
      [`${GATEWAY}/certificate.yaml`]: change('"*.ragas.cc"', '"*.ragas.cc"\n    - "*.photos.ragas.cc"'),
    },
  },
  {
    id: "ROUTE-UNSEEN",
    what: "a Service only a chart knows",
    broken: {
      [`${ECHO}/values.yaml`]: change("controllers:\n  echo: {}\n", "replicas: 1\n"),
      [`${ECHO}/httproute.yaml`]: change("        - name: echo", "        - name: echo-web"),
    },
    nearMiss: {},
  },
];
