/** What a route may ask for, on gateways of every provider: written, or refused with a reason. */
import { describe, expect, it, test } from "vitest";
import { written } from "../../test/fixtures/routesWritten.ts";
import { abilitiesIn, dialects, planIn, routeIn, wishes, type Dialect } from "../../test/fixtures/routeDialects.ts";
import { askOf, optionsAsked, ROUTE_OPTIONS } from "../model/routeOptions.ts";
import { networkOf } from "../../test/fixtures/network.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import type { Given } from "../../test/fixtures/givens.ts";
import { hostname } from "../../test/fixtures/values.ts";
import { asTexts } from "../audit/values.ts";
import { at } from "../model/unknown.ts";
import { routeObjects } from "../plan/units.ts";
import { readDocuments } from "../yaml/documents.ts";

describe.each(Object.keys(dialects) as readonly Dialect[])("%s", (dialect) => {
  it.each(ROUTE_OPTIONS)("%s", (option) => {
    const [ability, told] = [abilitiesIn(dialect)[option], written[dialect][option]];
    if (typeof told === "string") {
      expect(ability).toMatchObject({ because: expect.stringContaining(told) });
      if (ability !== true) expect([ability.source, ability.instead]).not.toContain("");
      return;
    }
    expect(ability).toBe(true);
    const objects = routeIn(dialect, wishes[option]);
    for (const one of told) expect(objects).toContainEqual(expect.objectContaining(matching(one)));
  });
  it("is read back by what it takes of its host", () => {
    for (const options of [{}, wishes.path, wishes.header, { ...wishes.path, ...wishes.header }, wishes.passthrough]) {
      if (optionsAsked(options).some((option) => abilitiesIn(dialect)[option] !== true)) continue;
      const read = routeIn(dialect, options).flatMap((object) =>
        catalog.components.flatMap(({ gateways }) => gateways?.readRoute(object)?.asks ?? []),
      );
      expect(new Set(read)).toEqual(new Set([askOf(options)]));
    }
  });
});

/** The parts of an object as asymmetric matchers, at any depth. */
function matching(value: unknown): object {
  return Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, part(inner)]));
}

const isMatcher = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "asymmetricMatch" in value;

function part(value: unknown): unknown {
  if (Array.isArray(value)) return expect.arrayContaining(value.map(part));
  if (isMatcher(value)) return value;
  return typeof value === "object" && value !== null ? expect.objectContaining(matching(value)) : value;
}

test("a route without options asks for none, and takes all of its host", () => {
  expect(optionsAsked({})).toEqual([]);
  expect(askOf({})).toBe("/");
  for (const [option, wish] of Object.entries(wishes)) expect(optionsAsked(wish)).toContain(option);
});

test("headers are told apart by their names in any case, and in any order", () => {
  const [a, b] = [
    { name: "X-A", value: "1" },
    { name: "x-b", value: "2" },
  ];
  expect(askOf({ headers: [a, b], path: "/api/" })).toBe(askOf({ headers: [b, { ...a, name: "x-a" }], path: "/api" }));
});

describe("who asks", () => {
  const nodes = { options: { cilium: { loadBalancing: { mode: "snat" } } } };
  it.each(["Envoy Gateway", "ingress-nginx", "Traefik, Ingress"] as const)(
    "is hidden from %s where nodes ask in their stead",
    (dialect) => {
      const because = expect.stringContaining("everybody would be a node of yours");
      expect(abilitiesIn(dialect, planIn(dialect, nodes))["allow-from"]).toMatchObject({ because });
      const following = planIn(dialect, { ...nodes, loadBalancer: "kube-vip" });
      expect(abilitiesIn(dialect, following)["allow-from"]).toBe(true);
    },
  );
  it("is hidden from Traefik behind a tunnel, and told to the others by it", () => {
    const tunnelled = { gateways: { external: { address: "172.16.1.61", public: "cloudflare-tunnel" } } };
    const able = (dialect: Dialect) => abilitiesIn(dialect, planIn(dialect, tunnelled))["allow-from"];
    expect(able("Traefik, Ingress")).toMatchObject({ because: expect.stringContaining("comes from the tunnel") });
    expect([able("Envoy Gateway"), able("ingress-nginx")]).toEqual([true, true]);
  });
  it("is seen through Calico in eBPF alone", () => {
    const able = (dataplane: string) =>
      abilitiesIn("Envoy Gateway", planIn("Envoy Gateway", { cni: "calico", options: { calico: { dataplane } } }))[
        "allow-from"
      ];
    expect([able("ebpf"), able("nftables") === true]).toEqual([true, false]);
  });
});

