/** The way in through the router: what the cluster says of the address of the house, and to whom. */
import { describe, expect, test } from "vitest";
import { planOf } from "../../test/fixtures/plan.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import { wayNetworks } from "../../test/fixtures/wayGivens.ts";
import { unitFiles } from "../compose/unitFiles.ts";
import { asList, at } from "../model/unknown.ts";
import { unitsOf } from "../plan/units.ts";
import { readDocuments } from "../yaml/documents.ts";

type Name = keyof typeof wayNetworks;

function file(name: Name, id: string, path: string): unknown {
  const plan = planOf(wayNetworks[name]);
  const own = unitsOf(plan, catalog).filter((one) => one.id === id);
  const text = [...unitFiles(own, plan, catalog)].find(([one]) => one.endsWith(`/${path}`));
  return text === undefined ? undefined : readDocuments(text[1].content, path)[0];
}

const needs = (name: Name) =>
  unitsOf(planOf(wayNetworks[name]), catalog)
    .filter(({ id }) => id === "ddns-updater")
    .flatMap(({ secrets = [] }) => secrets);

const envOf = (name: Name): readonly unknown[] =>
  asList(at(file(name, "ddns-updater", "values.yaml"), "controllers", "ddns-updater", "containers", "app", "env"));

const configOf = (name: Name): string =>
  String(
    at(
      envOf(name).find((one) => at(one, "name") === "CONFIG"),
      "value",
    ),
  );

describe("the record of the house", () => {
  test("is kept where the address stays", () => {
    const record = (recordType: string, target: string, isProxied = "false") => ({
      dnsName: "direct.ragas.cc",
      recordType,
      targets: [target],
      providerSpecific: [{ name: "external-dns.alpha.kubernetes.io/cloudflare-proxied", value: isProxied }],
    });
    expect(file("ports forwarded from an address for good", "port-forward", "dnsendpoint.yaml")).toMatchObject({
      spec: { endpoints: [record("A", "203.0.113.7")] },
    });
    expect(
      file("a public address of IPv6 beside one that is forwarded", "port-forward", "dnsendpoint.yaml"),
    ).toMatchObject({ spec: { endpoints: [record("A", "203.0.113.7"), record("AAAA", "fd00:1::62")] } });
  });

  test.each<Name>(["ports forwarded, and all of it at Cloudflare", "the address of the house at Hetzner"])(
    "is left to who follows the address: %s",
    (name) => {
      expect(file(name, "port-forward", "dnsendpoint.yaml")).toBeUndefined();
    },
  );

  test.each<[Name, Record<string, string | number>]>([
    [
      "ports forwarded, and all of it at Cloudflare",
      { provider: "cloudflare", zone_identifier: "023e105f4ecef8ad9ca31a8372d0c353", ttl: 300, token: "$(TOKEN)" },
    ],
    [
      "the address of the house at Route 53",
      {
        provider: "route53",
        zone_id: "Z2FDTNDATAQYW2",
        ttl: 300,
        access_key: "$(ACCESS_KEY)",
        secret_key: "$(SECRET_KEY)",
      },
    ],
    ["the address of the house at DigitalOcean", { provider: "digitalocean", token: "$(TOKEN)" }],
    ["the address of the house at Hetzner", { provider: "hetznercloud", ttl: 300, token: "$(TOKEN)" }],
  ])("is written as the host takes it: %s", (name, settings) => {
    expect(JSON.parse(configOf(name))).toEqual({
      settings: [{ domain: "direct.ragas.cc", ip_version: "ipv4", ...settings }],
    });
  });

  test("is written with a key of Google, which is an object and no text", () => {
    const name = "the address of the house at Google";
    const config = configOf(name).replace("$(CREDENTIALS)", JSON.stringify({ type: "service_account" }));
    expect(JSON.parse(config)).toEqual({
      settings: [
        {
          provider: "gcp",
          project: "ragas-123456",
          zone: "ragas-cc",
          domain: "direct.ragas.cc",
          ip_version: "ipv4",
          credentials: { type: "service_account" },
        },
      ],
    });
  });

  test("is written with secrets that stand before the text they are put into, and each is asked for", () => {
    for (const name of Object.keys(wayNetworks) as Name[]) {
      const variables = envOf(name).map((one) => String(at(one, "name")));
      const used = [...configOf(name).matchAll(/\$\((\w+)\)/g)].map(([, variable]) => String(variable));
      for (const variable of used) expect(variables.indexOf(variable), name).toBeLessThan(variables.indexOf("CONFIG"));
      const asked = needs(name).flatMap(({ keys }) => keys.map(({ key }) => key));
      const read = envOf(name).flatMap((one) => at(one, "valueFrom", "secretKeyRef", "key") ?? []);
      expect(read, name).toEqual(asked);
      expect(used, name).toHaveLength(asked.length);
    }
  });

  test("is changed by a key that may change nothing else", () => {
    const [need] = needs("the address of the house at Route 53");
    expect(need?.keys[0]?.what).toContain("hostedzone/Z2FDTNDATAQYW2 and nothing else");
    expect(needs("the address of the house at DigitalOcean")[0]?.keys[0]?.what).not.toContain("create");
  });
});

test("names that lead to the house are not proxied, and lead to one record", () => {
  const values = file("ports forwarded, and all of it at Cloudflare", "external-dns-cloudflare", "values.yaml");
  expect(asList(at(values, "extraArgs"))).not.toContain("--cloudflare-proxied");
});
