import { describe, expect, it, test } from "vitest";
import { unitsIn } from "../../test/fixtures/inUse.ts";
import { networkOf } from "../../test/fixtures/network.ts";
import { networks, type Given } from "../../test/fixtures/givens.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { hostname } from "../../test/fixtures/values.ts";
import { readDocuments } from "../yaml/documents.ts";
import { at } from "../model/unknown.ts";
import type { Route } from "../model/unit.ts";
import { misfits } from "../model/windows.ts";
import { commonCertificate, issuedCertificates } from "./gatewayCertificates.ts";
import { ingressNginx, longestName } from "./ingress-nginx.ts";
import { readIngress } from "./ingressObject.ts";

const NGINX = { ingress: "ingress-nginx" } as const satisfies Given;
const CERTIFIED = { certificates: { letsencrypt: {} } } as const satisfies Given;
const route: Route = {
  name: "photos",
  namespace: "media",
  host: hostname("photos.ragas.cc"),
  service: "photos",
  port: 2342,
  gateways: ["internal"],
};
const objects = (given: Given, changes: Partial<Route> = {}) =>
  ingressNginx.gateways?.route({ ...route, ...changes }, planOf({ ...NGINX, ...given })) ?? [];

describe("a route", () => {
  it("is an Ingress of the class of its gateway, and speaks http where nobody has certificates", () => {
    expect(objects({})).toEqual([
      {
        apiVersion: "networking.k8s.io/v1",
        kind: "Ingress",
        metadata: { name: "photos", namespace: "media" },
        spec: {
          ingressClassName: "internal",
          rules: [
            {
              host: "photos.ragas.cc",
              http: {
                paths: [
                  { path: "/", pathType: "Prefix", backend: { service: { name: "photos", port: { number: 2342 } } } },
                ],
              },
            },
          ],
        },
      },
    ]);
  });
  it("names its host and no Secret where there are certificates: the controller shows the one it has", () => {
    expect(objects(CERTIFIED)).toMatchObject([{ spec: { tls: [{ hosts: ["photos.ragas.cc"] }] } }]);
    expect(JSON.stringify(objects(CERTIFIED))).not.toContain("secretName");
  });
  it("of one path is for what lies below it", () => {
    expect(JSON.stringify(objects({}, { path: "/hook/" }))).toContain('"path":"/hook/","pathType":"Prefix"');
  });
  it("says that its origin speaks https, and nothing of its certificate", () => {
    expect(objects({}, { sealed: {} })).toMatchObject([
      { metadata: { annotations: { "nginx.ingress.kubernetes.io/backend-protocol": "HTTPS" } } },
    ]);
  });
  it("to a gateway nobody has is our bug", () => {
    expect(() => objects({}, { gateways: ["public"] })).toThrow("names the gateway public");
  });
  it("is read as it is written, whoever wrote it", () => {
    const [object] = objects({});
    expect(object && readIngress(object)).toEqual({
      name: "photos",
      hosts: ["photos.ragas.cc"],
      gateways: ["internal"],
      backends: ["photos:2342"],
      asks: ["/"],
    });
    expect(
      readIngress({
        apiVersion: "networking.k8s.io/v1",
        kind: "Ingress",
        spec: { defaultBackend: { service: { name: "all", port: { name: "http" } } } },
      }),
    ).toEqual({ name: "", hosts: [], gateways: [], backends: ["all:http"], asks: [] });
    expect(readIngress({ apiVersion: "extensions/v1beta1", kind: "Ingress" })).toBeUndefined();
    expect(readIngress({ apiVersion: "networking.k8s.io/v1", kind: "IngressClass" })).toBeUndefined();
  });
});

/** Values of a controller as they are written. */
function valuesOf(given: Given, gateway = "internal"): unknown {
  const path = `/ingress-nginx/${gateway}/values.yaml`;
  const [, file] = [...networkOf(planOf({ ...NGINX, ...given })).tree].find(([name]) => name.endsWith(path)) ?? [];
  return readDocuments(file?.content ?? "", path)[0];
}