describe("a service that is asked", () => {
  const [gateway] = routeIn("Envoy Gateway", { forwardAuth: { url: "https://auth.example.com" } }).slice(-1);
  it("outside is asked by https, its certificate looked at", () => {
    expect(gateway).toMatchObject({
      spec: {
        endpoints: [{ fqdn: { hostname: "auth.example.com", port: 443 } }],
        tls: { wellKnownCACertificates: "System", sni: "auth.example.com" },
      },
    });
  });
  it("may be a machine by its address", () => {
    const objects = routeIn("Envoy Gateway", { forwardAuth: { url: "http://172.16.1.9:9091/auth" } });
    expect(objects.at(-1)).toMatchObject({ spec: { endpoints: [{ ip: { address: "172.16.1.9", port: 9091 } }] } });
  });
  it("alone says who somebody is", () => {
    const { tree } = networkOf(planIn("Envoy Gateway"));
    const [, policies] = [...tree].find(([path]) => path.endsWith("envoy-gateway/config/policies.yaml")) ?? [];
    const [clients] = readDocuments(policies?.content ?? "", "policies.yaml");
    const objects = routeIn("Envoy Gateway", wishes["forward-auth"]);
    const told = at(
      objects.find(({ kind }) => kind === "SecurityPolicy"),
      "spec",
      "extAuth",
      "http",
      "headersToBackend",
    );
    const taken = at(clients, "spec", "headers", "earlyRequestHeaders", "remove");
    expect(asTexts(taken).map((header) => header.toLowerCase())).toEqual(told);
  });
});

describe("gRPC", () => {
  it("passes no tunnel, and ingress-nginx only by https", () => {
    const tunnelled = { gateways: { external: { address: "172.16.1.61", public: "cloudflare-tunnel" } } };
    for (const dialect of Object.keys(dialects) as readonly Dialect[])
      expect(abilitiesIn(dialect, planIn(dialect, tunnelled)).grpc).toMatchObject({
        because: expect.stringContaining("carries no gRPC"),
      });
    const plain = (dialect: Dialect) => abilitiesIn(dialect, planIn(dialect, { certificates: {} })).grpc;
    expect(plain("ingress-nginx")).toMatchObject({ because: expect.stringContaining("by https alone") });
    expect(plain("Envoy Gateway")).toBe(true);
  });
  it("is spoken by https where the app does", () => {
    const sealed = { grpc: true, sealed: {} } as const;
    expect(routeIn("ingress-nginx", sealed)).toMatchObject([
      { metadata: { annotations: { "nginx.ingress.kubernetes.io/backend-protocol": "GRPCS" } } },
    ]);
    expect(JSON.stringify(routeIn("Traefik, Ingress", sealed))).toContain(
      '"scheme":"https","serversTransport":"photos"',
    );
  });
  it("has the policies of its kind", () => {
    const policy = routeIn("Envoy Gateway", { ...wishes.grpc, ...wishes["allow-from"] }).at(-1);
    expect(policy).toMatchObject({ spec: { targetRefs: [{ kind: "GRPCRoute" }] } });
  });
});

