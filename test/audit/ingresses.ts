/** Ingresses: their class, their names, and what they tell those who make records of names. */
import { beside, change, PHOTOS, type AuditCase } from "./case.ts";

/** The repository has a Gateway with the address of the preset's. */
const controllers = [
  ...change("provider: envoy-gateway", "provider: ingress-nginx"),
  ...change("internal: { address: 172.16.1.61", "internal: { address: 172.16.1.63"),
];

interface Written {
  readonly host?: string;
  readonly className?: string | null;
  readonly annotations?: string;
  readonly backend?: string;
  readonly name?: string;
  readonly tls?: string;
}

const ingress = ({
  host = "pictures.ragas.cc",
  className = "internal",
  annotations = "{}",
  backend = "{ name: photos, port: { number: 80 } }",
  name = "pictures",
  tls = `[{ hosts: [${host}] }]`,
}: Written = {}): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  annotations: ${annotations}
spec:
${className === null ? "" : `  ingressClassName: ${className}\n`}  rules:
    - host: ${host}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service: ${backend}
  tls: ${tls}
`;

const one = (wrong: Written, right: Written = {}) => ({
  network: controllers,
  broken: beside(ingress(wrong)),
  nearMiss: beside(ingress(right)),
});

const NGINX = "nginx.ingress.kubernetes.io/";
const TARGET = "external-dns.alpha.kubernetes.io/target: external.ragas.cc";

const RELEASE = (className: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: films
spec:
  chartRef: { kind: OCIRepository, name: films }
  values:
    controllers: { films: {} }
    ingress:
      films: { className: ${className}, hosts: [{ host: films.ragas.cc, paths: [{ path: / }] }] }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata:
  name: films
spec: { url: oci://ghcr.io/bjw-s-labs/helm/app-template, ref: { tag: 5.1.0 } }
`;

export const ingresses: readonly AuditCase[] = [
  { id: "INGRESS-CLASS", what: "a class nobody reads", ...one({ className: "nginx" }) },
  { id: "INGRESS-CLASS", what: "no class", ...one({ className: null }) },
  {
    id: "INGRESS-CLASS",
    what: "an Ingress where gateways read none",
    broken: beside(ingress()),
    nearMiss: beside(
      `${ingress({ className: "own" })}---\napiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: own }\nspec: { controller: example.com/own }\n`,
    ),
  },
  {
    id: "INGRESS-CLASS",
    what: "a class in values of app-template",
    network: controllers,
    broken: beside(RELEASE("nginx")),
    nearMiss: beside(RELEASE("internal")),
  },
  {
    id: "INGRESS-TARGET",
    what: "a published name that points at the LAN",
    ...one(
      { className: "external" },
      {
        className: "external",
        annotations: `{ ${TARGET} }`,
      },
    ),
  },
  {
    id: "INGRESS-TARGET",
    what: "one that shall have no record after all",
    ...one(
      { className: "external", annotations: '{ external-dns.alpha.kubernetes.io/controller: "some" }' },
      { className: "external", annotations: "{ external-dns.alpha.kubernetes.io/controller: none }" },
    ),
  },
  {
    id: "INGRESS-SNIPPET",
    what: "configuration of nginx in an annotation",
    ...one(
      { annotations: `{ ${NGINX}configuration-snippet: "more_set_headers x;" }` },
      { annotations: `{ ${NGINX}proxy-body-size: 8m }` },
    ),
  },
  {
    id: "ROUTE-SOURCES",
    what: "an annotation about addresses that nobody sees",
    network: [
      ...controllers,
      ...change("loadBalancing: { mode: dsr, acceleration: native }", "loadBalancing: { mode: snat }"),
    ],
    broken: beside(ingress({ annotations: `{ ${NGINX}whitelist-source-range: 172.16.1.0/24 }` })),
    nearMiss: beside(ingress({ annotations: `{ ${NGINX}limit-rps: "5" }` })),
  },
  {
    id: "ROUTE-AUTH",
    what: "a Service that nobody has, asked by an annotation",
    ...one(
      { annotations: `{ ${NGINX}auth-url: "http://photo.default.svc.cluster.local/auth" }` },
      { annotations: `{ ${NGINX}auth-url: "http://photos.default.svc.cluster.local/auth" }` },
    ),
  },
  {
    id: "ROUTE-BACKEND",
    what: "an Ingress to a Service nobody has",
    ...one({ backend: "{ name: photo, port: { number: 80 } }" }),
  },
  {
    id: "ROUTE-BACKEND",
    what: "an Ingress to the port of the container",
    ...one(
      { backend: "{ name: photos, port: { number: 2342 } }" },
      { backend: "{ name: photos, port: { name: http } }" },
    ),
  },
  {
    id: "ROUTE-DOMAIN",
    what: "an Ingress for a name of somebody else",
    ...one({ host: "pictures.example.com" }, { host: "ragas.cc" }),
  },
  {
    id: "ROUTE-CERTIFICATE",
    what: "an Ingress for a name two labels deep",
    ...one(
      { host: "a.pictures.ragas.cc" },
      { host: "a.pictures.ragas.cc", tls: "[{ hosts: [a.pictures.ragas.cc], secretName: deep-tls }]" },
    ),
  },
  {
    id: "ROUTE-CLEAR",
    what: "an Ingress that leaves http open",
    ...one(
      { annotations: `{ ${NGINX}ssl-redirect: "false", ${NGINX}force-ssl-redirect: "false" }` },
      { annotations: `{ ${NGINX}ssl-redirect: "false" }` },
    ),
  },
  {
    id: "ROUTE-TWICE",
    what: "two Ingresses of one class for one name",
    network: controllers,
    broken: beside(`${ingress()}---\n${ingress({ name: "images" })}`),
    nearMiss: beside(
      `${ingress()}---\n${ingress({ name: "images", className: "external", annotations: `{ ${TARGET} }` })}`,
    ),
  },
  {
    id: "ROUTE-UNSEEN",
    what: "a class that a chart may make",
    network: controllers,
    broken: {
      ...beside(ingress({ className: "tailscale" })),
      [`${PHOTOS}/more.yaml`]: `${ingress({ className: "tailscale" })}---\n${RELEASE("internal").replaceAll("films", "tailscale")}`,
    },
    nearMiss: beside(ingress()),
  },
];
