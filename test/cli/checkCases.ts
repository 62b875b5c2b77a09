/** The emitted repository of the preset with one thing broken, for each id `gen check` can say about files. */
import type { Edit } from "../rules/edits.ts";

export interface Broken {
  readonly id: string;
  /** Whole texts by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly edits?: Readonly<Record<string, readonly Edit[]>>;
  readonly removed?: readonly string[];
}

const NETWORK = "kubernetes/apps/network";
const ECHO = "kubernetes/apps/default/echo/app";
const KS = "kubernetes/apps/default/echo/ks.yaml";
const RELEASE = `${ECHO}/helmrelease.yaml`;
const ROUTE = `${ECHO}/httproute.yaml`;
const VALUES = `${ECHO}/values.yaml`;
const LIST = `${ECHO}/kustomization.yaml`;
const GATEWAYS = `${NETWORK}/envoy-gateway/config/gateways.yaml`;

const change = (path: string, find: string, replace: string): Pick<Broken, "edits"> => ({
  edits: { [path]: [{ find, replace }] },
});

/** A manifest beside echo, listed. */
const beside = (name: string, text: string): Pick<Broken, "edits" | "files"> => ({
  ...change(LIST, "resources:\n", `resources:\n  - ./${name}\n`),
  files: { [`${ECHO}/${name}`]: text },
});

const TLS_LISTENER = `  listeners:
    - name: https
      protocol: HTTPS
      port: 443
      hostname: "*.ragas.cc"
      tls: { certificateRefs: [{ name: wildcard }] }
      allowedRoutes: { namespaces: { from: All } }
`;
const overTls = (host: string): Pick<Broken, "edits"> => ({
  edits: {
    [GATEWAYS]: [{ find: "  listeners:\n", replace: TLS_LISTENER }],
    [ROUTE]: [
      { find: "sectionName: http", replace: "sectionName: https" },
      { find: "- echo.ragas.cc", replace: `- ${host}` },
    ],
  },
});

const route = (name: string, host: string): string => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: ${name}
  namespace: default
spec:
  hostnames: [${host}]
  parentRefs:
    - { name: envoy-internal, namespace: network, sectionName: http }
  rules:
    - backendRefs:
        - { name: echo, port: 8080 }
`;

export const broken: readonly Broken[] = [
  { id: "LB-POOL-DHCP", ...change("homelab.yaml", "172.16.1.60-172.16.1.69", "172.16.1.60-172.16.1.120") },
  { id: "SPEC-ADDRESS", ...change("homelab.yaml", "{ provider: k8s-gateway, address: 172.16.1.60 }", "k8s-gateway") },
  { id: "YAML-SYNTAX", files: { "notes.yaml": "a: [1\n" } },
  { id: "YAML-DUPLICATE", files: { "notes.yaml": "a: 1\na: 2\n" } },
  {
    id: "SECRET-PLAIN",
    ...beside("secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata: { name: a }\nstringData: { a: hunter2 }\n"),
  },
  { id: "SECRET-KEY", files: { "age.txt": `AGE-SECRET-KEY-1${"Q".repeat(58)}\n` } },
  { id: "SECRET-TOKEN", files: { "notes.md": `ghp_${"aB3dE6gH9j".repeat(4)}\n` } },
  { id: "SECRET-PASSWORD", files: { ".env": "PASSWORD=hunter2\n" } },
  { id: "KUST-MISSING", removed: [ROUTE] },
  { id: "KUST-TWICE", ...change(LIST, "resources:\n", "resources:\n  - httproute.yaml\n") },
  {
    id: "KUST-UNLISTED",
    ...change("kubernetes/apps/default/kustomization.yaml", "resources:\n  - ./echo/ks.yaml\n", "resources: []\n"),
  },
  { id: "FLUX-PATH", ...change(KS, "default/echo/app", "default/ehco/app") },
  { id: "FLUX-DEPENDS", ...change(KS, "envoy-gateway-config", "envoy-gateway-cofnig") },
  {
    id: "FLUX-CYCLE",
    ...change(
      `${NETWORK}/envoy-gateway/ks.yaml`,
      "    - name: gateway-api\n",
      "    - name: gateway-api\n    - name: envoy-gateway-config\n",
    ),
  },
  {
    id: "FLUX-SOURCE",
    ...change(RELEASE, "kind: OCIRepository\n    name: echo", "kind: OCIRepository\n    name: ehco"),
  },
  { id: "FLUX-VALUES", ...change(RELEASE, "name: echo-values", "name: ehco-values") },
  {
    id: "FLUX-SECRET",
    ...change(RELEASE, "    - kind: ConfigMap\n", "    - kind: Secret\n      name: more\n    - kind: ConfigMap\n"),
  },
  { id: "FLUX-HASH", ...change(LIST, "configurations:\n  - ./kustomizeconfig.yaml\n", "") },
  { id: "OBJECT-TWICE", ...beside("two.yaml", route("echo", "two.ragas.cc")) },
  {
    id: "ADDRESS-OWNER",
    ...change(
      VALUES,
      "    controller: echo\n",
      "    controller: echo\n    annotations: { lbipam.cilium.io/ips: 172.16.1.60 }\n",
    ),
  },
  {
    id: "ADDRESS-POOL",
    ...change(
      VALUES,
      "    controller: echo\n",
      "    controller: echo\n    annotations: { lbipam.cilium.io/ips: 172.16.1.80 }\n",
    ),
  },
  {
    id: "ADDRESS-DHCP",
    ...change("kubernetes/apps/kube-system/cilium/config/pools.yaml", "stop: 172.16.1.69", "stop: 172.16.1.100"),
  },
  { id: "ROUTE-GATEWAY", ...change(ROUTE, "name: envoy-internal", "name: envoy-external") },
  { id: "ROUTE-LISTENER", ...change(ROUTE, "sectionName: http", "sectionName: https") },
  { id: "ROUTE-NAMESPACE", ...change(GATEWAYS, "from: All", "from: Same") },
  { id: "ROUTE-HOSTNAME", ...overTls("ragas.cc") },
  { id: "ROUTE-BACKEND", ...change(ROUTE, "port: 8080", "port: 80") },
  {
    id: "ROUTE-GRANT",
    edits: {
      [ROUTE]: [
        { find: "namespace: default", replace: "namespace: network" },
        { find: "        - name: echo", replace: "        - name: echo\n          namespace: default" },
      ],
      [KS]: [{ find: "  targetNamespace: default\n", replace: "" }],
      [LIST]: [{ find: "  - ./httproute.yaml\n", replace: "" }],
      [`${NETWORK}/envoy-gateway/config/kustomization.yaml`]: [
        { find: "resources:\n", replace: "resources:\n  - ../../../default/echo/app/httproute.yaml\n" },
      ],
    },
  },
  { id: "ROUTE-TWICE", ...beside("two.yaml", route("two", "echo.ragas.cc")) },
  { id: "ROUTE-DOMAIN", ...change(ROUTE, "- echo.ragas.cc", "- echo.example.org") },
  { id: "ROUTE-CERTIFICATE", ...overTls("my.echo.ragas.cc") },
  {
    id: "DRIFT-STATE",
    edits: { ".homelab-net/state/create/network.jsonl": [{ find: "docs/dns.md", replace: "../outside" }] },
  },
  { id: "DRIFT-SPEC", ...change("homelab.yaml", "172.16.1.60-172.16.1.69", "172.16.1.60-172.16.1.70") },
];

/** What is only worth a note. */
export const notes: readonly Broken[] = [
  { id: "ROUTE-UNSEEN", ...change(VALUES, "controllers:\n", "containers:\n") },
  { id: "DRIFT-DELETED", removed: ["docs/dns.md"] },
  { id: "DRIFT-YOURS", ...change(`${NETWORK}/k8s-gateway/app/values.yaml`, "ttl: 1", "ttl: 30") },
];
