/** Traefik: entrypoints of a gateway, what an IngressRoute may name, and the record that goes with it. */
import { beside, besideGateway, change, type AuditCase } from "./case.ts";

/** The preset has two gateways, `internal` and `external`; the repository has a Gateway with the address of the first. */
const traefik = [
  ...change("provider: envoy-gateway", "provider: traefik"),
  ...change("internal: { address: 172.16.1.61", "internal: { address: 172.16.1.63"),
];

const ENTRYPOINTS = "traefik.ingress.kubernetes.io/router.entrypoints";
const TARGET = "external-dns.alpha.kubernetes.io/target: external.ragas.cc";

const ingress = (className: string, entrypoints: string): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: pictures
  annotations: { ${TARGET}${entrypoints === "" ? "" : `, ${ENTRYPOINTS}: "${entrypoints}"`} }
spec:
  ingressClassName: ${className}
  rules:
    - host: pictures.ragas.cc
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: photos, port: { number: 80 } } } }
`;

const record = (host = "pictures.ragas.cc"): string => `---
apiVersion: externaldns.k8s.io/v1alpha1
kind: DNSEndpoint
metadata: { name: pictures }
spec: { endpoints: [{ dnsName: ${host}, recordType: A, targets: [172.16.1.63] }] }
`;

interface Written {
  readonly host?: string;
  readonly entrypoints?: string;
  readonly gateway?: string;
  readonly service?: string;
  readonly more?: string;
  readonly tls?: string;
}

const route = ({
  host = "pictures.ragas.cc",
  entrypoints = "[websecure]",
  gateway = "traefik",
  service = "{ name: photos, port: 80 }",
  more = "",
  tls = "{}",
}: Written = {}): string => `apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: pictures, labels: { gateway.homelab-net/name: ${gateway} } }
spec:
  entryPoints: ${entrypoints}
  routes:
    - kind: Rule
      match: Host(\`${host}\`)
      services: [${service}]
${more}  tls: ${tls}
${record(host)}`;

const one = (wrong: Written, right: Written = {}) => ({
  network: traefik,
  broken: beside(route(wrong)),
  nearMiss: beside(route(right)),
});

const middleware = "---\napiVersion: traefik.io/v1alpha1\nkind: Middleware\nmetadata: { name: auth }\nspec: {}\n";
const forwardAuth = (service: string): string =>
  middleware
    .slice(4)
    .replace("spec: {}", `spec: { forwardAuth: { address: "http://${service}.default.svc.cluster.local/auth" } }`);
const withAuth = (name: string): string => `web,websecure", traefik.ingress.kubernetes.io/router.middlewares: "${name}`;
const outside = `---
apiVersion: v1
kind: Service
metadata: { name: away }
spec: { type: ExternalName, externalName: nas.lan, ports: [{ port: 80 }] }
`;
const store = (name: string) =>
  `---\napiVersion: traefik.io/v1alpha1\nkind: TLSStore\nmetadata: { name: ${name} }\nspec: {}\n`;
const certificate = `---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: pictures }
spec: { secretName: pictures-tls, dnsNames: [pictures.ragas.cc], issuerRef: { name: a, kind: ClusterIssuer } }
`;

export const traefikCases: readonly AuditCase[] = [
  {
    id: "ROUTE-ENTRYPOINT",
    what: "an Ingress that also answers on the address of another gateway",
    network: traefik,
    broken: beside(`${ingress("traefik-external", "web-external,websecure")}${record()}`),
    nearMiss: beside(`${ingress("traefik-external", "web-external,tls-external")}${record()}`),
  },
  {
    id: "ROUTE-ENTRYPOINT",
    what: "an Ingress of a second gateway that names no entrypoint",
    network: traefik,
    broken: beside(`${ingress("traefik-external", "")}${record()}`),
    nearMiss: beside(ingress("traefik", "")),
  },
  { id: "ROUTE-ENTRYPOINT", what: "an entrypoint nobody has", ...one({ entrypoints: "[websecur]" }) },
  {
    id: "ROUTE-ENTRYPOINT",
    what: "an IngressRoute on the entrypoints of another gateway",
    ...one({ gateway: "traefik-external" }, { gateway: "traefik-external", entrypoints: "[tls-external]" }),
  },
  {
    id: "ROUTE-ACROSS",
    what: "a Service of another namespace",
    ...one(
      { service: "{ name: photos, namespace: network, port: 80 }" },
      { service: "{ name: photos, namespace: default, port: 80 }" },
    ),
  },
  {
    id: "ROUTE-ACROSS",
    what: "a Service that is another name",
    network: traefik,
    broken: beside(`${route({ service: "{ name: away, port: 80 }" })}${outside}`),
    nearMiss: beside(
      `${route({ service: "{ name: away, port: 80 }" })}${outside.replace("type: ExternalName, externalName: nas.lan, ", "")}`,
    ),
  },
  {
    id: "ROUTE-PART",
    what: "a Middleware that is not there",
    network: traefik,
    broken: beside(`${route({ more: "      middlewares: [{ name: aut }]\n" })}${middleware}`),
    nearMiss: beside(`${route({ more: "      middlewares: [{ name: auth }]\n" })}${middleware}`),
  },
  {
    id: "ROUTE-PART",
    what: "a Middleware that is not there, named by an Ingress",
    network: traefik,
    broken: beside(`${ingress("traefik", withAuth("default-aut@kubernetescrd"))}${middleware}`),
    nearMiss: beside(`${ingress("traefik", withAuth("default-auth@kubernetescrd"))}${middleware}`),
  },
  {
    id: "ROUTE-SOURCES",
    what: "a Middleware about addresses that nobody sees",
    network: [
      ...traefik,
      ...change("loadBalancing: { mode: dsr, acceleration: native }", "loadBalancing: { mode: snat }"),
    ],
    broken: beside(middleware.slice(4).replace("spec: {}", "spec: { ipAllowList: { sourceRange: [172.16.1.0/24] } }")),
    nearMiss: beside(middleware.slice(4).replace("spec: {}", "spec: { headers: { customRequestHeaders: { A: b } } }")),
  },
  {
    id: "ROUTE-AUTH",
    what: "a Service that nobody has, asked by a Middleware",
    network: traefik,
    broken: beside(forwardAuth("photo")),
    nearMiss: beside(forwardAuth("photos")),
  },
  {
    id: "ROUTE-PART",
    what: "a ServersTransport that is not there",
    ...one(
      { service: "{ name: photos, port: 80, serversTransport: nas }" },
      { service: "{ name: photos, port: 80, serversTransport: network-nas@kubernetescrd }" },
    ),
  },
  {
    id: "TLS-STORE",
    what: "two default stores",
    network: traefik,
    broken: { ...beside(`${route()}${store("default")}`), ...besideGateway(store("default").slice(4)) },
    nearMiss: { ...beside(`${route()}${store("default")}`), ...besideGateway(store("other").slice(4)) },
  },
  {
    id: "TLS-STORE",
    what: "a certificate of another namespace",
    network: traefik,
    broken: {
      ...beside(route({ tls: "{ secretName: pictures-tls }" })),
      ...besideGateway(certificate.slice(4)),
    },
    nearMiss: beside(`${route({ tls: "{ secretName: pictures-tls }" })}${certificate}`),
  },
  {
    id: "ROUTE-RECORD",
    what: "an IngressRoute without a record",
    network: traefik,
    broken: beside(route().replace(record(), record("photo.ragas.cc"))),
    nearMiss: beside(route()),
  },
  {
    id: "ROUTE-RECORD",
    what: "an Ingress whose address is not the one it shows",
    network: traefik,
    broken: beside(ingress("traefik-external", "web-external,tls-external")),
    nearMiss: beside(ingress("traefik", "web,websecure")),
  },
  {
    id: "ROUTE-BACKEND",
    what: "an IngressRoute to a Service nobody has",
    ...one({ service: "{ name: photo, port: 80 }" }),
  },
  { id: "ROUTE-DOMAIN", what: "an IngressRoute for a name of somebody else", ...one({ host: "pictures.example.com" }) },
  {
    id: "ROUTE-CERTIFICATE",
    what: "an IngressRoute for a name two labels deep",
    ...one({ host: "a.pictures.ragas.cc" }, { host: "a.pictures.ragas.cc", tls: "{ secretName: deep-tls }" }),
  },
];
