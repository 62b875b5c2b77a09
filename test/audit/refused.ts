/** Gateways, routes and their policies that the API server does not take. */
import { besideGateway, change, GATEWAY, PHOTOS, trafficPolicy, type AuditCase } from "./case.ts";

const ROUTE = `${PHOTOS}/httproute.yaml`;
const GATEWAYS = `${GATEWAY}/gateway.yaml`;

const EMPTY_TLS = change("      tls:\n        certificateRefs:\n          - name: wildcard-tls\n", "");
const TWO_PARENTS = "      sectionName: https\n    - name: envoy-internal\n      namespace: network\n";

export const refused: readonly AuditCase[] = [
  {
    id: "GATEWAY-REFUSED",
    what: "two listeners of one name",
    broken: {
      [GATEWAYS]: change(
        "    - name: https\n",
        "    - { name: https, protocol: HTTP, port: 8080 }\n    - name: https\n",
      ),
    },
    nearMiss: {
      [GATEWAYS]: change(
        "    - name: https\n",
        "    - { name: more, protocol: HTTP, port: 8080 }\n    - name: https\n",
      ),
    },
  },
  {
    id: "GATEWAY-REFUSED",
    what: "two listeners for the same names",
    broken: {
      [GATEWAYS]: change("    - name: https\n", "    - { name: more, protocol: HTTP, port: 80 }\n    - name: https\n"),
    },
    nearMiss: {
      [GATEWAYS]: change(
        "    - name: https\n",
        "    - { name: more, protocol: HTTP, port: 80, hostname: a.ragas.cc }\n    - name: https\n",
      ),
    },
  },
  {
    id: "GATEWAY-REFUSED",
    what: "more listeners than there may be",
    broken: { [GATEWAYS]: change("  listeners:\n", `  listeners:\n${listeners(63)}`) },
    nearMiss: { [GATEWAYS]: change("  listeners:\n", `  listeners:\n${listeners(62)}`) },
  },
  {
    id: "GATEWAY-REFUSED",
    what: "https without a certificate",
    broken: { [GATEWAYS]: EMPTY_TLS },
    nearMiss: {
      [GATEWAYS]: change(
        "          - name: wildcard-tls\n",
        "          - kind: Secret\n            name: wildcard-tls\n",
      ),
    },
  },
  {
    id: "GATEWAY-REFUSED",
    what: "a certificate for http",
    broken: {
      [GATEWAYS]: change(
        "      port: 80\n",
        "      port: 80\n      tls: { certificateRefs: [{ name: wildcard-tls }] }\n",
      ),
    },
    nearMiss: { [GATEWAYS]: change("      port: 80\n", "      port: 80\n      hostname: a.ragas.cc\n") },
  },
  {
    id: "GATEWAY-REFUSED",
    what: "names on a port for anything",
    broken: {
      [GATEWAYS]: change(
        "    - name: https\n",
        "    - { name: raw, protocol: TCP, port: 9000, hostname: a.ragas.cc }\n    - name: https\n",
      ),
    },
    nearMiss: {
      [GATEWAYS]: change("    - name: https\n", "    - { name: raw, protocol: TCP, port: 9000 }\n    - name: https\n"),
    },
  },
  {
    id: "GATEWAY-REFUSED",
    what: "https handed on unopened",
    broken: {
      [GATEWAYS]: change(
        "    - name: https\n",
        "    - { name: raw, protocol: HTTPS, port: 8443, tls: { mode: Passthrough } }\n    - name: https\n",
      ),
    },
    nearMiss: {
      [GATEWAYS]: change(
        "    - name: https\n",
        "    - { name: raw, protocol: TLS, port: 8443, tls: { mode: Passthrough } }\n    - name: https\n",
      ),
    },
  },
  {
    id: "GATEWAY-REFUSED",
    what: "a gateway named twice",
    broken: { [ROUTE]: change("      sectionName: https\n", `${TWO_PARENTS}      sectionName: https\n`) },
    nearMiss: {
      [ROUTE]: change("      sectionName: https\n", `${TWO_PARENTS}      port: 443\n      sectionName: https\n`),
    },
  },
  {
    id: "GATEWAY-REFUSED",
    what: "a redirect with a backend",
    broken: {
      [ROUTE]: change(
        "    - backendRefs:\n",
        "    - filters: [{ type: RequestRedirect, requestRedirect: { scheme: https } }]\n      backendRefs:\n",
      ),
    },
    nearMiss: {
      [ROUTE]: change(
        "    - backendRefs:\n",
        "    - filters: [{ type: URLRewrite, urlRewrite: { hostname: a.ragas.cc } }]\n      backendRefs:\n",
      ),
    },
  },
  {
    id: "GATEWAY-REFUSED",
    what: "a name with capitals and an underscore, under a wildcard that is a part of a label",
    broken: { [ROUTE]: change("    - photos.ragas.cc\n", "    - photos.ragas.cc\n    - photo*.ragas.cc\n") },
    nearMiss: { [ROUTE]: change("    - photos.ragas.cc\n", "    - photos.ragas.cc\n    - xn--bilder-r2a.ragas.cc\n") },
  },
  {
    id: "GATEWAY-REFUSED",
    what: "more names than a route may have",
    broken: { [ROUTE]: change("    - photos.ragas.cc\n", names(17)) },
    nearMiss: { [ROUTE]: change("    - photos.ragas.cc\n", names(16)) },
  },
  {
    id: "GATEWAY-REFUSED",
    what: "a client's address found in two ways",
    broken: besideGateway(
      trafficPolicy(
        "Client",
        "  clientIPDetection: { xForwardedFor: { numTrustedHops: 1 }, customHeader: { name: x-real-ip } }\n",
      ),
    ),
    nearMiss: besideGateway(trafficPolicy("Client", "  clientIPDetection: { xForwardedFor: { numTrustedHops: 1 } }\n")),
  },
  {
    id: "GATEWAY-REFUSED",
    what: "proxies trusted by number and by address",
    broken: besideGateway(
      trafficPolicy(
        "Client",
        "  clientIPDetection: { xForwardedFor: { numTrustedHops: 1, trustedCIDRs: [10.42.0.0/16] } }\n",
      ),
    ),
    nearMiss: besideGateway(
      trafficPolicy("Client", "  clientIPDetection: { xForwardedFor: { trustedCIDRs: [10.42.0.0/16] } }\n"),
    ),
  },
  {
    id: "GATEWAY-REFUSED",
    what: "compression under both of its names",
    broken: besideGateway(
      trafficPolicy("Backend", "  compression: [{ type: Gzip }]\n  compressor: [{ type: Gzip }]\n"),
    ),
    nearMiss: besideGateway(trafficPolicy("Backend", "  compressor: [{ type: Gzip }]\n")),
  },
];

function listeners(count: number): string {
  return Array.from(
    { length: count },
    (_, index) => `    - { name: more-${index}, protocol: HTTP, port: ${8000 + index} }\n`,
  ).join("");
}

function names(count: number): string {
  return Array.from({ length: count }, (_, index) => `    - photos-${index}.ragas.cc\n`).join("");
}