describe("a controller", () => {
  it("is one for each gateway, with a class and an address of its own", () => {
    const units = unitsIn(planOf(networks["controllers of ingress-nginx, two domains"]), "ingress-nginx");
    expect(units.map(({ id, release }) => [id, release?.name])).toEqual([
      ["ingress-nginx/internal", "ingress-nginx-internal"],
      ["ingress-nginx/external", "ingress-nginx-external"],
    ]);
  });
  it("runs twice where two nodes can carry one each, spread over them and never kept from starting", () => {
    expect(at(valuesOf({}), "controller", "replicaCount")).toBe(2);
    expect(JSON.stringify(valuesOf({}))).toContain('"whenUnsatisfiable":"ScheduleAnyway"');
    const alone = valuesOf(networks["a controller of ingress-nginx on one node"]);
    expect(at(alone, "controller", "replicaCount")).toBe(1);
    expect(at(alone, "controller", "topologySpreadConstraints")).toBeUndefined();
  });
  it("has an address of each family, or the one there is", () => {
    const families = (given: Given) => at(valuesOf(given), "controller", "service", "ipFamilies");
    expect(families({})).toEqual(["IPv4"]);
    expect(families(networks["controllers of ingress-nginx, two domains"])).toEqual(["IPv4", "IPv6"]);
  });
  it("opens https and sends everybody there as soon as there are certificates", () => {
    const [plain, sealed] = [valuesOf({}), valuesOf(CERTIFIED)];
    expect(at(plain, "controller", "service", "enableHttps")).toBe(false);
    expect(at(plain, "controller", "config", "force-ssl-redirect")).toBeUndefined();
    expect(at(sealed, "controller", "service", "enableHttps")).toBeUndefined();
    expect(at(sealed, "controller", "config", "force-ssl-redirect")).toBe("true");
    expect(at(sealed, "controller", "extraArgs", "default-ssl-certificate")).toBe("network/wildcard-ragas-cc-tls");
  });
  it("takes no snippets, and the words of pods alone about whom they ask for", () => {
    expect(at(valuesOf({}), "controller", "allowSnippetAnnotations")).toBe(false);
    expect(at(valuesOf({}), "controller", "config", "proxy-real-ip-cidr")).toBe("10.42.0.0/16");
  });
  it("has a name that Kubernetes takes up to 28 characters of its gateway", () => {
    expect(longestName("x".repeat(28))).toHaveLength(63);
  });
});

describe("certificates", () => {
  const plan = (given: Given) => planOf({ ...CERTIFIED, domains: ["ragas.cc", "ragas.net"], ...given });
  const names = (given: Given) => issuedCertificates(plan(given)).map(({ name }) => name);
  const EACH = ["wildcard-ragas-cc", "wildcard-ragas-net"];

  it("are one for all domains where a gateway shows one, and those of each where another tells them apart", () => {
    expect(names(NGINX)).toEqual(["all-domains"]);
    expect(names({})).toEqual(EACH);
    const both = { internal: { address: "172.16.1.61", provider: "envoy-gateway" }, external: "172.16.1.62" } as const;
    expect(names({ ...NGINX, gateways: both })).toEqual([...EACH, "all-domains"]);
  });
  it("of one domain are the same for everybody", () => {
    expect(names({ ...NGINX, domains: ["ragas.cc"] })).toEqual(["wildcard-ragas-cc"]);
    expect(commonCertificate(plan({ domains: ["ragas.cc"] }))?.secret).toBe("wildcard-ragas-cc-tls");
    expect(commonCertificate(planOf(NGINX))).toBeUndefined();
  });
});

test("types of the Gateway API are installed only where something reads them", () => {
  const ids = (given: Given) => networkOf(planOf(given)).units.map(({ id }) => id);
  expect(ids(networks["controllers of ingress-nginx, two domains"])).not.toContain("gateway-api");
  expect(ids(networks["from ingress-nginx to Envoy Gateway, both there"])).toContain("gateway-api");
});

test("which Kubernetes it was tried with is known (NGX-02)", () => {
  const side = (chart: string, kubernetes: string) =>
    misfits(
      new Map([
        ["ingress-nginx", chart],
        ["kubernetes", kubernetes],
      ]),
      planOf(NGINX).pins,
    ).map((misfit) => [misfit.window.outside, misfit.side]);
  expect(side("4.15.1", "1.35")).toEqual([]);
  expect(side("4.15.1", "1.36")).toEqual([["untested", "newer"]]);
  expect(side("4.15.1", "1.30")).toEqual([["untested", "older"]]);
  expect(side("4.13.3", "1.34")).toEqual([["untested", "newer"]]);
});

test("a tunnel ends at the Service of the controller", () => {
  const [unit] = unitsIn(planOf(networks["controllers of ingress-nginx, two domains"]), "cloudflared");
  expect(JSON.stringify(unit?.view)).toContain(
    "https://ingress-nginx-external-controller.network.svc.cluster.local:443",
  );
});