describe("connections that nobody opens", () => {
  const handing = (more: object = {}) => ({
    gateways: { internal: { address: "172.16.1.61", options: { passthrough: ["photos.ragas.cc"] }, ...more } },
  });
  const textOf = (dialect: Dialect, path: string, more: Given): string =>
    [...networkOf(planIn(dialect, more)).tree].find(([name]) => name.endsWith(path))?.[1].content ?? "";
  it.each([
    ["Envoy Gateway", "envoy-gateway/config/gateways.yaml"],
    ["Cilium Gateway", "cilium-gateway/app/gateways.yaml"],
  ] as const)("have a listener of their name: %s", (dialect, path) => {
    const [gateway] = readDocuments(textOf(dialect, path, handing()), path);
    expect(at(gateway, "spec", "listeners")).toContainEqual(
      expect.objectContaining({
        name: "tls-photos-ragas-cc",
        protocol: "TLS",
        hostname: "photos.ragas.cc",
        tls: { mode: "Passthrough" },
      }),
    );
    expect(textOf(dialect, path, {})).not.toContain("Passthrough");
  });
  it("reach the pods of a gateway that has no certificates", () => {
    const plain = { ...handing(), certificates: {} };
    expect(textOf("Envoy Gateway", "envoy-gateway/config/networkpolicy.yaml", plain)).toContain("10443");
    const values = textOf("ingress-nginx", "ingress-nginx/internal/values.yaml", plain);
    expect(values).toContain('enable-ssl-passthrough: "true"');
    expect(values).not.toContain("enableHttps: false");
    expect(textOf("ingress-nginx", "ingress-nginx/internal/networkpolicy.yaml", plain)).toContain("443");
    expect(textOf("ingress-nginx", "ingress-nginx/internal/values.yaml", {})).not.toContain("passthrough");
  });
  it("have records, which the DNS server of the cluster reads and public DNS does not", () => {
    const published = {
      ...handing(),
      gateways: { ...handing().gateways, external: { address: "172.16.1.62", public: "cloudflare-tunnel" } },
      publish: { cloudflare: {} },
    };
    expect(textOf("Envoy Gateway", "k8s-gateway/app/values.yaml", handing())).toContain("  - DNSEndpoint\n");
    expect(textOf("Envoy Gateway", "k8s-gateway/app/values.yaml", {})).not.toContain("DNSEndpoint");
    expect(textOf("Envoy Gateway", "external-dns-cloudflare/app/values.yaml", published)).toContain(
      "--exclude-target-net=172.16.1.61/32",
    );
  });
  it.each([
    ["Envoy Gateway", handing({ public: "cloudflare-tunnel" }), "opens every connection itself"],
    [
      "Cilium Gateway",
      { ...handing(), publish: { cloudflare: { gateways: ["internal"] } } },
      "external-dns 0.21 reads",
    ],
    ["Traefik, Ingress", { certificates: {} }, "on no port for TLS"],
  ] as const)("are none of %s in another network", (dialect, more, because) => {
    expect(abilitiesIn(dialect, planIn(dialect, more)).passthrough).toMatchObject({
      because: expect.stringContaining(because),
    });
  });
});

it("nobody signs in without certificates", () => {
  const plain = planIn("Envoy Gateway", { certificates: {} });
  expect(abilitiesIn("Envoy Gateway", plain).oidc).toMatchObject({
    because: expect.stringContaining("by https alone"),
  });
});

it("what stands beside a route names it, though another dialect has its name already", () => {
  const gateways = { first: "172.16.1.61", second: { address: "172.16.1.62", provider: "envoy-gateway" } } as const;
  const plan = planIn("Traefik, HTTPRoute", { gateways });
  const route = { ...wishes["allow-from"], name: "photos", namespace: "media", host: hostname("photos.ragas.cc") };
  const objects = routeObjects({ ...route, service: "photos", port: 80, gateways: ["first", "second"] }, plan, catalog);
  const policy = objects.find(({ kind }) => kind === "SecurityPolicy");
  expect(policy).toMatchObject({ spec: { targetRefs: [{ kind: "HTTPRoute", name: "photos-envoy-gateway" }] } });
  expect(objects.map(({ metadata }) => metadata?.["name"])).toContain("photos-envoy-gateway");
});
