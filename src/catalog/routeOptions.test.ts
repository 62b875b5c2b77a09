/** What a route may ask for, on gateways of every provider: written, or refused with a reason. */
import { describe, expect, it, test } from "vitest";
import { abilitiesIn, dialects, planIn, routeIn, wishes, type Dialect } from "../../test/fixtures/routeDialects.ts";
import { askOf, optionsAsked, ROUTE_OPTIONS, type RouteOption } from "../model/routeOptions.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";

const NGINX = "nginx.ingress.kubernetes.io";
const rule = (more: object) => ({ spec: { rules: [more] } });
const annotated = (more: object) => ({ metadata: { annotations: more } });
const path = rule({ matches: [{ path: { type: "PathPrefix", value: "/api" } }] });
const header = rule({ matches: [{ headers: [{ name: "X-Env", value: "beta" }] }] });
const inApi = rule({ http: { paths: [{ path: "/api", pathType: "Prefix" }] } });
const sent = rule({
  filters: [
    { type: "RequestHeaderModifier", requestHeaderModifier: { set: [{ name: "X-From", value: "the gateway" }] } },
  ],
});
const limited = rule({ timeouts: { request: "30s" } });
const matched = (match: string) => ({ kind: "IngressRoute", spec: { routes: [{ match }] } });
const headers = {
  kind: "Middleware",
  metadata: { name: "photos-headers", namespace: "media" },
  spec: { headers: { customRequestHeaders: { "X-From": "the gateway" } } },
};

const MIDDLEWARES = "traefik.ingress.kubernetes.io/router.middlewares";
const SOURCES = ["192.168.1.0/24", "fd00::1/128"];
const sources = {
  kind: "Middleware",
  metadata: { name: "photos-sources" },
  spec: { ipAllowList: { sourceRange: SOURCES } },
};
const extended = (name: string) =>
  rule({ filters: [{ type: "ExtensionRef", extensionRef: { group: "traefik.io", kind: "Middleware", name } }] });
const policy = (spec: object, kind = "HTTPRoute") => ({
  kind: "SecurityPolicy",
  metadata: { name: "photos", namespace: "media" },
  spec: { targetRefs: [{ group: "gateway.networking.k8s.io", kind, name: "photos" }], ...spec },
});

/** What is among the objects; words of the reason where there are none. */
const expected: Readonly<Record<Dialect, Readonly<Record<RouteOption, readonly object[] | string>>>> = {
  "Envoy Gateway": {
    path: [path],
    header: [header],
    "set-header": [sent],
    timeout: [limited],
    "allow-from": [
      policy({
        authorization: { defaultAction: "Deny", rules: [{ action: "Allow", principal: { clientCIDRs: SOURCES } }] },
      }),
    ],
  },
  "Cilium Gateway": {
    path: [path],
    header: [header],
    "set-header": [sent],
    timeout: [limited],
    "allow-from": "no word for who may ask",
  },
  "ingress-nginx": {
    path: [inApi],
    header: "only between two apps of one path",
    "set-header": "by snippets, which are off",
    timeout: [annotated({ [`${NGINX}/proxy-read-timeout`]: "30", [`${NGINX}/proxy-send-timeout`]: "30" })],
    "allow-from": [annotated({ [`${NGINX}/allowlist-source-range`]: SOURCES.join(",") })],
  },
  "Traefik, Ingress": {
    path: [inApi],
    header: [matched("Host(`photos.ragas.cc`) && Header(`X-Env`, `beta`)")],
    "set-header": [headers, annotated({ [MIDDLEWARES]: "media-photos-headers@kubernetescrd" })],
    timeout: "none for a route",
    "allow-from": [sources, annotated({ [MIDDLEWARES]: "media-photos-sources@kubernetescrd" })],
  },
  "Traefik, IngressRoute": {
    path: [matched("Host(`photos.ragas.cc`) && (Path(`/api`) || PathPrefix(`/api/`))")],
    header: [matched("Host(`photos.ragas.cc`) && Header(`X-Env`, `beta`)")],
    "set-header": [headers, { spec: { routes: [{ middlewares: [{ name: "photos-headers" }] }] } }],
    timeout: "none for a route",
    "allow-from": [sources, { spec: { routes: [{ middlewares: [{ name: "photos-sources" }] }] } }],
  },
  "Traefik, HTTPRoute": {
    path: [path],
    header: [header],
    "set-header": [sent],
    timeout: "none for a route",
    "allow-from": [sources, extended("photos-sources")],
  },
};

describe.each(Object.keys(dialects) as readonly Dialect[])("%s", (dialect) => {
  it.each(ROUTE_OPTIONS)("%s", (option) => {
    const [ability, told] = [abilitiesIn(dialect)[option], expected[dialect][option]];
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
    for (const options of [{}, wishes.path, wishes.header, { ...wishes.path, ...wishes.header }]) {
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

function part(value: unknown): unknown {
  if (Array.isArray(value)) return expect.arrayContaining(value.map(part));
  return typeof value === "object" && value !== null ? expect.objectContaining(matching(value)) : value;
}

test("a route without options asks for none, and takes all of its host", () => {
  expect(optionsAsked({})).toEqual([]);
  expect(askOf({})).toBe("/");
  for (const [option, wish] of Object.entries(wishes)) expect(optionsAsked(wish)).toEqual([option]);
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
