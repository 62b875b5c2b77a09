/** The whole way in: names at Cloudflare, the tunnel, the gateway at its end. */
import { describe, expect, test } from "vitest";
import { networks, type Given } from "../../test/fixtures/givens.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import type { Plan } from "../model/plan.ts";
import type { Unit } from "../model/unit.ts";
import { unitFiles } from "../compose/unitFiles.ts";
import { unitsOf } from "../plan/units.ts";
import { readDocuments } from "../yaml/documents.ts";

const staging = networks["three control planes kept free, two workers"] as Given;
const production = networks["everything the other way"] as Given;

const units = (plan: Plan): readonly Unit[] => unitsOf(plan, catalog);
const unit = (given: Given, id: string): Unit | undefined => units(planOf(given)).find((one) => one.id === id);

function file(given: Given, id: string, name: string): unknown {
  const plan = planOf({ ...given, root: "" });
  const own = units(plan).filter((one) => one.id === id);
  const text = [...unitFiles(own, plan, catalog)].find(([path]) => path.endsWith(`/${name}`));
  return text === undefined ? undefined : readDocuments(text[1].content, name)[0];
}

interface TunnelValues {
  readonly configMaps: { readonly config: { readonly data: Readonly<Record<string, string>> } };
  readonly persistence: Readonly<Record<string, unknown>>;
}

function rulesOf(given: Given) {
  const values = file(given, "cloudflared", "values.yaml") as TunnelValues;
  return {
    rules: readDocuments(values.configMaps.config.data["config.yaml"] ?? "", "config.yaml")[0],
    mounts: Object.keys(values.persistence),
  };
}

describe("the tunnel", () => {
  const service = "https://envoy-external.network.svc.cluster.local:443";

  test("hands every name of the domains to the gateway over https, and refuses the rest", () => {
    expect(rulesOf(production)).toEqual({
      rules: {
        originRequest: { originServerName: "external.ragas.cc", http2Origin: true },
        ingress: [
          { hostname: "ragas.cc", service },
          { hostname: "*.ragas.cc", service },
          { service: "http_status:404" },
        ],
      },
      mounts: ["config"],
    });
  });

  test("while certificates are staging ones, is given their roots, and with production no more", () => {
    expect(rulesOf(staging)).toMatchObject({
      rules: { originRequest: { caPool: "/etc/letsencrypt-staging/roots.pem" } },
      mounts: ["config", "staging"],
    });
    expect(file(staging, "cloudflared", "letsencrypt-staging.yaml")).toMatchObject({ kind: "ConfigMap" });
    expect(file(production, "cloudflared", "letsencrypt-staging.yaml")).toBeUndefined();
  });

  test("speaks http to a gateway without certificates", () => {
    const { certificates: _, ...plain } = production;
    expect(rulesOf(plain)).toMatchObject({
      rules: {
        originRequest: {},
        ingress: [{ service: "http://envoy-external.network.svc.cluster.local:80" }, {}, {}],
      },
    });
  });

  test("has its record kept by external-dns once the spec knows its id", () => {
    expect(file(production, "cloudflared", "dnsendpoint.yaml")).toMatchObject({
      kind: "DNSEndpoint",
      spec: {
        endpoints: [
          {
            dnsName: "external.ragas.cc",
            recordType: "CNAME",
            targets: ["6ff42ae2-765d-4adf-8112-31c55c1551ef.cfargotunnel.com"],
            providerSpecific: [{ name: "external-dns.alpha.kubernetes.io/cloudflare-proxied", value: "true" }],
          },
        ],
      },
    });
    expect(file(staging, "cloudflared", "dnsendpoint.yaml")).toBeUndefined();
    expect(unit(staging, "cloudflared")?.secrets?.[0]?.keys[0]?.from).toContain(
      "tunnel route dns ragas external.ragas.cc",
    );
  });

  test("is not there without a gateway that wants it", () => {
    expect(unit({}, "cloudflared")).toBeUndefined();
  });
});

describe("external-dns", () => {
  test("takes its name, its owner and its filter from the entry, and removes nothing unless asked", () => {
    expect(file(staging, "external-dns-cloudflare", "values.yaml")).toMatchObject({
      fullnameOverride: "external-dns-cloudflare",
      policy: "upsert-only",
      registry: "txt",
      txtOwnerId: "ragas-cloudflare",
      txtPrefix: "k8s.%{record_type}.",
      annotationPrefix: "external-dns.alpha.kubernetes.io/",
      domainFilters: ["ragas.cc", "ragas.net"],
      extraArgs: [
        "--gateway-label-filter=publish.homelab-net/cloudflare=true",
        "--cloudflare-proxied",
        "--txt-wildcard-replacement=wildcard",
      ],
    });
    expect(file(production, "external-dns-away", "values.yaml")).toMatchObject({
      fullnameOverride: "external-dns-away",
      policy: "sync",
      txtOwnerId: "cabin",
    });
  });

  test("only gateways it shall publish carry its label", () => {
    const view = unit(production, "envoy-gateway/config")?.view as { gateways: readonly { labels: object }[] };
    expect(view.gateways.map(({ labels }) => labels)).toEqual([{}, { "publish.homelab-net/away": "true" }]);
  });
});

test("what nobody asks is closed, and the gateway open to its ports", () => {
  const policy = (id: string) => file(production, id, "networkpolicy.yaml");
  expect(policy("cloudflared")).toMatchObject({ metadata: { name: "cloudflared" }, spec: { ingress: [{}] } });
  expect(policy("external-dns-away")).toMatchObject({ spec: { ingress: [{}] } });
  expect(policy("envoy-gateway/config")).toMatchObject({
    spec: {
      ingress: [{ fromEntities: ["world", "cluster"], toPorts: [{ ports: [{ port: "10080" }, { port: "10443" }] }] }],
    },
  });
});

test("no value of a secret is anywhere, and each says where it is made", () => {
  const needs = units(planOf(staging)).flatMap(({ id, secrets = [] }) => secrets.map((need) => ({ id, ...need })));
  expect(needs.map(({ id, name, keys }) => [id, name, keys.map(({ key }) => key)])).toEqual([
    ["cert-manager/letsencrypt", "cert-manager-cloudflare-secret", ["api-token"]],
    ["external-dns-cloudflare", "external-dns-cloudflare-secret", ["api-token"]],
    ["cloudflared", "cloudflared-secret", ["TUNNEL_TOKEN"]],
    ["flux-operator/instance", "git-access", ["identity", "known_hosts"]],
    ["flux-operator/webhook", "push-webhook-token", ["token"]],
    ["flux-operator/alerts", "alerts-address", ["address"]],
  ]);
  for (const { keys } of needs) for (const { what, from } of keys) expect(what.length * from.length).toBeGreaterThan(0);
});
