import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { planOf } from "../../test/fixtures/plan.ts";
import { hostname, known } from "../../test/fixtures/values.ts";
import { asMap, at } from "../model/unknown.ts";
import type { KubernetesObject } from "../model/unit.ts";
import type { Plan } from "../model/plan.ts";
import { entrypointOnce } from "../rules/ingress/traefik.ts";
import { traefik } from "./traefik.ts";
import { entrypointNames, traefikGateways } from "./traefikEntrypoints.ts";
import { readIngressRoute, traefikObjects } from "./traefikRoutes.ts";
import { hostsIn } from "./traefikRule.ts";
import { portsOf } from "./traefikValues.ts";

const ROUTES = ["ingress", "ingressroute", "gateway-api"] as const;

const planFor = (names: readonly string[], routes: (typeof ROUTES)[number], sealed: boolean): Plan =>
  planOf({
    ingress: "traefik",
    options: { traefik: { routes } },
    gateways: Object.fromEntries(names.map((name, index) => [name, `172.16.1.${61 + index}`])),
    ...(sealed && { certificates: { letsencrypt: {} } }),
  });

const route = (gateways: readonly string[]) => ({
  name: "photos",
  namespace: "default",
  host: hostname("photos.ragas.cc"),
  service: "photos",
  port: 80,
  gateways,
});

/** Entrypoints and listeners that an object of a route is heard on, as names of entrypoints. */
function heardBy(object: KubernetesObject, plan: Plan): readonly string[] {
  const annotation = at(object.metadata, "annotations", "traefik.ingress.kubernetes.io/router.entrypoints");
  if (typeof annotation === "string") return annotation.split(",");
  const written = at(object["spec"], "entryPoints");
  if (Array.isArray(written)) return written.map(String);
  const parent = at(object["spec"], "parentRefs", 0, "name");
  const gateway = known(
    traefikGateways(plan).find(({ object: name }) => name === parent),
    `no gateway ${String(parent)}`,
  );
  return entrypointNames(gateway);
}

/** By the name of the gateway, the entrypoints whose ports its Service has. */
function leadingTo(plan: Plan): ReadonlyMap<string, readonly string[]> {
  const ports = Object.entries(portsOf(plan)).filter(([, port]) => port !== null);
  return new Map(
    traefikGateways(plan).map(({ name, isDefault }) => [
      name,
      ports
        .filter(([, port]) => at(port, "expose", isDefault ? "default" : name) === true)
        .map(([entrypoint]) => entrypoint),
    ]),
  );
}

describe("no route of one gateway answers on the address of another", () => {
  const names = fc.uniqueArray(fc.constantFrom("main", "vip239", "guests", "external", "iot"), { minLength: 1 });

  it("whatever its kind, over http and https", () => {
    fc.assert(
      fc.property(names, fc.constantFrom(...ROUTES), fc.boolean(), (gateways, routes, sealed) => {
        const plan = planFor(gateways, routes, sealed);
        const leads = leadingTo(plan);
        for (const gateway of gateways) {
          const objects = traefikObjects(route([gateway]), plan).filter(({ kind }) => kind !== "DNSEndpoint");
          expect(objects).toHaveLength(1);
          for (const object of objects)
            for (const [other, entrypoints] of leads) {
              const common = heardBy(object, plan).filter((name) => entrypoints.includes(name));
              if (other === gateway) expect(common).not.toEqual([]);
              else expect(common).toEqual([]);
            }
        }
      }),
      { numRuns: 30 },
    );
  });
  it("because every entrypoint has a port of its own, and one Service", () => {
    const plan = planFor(["main", "vip239", "guests"], "ingress", true);
    const ports = Object.values(portsOf(plan)).filter((port) => port !== null);
    expect(new Set(ports.map((port) => at(port, "port"))).size).toBe(6);
    for (const port of ports) expect(Object.keys(asMap(at(port, "expose")))).toHaveLength(1);
    expect(ports.filter((port) => at(port, "asDefault") === true)).toHaveLength(2);
  });
  it("and a name on both has an object for each", () => {
    const objects = traefikObjects(route(["main", "vip239"]), planFor(["main", "vip239"], "ingressroute", true));
    expect(objects.map(({ kind, metadata }) => [kind, metadata?.["name"]])).toEqual([
      ["IngressRoute", "photos-main"],
      ["DNSEndpoint", "photos-main"],
      ["IngressRoute", "photos-vip239"],
      ["DNSEndpoint", "photos-vip239"],
    ]);
  });
});

describe("names a rule asks for", () => {
  test.each([
    ["Host(`a.ragas.cc`)", ["a.ragas.cc"]],
    ["Host(`A.ragas.cc`) && PathPrefix(`/x`)", ["a.ragas.cc"]],
    ['Host("a.ragas.cc", "b.ragas.cc") || Host(`c.ragas.cc`)', ["a.ragas.cc", "b.ragas.cc", "c.ragas.cc"]],
    ["HostRegexp(`^.+$`)", []],
    ["PathPrefix(`/`)", []],
  ])("%s", (rule, hosts) => expect(hostsIn(rule)).toEqual(hosts));
});

describe("an IngressRoute as it stands in a repository", () => {
  const object = (labels: object): KubernetesObject => ({
    apiVersion: "traefik.io/v1alpha1",
    kind: "IngressRoute",
    metadata: { name: "photos", labels },
    spec: {
      entryPoints: ["websecure"],
      routes: [{ match: "Host(`photos.ragas.cc`)", services: [{ name: "photos", port: 80 }, { name: "more" }] }],
    },
  });
  it("is read back with its gateway, or else with what it listens on", () => {
    expect(readIngressRoute(object({ "gateway.homelab-net/name": "traefik" }))).toEqual({
      name: "photos",
      hosts: ["photos.ragas.cc"],
      gateways: ["traefik"],
      backends: ["photos:80", "more"],
      asks: ["/"],
    });
    expect(readIngressRoute(object({}))?.gateways).toEqual(["websecure"]);
  });
  it("is none of another group", () => {
    expect(readIngressRoute({ ...object({}), apiVersion: "traefik.containo.us/v1alpha1" })).toBeUndefined();
    expect(traefik.gateways?.readRoute(object({}))).toBeDefined();
  });
});

it("a gateway called as the chart calls the first Service is refused where it is another", () => {
  const found = (plan: Plan) => [...entrypointOnce.check(plan)].map(({ message }) => message);
  expect(found(planFor(["default", "other"], "ingress", true))).toEqual([]);
  expect(found(planFor(["other", "default"], "ingress", true))).toEqual([
    "the gateway default is called as the chart calls the Service of other",
  ]);
});
