import { describe, expect, it, test } from "vitest";
import { unitsIn } from "../../test/fixtures/inUse.ts";
import { networkOf } from "../../test/fixtures/network.ts";
import { networks, type Given } from "../../test/fixtures/givens.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { hostname } from "../../test/fixtures/values.ts";
import { misfits } from "../model/windows.ts";
import { planSpec } from "../rules/planSpec.ts";
import { rules } from "../rules/index.ts";
import { edited } from "../../test/rules/edits.ts";
import { reference } from "../../test/fixtures/reference.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import { listenerFor, sealedListeners } from "./namedListeners.ts";

const CILIUM = { ingress: "cilium-gateway" } as const satisfies Given;
const certified = (...domains: readonly string[]) => planOf({ ...CILIUM, domains, certificates: { letsencrypt: {} } });

describe("listeners for https", () => {
  it("are none without certificates, and one for every name with one", () => {
    expect(sealedListeners(planOf(CILIUM))).toEqual([]);
    expect(sealedListeners(certified("ragas.cc"))).toEqual([{ name: "https", secret: "wildcard-ragas-cc-tls" }]);
  });
  it("are two for each of several domains, because a wildcard leaves out its own domain", () => {
    expect(sealedListeners(certified("ragas.cc", "home.arpa")).map(({ name, hostname: host }) => [name, host])).toEqual(
      [
        ["https-ragas-cc", "*.ragas.cc"],
        ["https-ragas-cc-itself", "ragas.cc"],
        ["https-home-arpa", "*.home.arpa"],
        ["https-home-arpa-itself", "home.arpa"],
      ],
    );
  });
  it.each([
    ["echo.ragas.cc", "https-ragas-cc"],
    ["ragas.cc", "https-ragas-cc-itself"],
    ["a.b.ragas.cc", "https-ragas-cc"],
    ["echo.lab.ragas.cc", "https-lab-ragas-cc"],
    ["lab.ragas.cc", "https-lab-ragas-cc-itself"],
    ["notlab.ragas.cc", "https-ragas-cc"],
  ])("%s goes to %s", (host, name) => {
    expect(listenerFor(hostname(host), certified("ragas.cc", "lab.ragas.cc"))).toBe(name);
  });
  it("are the one there is, else http", () => {
    expect(listenerFor(hostname("echo.ragas.cc"), certified("ragas.cc"))).toBe("https");
    expect(listenerFor(hostname("echo.ragas.cc"), planOf(CILIUM))).toBe("http");
  });
});

test("the types come before Cilium, at bootstrap already, and only where Cilium has gateways", () => {
  const early = (given: Given) =>
    networkOf(planOf(given))
      .units.filter((unit) => unit.early)
      .map(({ id }) => id);
  expect(early(CILIUM).slice(0, 2)).toEqual(["gateway-api", "cilium"]);
  expect(early({})).not.toContain("gateway-api");
});

test("a tunnel ends at the Service that Cilium makes of the gateway", () => {
  const [unit] = unitsIn(planOf(networks["gateways of Cilium, two domains"]), "cloudflared");
  expect(JSON.stringify(unit?.view)).toContain("https://cilium-gateway-external.network.svc.cluster.local:443");
});

test("Flux lets messages of the Git host in from what has no pods, and needs no word about pods", () => {
  const policies = (given: Given) =>
    [...networkOf(planOf({ ...given, notifications: { push: {} } })).tree.keys()].filter((path) =>
      path.endsWith("/flux-operator/webhook/networkpolicy.yaml"),
    );
  expect(policies(CILIUM)).toHaveLength(1);
  expect(policies({})).toEqual([]);
});

test("which types Cilium takes is of account only where it has gateways (GW-04, GW-05)", () => {
  const misfitting = (provider: string, cilium: string, types: string) => {
    const spec = edited(reference, [{ find: "provider: envoy-gateway", replace: `provider: ${provider}` }]);
    const { plan } = planSpec(spec, "homelab.yaml", catalog, rules);
    const versions = new Map([
      ["cilium", cilium],
      ["gateway-api", types],
    ]);
    return misfits(versions, plan.pins).map(({ window, side }) => [window.outside, side]);
  };
  expect(misfitting("cilium", "1.19.6", "v1.6.1")).toEqual([["fails", "newer"]]);
  expect(misfitting("cilium", "1.20.0", "v1.4.1")).toEqual([["fails", "older"]]);
  expect(misfitting("cilium", "1.20.0", "v1.7.0")).toEqual([["untested", "newer"]]);
  expect(misfitting("cilium", "1.20.0", "v1.6.1")).toEqual([]);
  expect(misfitting("envoy-gateway", "1.19.6", "v1.6.1")).toEqual([]);
});
