/** What gateways carry, redirect, refuse and believe, in every network that is emitted. */
import { describe, expect, it } from "vitest";
import { emittedNetworks, type Emitted } from "../fixtures/emitted.ts";
import { problems, type Network, type Texts } from "./gatewayGuards.ts";

const textsOf = ({ tree }: Emitted): Texts => new Map([...tree].map(([path, { content }]) => [path, content]));
const networkOf = (emitted: Emitted, texts = textsOf(emitted)): Network => ({
  plan: emitted.plan,
  routes: emitted.units.flatMap(({ routes = [] }) => routes),
  texts,
});

const withGateways = emittedNetworks.filter(({ plan }) => plan.gateways.length > 0);

it.each(withGateways)("is as the page on security says: $name", (network) => {
  expect(problems(networkOf(network))).toEqual([]);
});

it("is looked at for every provider, over https, with a gateway that is reached from the internet", () => {
  const providers = (some: readonly Emitted[]) =>
    [...new Set(some.flatMap(({ plan }) => plan.gateways.map(({ component }) => component)))].sort();
  const all = ["cilium-gateway", "envoy-gateway", "ingress-nginx", "traefik"];
  const overHttps = withGateways.filter((one) =>
    [...textsOf(one).values()].some((text) => /^kind: Certificate$/m.test(text)),
  );
  expect(providers(overHttps)).toEqual(all);
  expect(overHttps.some(({ plan }) => plan.gateways.some((gateway) => gateway.public !== undefined))).toBe(true);
});

type Break = readonly [what: string, component: string, path: RegExp, find: RegExp, replace: string, said: RegExp];

const breaks: readonly Break[] = [
  [
    "a route on one more gateway",
    "envoy-gateway",
    /echo\/app\/httproute/,
    /- name: envoy-internal/,
    "- name: envoy-external",
    /carries echo|does not carry/,
  ],
  ["a plain listener for all", "envoy-gateway", /gateways\.yaml/, /from: Same/, "from: All", /plain listener/],
  ["a plain listener for all", "cilium-gateway", /gateways\.yaml/, /from: Same/, "from: All", /plain listener/],
  ["no redirect", "envoy-gateway", /redirect\.yaml/, /scheme: https/, "scheme: http", /not redirected/],
  ["no redirect", "cilium-gateway", /redirect\.yaml/, /scheme: https/, "scheme: http", /not redirected/],
  ["no redirect", "traefik", /traefik\/app\/values/, /scheme: https/, "scheme: http", /not redirected/],
  [
    "no redirect",
    "ingress-nginx",
    /ingress-nginx\/.*values/,
    /force-ssl-redirect: "true"/,
    'force-ssl-redirect: "false"',
    /does not redirect/,
  ],
  ["a route on every listener", "envoy-gateway", /echo\/app\/httproute/, / +sectionName: .*\n/, "", /every listener/],
  ["no floor", "envoy-gateway", /policies\.yaml/, /minVersion: "1.2"/, 'minVersion: "1.0"', /no floor/],
  ["no floor", "traefik", /tlsoption/, /VersionTLS12/, "VersionTLS10", /no floor/],
  ["no floor", "ingress-nginx", /ingress-nginx\/.*values/, /TLSv1.2 /, "TLSv1 TLSv1.2 ", /no floor/],
  [
    "everybody is believed",
    "envoy-gateway",
    /policies\.yaml/,
    /trustedCIDRs:\n/,
    "trustedCIDRs:\n        - 0.0.0.0/0\n",
    /believes others/,
  ],
  [
    "everybody is believed",
    "traefik",
    /traefik\/app\/values/,
    /trustedIPs:\n/,
    "trustedIPs:\n        - 0.0.0.0/0\n",
    /believes others/,
  ],
  [
    "everybody is believed",
    "ingress-nginx",
    /ingress-nginx\/.*values/,
    /proxy-real-ip-cidr: /,
    "proxy-real-ip-cidr: 0.0.0.0/0,",
    /believes others/,
  ],
  [
    "nodes without a pod",
    "envoy-gateway",
    /gatewayclass/,
    /externalTrafficPolicy: Cluster/,
    "externalTrafficPolicy: Local",
    /Local nodes/,
  ],
];

describe("what is found", () => {
  it.each(breaks)("%s: %s", (_what, component, path, find, replace, said) => {
    const own = withGateways.filter(({ plan }) => plan.gateways.every((gateway) => gateway.component === component));
    const isFound = (network: Emitted): boolean => {
      const texts = [...textsOf(network)].map(([file, text]): [string, string] => [
        file,
        path.test(file) ? text.replace(find, replace) : text,
      ]);
      return problems(networkOf(network, new Map(texts))).some((problem) => said.test(problem));
    };
    expect(own.some(isFound)).toBe(true);
  });
});
