/** Names of routes at every host of public DNS: how external-dns gets there, and how little it may do. */
import { describe, expect, test } from "vitest";
import { planOf } from "../../test/fixtures/plan.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import { wayNetworks } from "../../test/fixtures/wayGivens.ts";
import { unitFiles } from "../compose/unitFiles.ts";
import { DNS_HOSTS } from "../model/publish.ts";
import type { Unit } from "../model/unit.ts";
import { unitsOf } from "../plan/units.ts";
import { readDocuments } from "../yaml/documents.ts";

type Name = keyof typeof wayNetworks;

function publisher(network: Name, name: string): Unit {
  const unit = unitsOf(planOf(wayNetworks[network]), catalog).find(({ id }) => id === `external-dns-${name}`);
  if (unit === undefined) throw new Error(`${network}: nobody is called ${name}`);
  return unit;
}

function values(network: Name, name: string): unknown {
  const files = unitFiles([publisher(network, name)], planOf(wayNetworks[network]), catalog);
  const text = [...files].find(([path]) => path.endsWith("/values.yaml"))?.[1].content ?? "";
  return readDocuments(text, "values.yaml")[0];
}

const variable = (name: string, secret: string, key: string) => ({
  name,
  valueFrom: { secretKeyRef: { name: `external-dns-${secret}-secret`, key } },
});

const WILDCARD = "--txt-wildcard-replacement=wildcard";

describe("external-dns", () => {
  test("speaks to Route 53 with an access key, and finds the zone above a domain", () => {
    expect(values("names at Route 53, of two domains", "route53")).toMatchObject({
      provider: { name: "aws" },
      env: [
        variable("AWS_ACCESS_KEY_ID", "route53", "access-key-id"),
        variable("AWS_SECRET_ACCESS_KEY", "route53", "secret-access-key"),
        { name: "AWS_DEFAULT_REGION", value: "us-east-1" },
      ],
      extraArgs: [
        "--gateway-label-filter=publish.homelab-net/route53=true",
        "--aws-zone-type=public",
        "--aws-zone-match-parent",
        WILDCARD,
      ],
      policy: "sync",
      domainFilters: ["ragas.cc", "ragas.net"],
    });
  });

  test("speaks to Google with the key of a service account, as a file", () => {
    expect(values("names at Google, of Ingresses", "google")).toMatchObject({
      provider: { name: "google" },
      env: [{ name: "GOOGLE_APPLICATION_CREDENTIALS", value: "/etc/google/credentials.json" }],
      extraVolumes: [{ name: "google", secret: { secretName: "external-dns-google-secret" } }],
      extraVolumeMounts: [{ name: "google", mountPath: "/etc/google", readOnly: true }],
      sources: ["crd", "ingress"],
      extraArgs: [
        "--ingress-class=external",
        "--google-project=ragas-123456",
        "--google-zone-visibility=public",
        WILDCARD,
      ],
    });
    expect(publisher("names at Google, of Ingresses", "google").secrets?.[0]?.keys[0]?.key).toBe("credentials.json");
  });

  test("speaks to DigitalOcean through a program that its pod alone reaches", () => {
    expect(values("names at DigitalOcean, and others in the house", "digitalocean")).toMatchObject({
      provider: {
        name: "webhook",
        webhook: {
          env: [variable("DO_TOKEN", "digitalocean", "access-token"), { name: "WEBHOOK_HOST", value: "127.0.0.1" }],
          livenessProbe: null,
          readinessProbe: null,
        },
      },
      extraArgs: [
        "--gateway-label-filter=publish.homelab-net/digitalocean=true",
        "--exclude-target-net=172.16.1.0/24",
        WILDCARD,
      ],
    });
  });

  test("speaks to Hetzner through a program that looks at the zones of a project", () => {
    const own = values("names at Hetzner, of Traefik", "hetzner");
    expect(own).toMatchObject({
      provider: { name: "webhook", webhook: { env: [variable("HETZNER_API_KEY", "hetzner", "token")] } },
      extraArgs: expect.arrayContaining([WILDCARD]),
    });
    expect(JSON.stringify(own)).not.toContain("livenessProbe");
  });

  test("signs changes for a name server that the internet asks, and leads names to the house there too", () => {
    expect(values("names at a name server of one's own, which the internet asks", "rfc2136-public")).toMatchObject({
      provider: { name: "rfc2136" },
      extraArgs: expect.arrayContaining(["--rfc2136-host=203.0.113.53", "--rfc2136-tsig-axfr"]),
      annotationPrefix: "external-dns.alpha.kubernetes.io/",
    });
    expect(values("names at a name server of one's own, which the internet asks", "rfc2136-public")).not.toHaveProperty(
      "managedRecordTypes",
    );
  });

  test.each<[Name, string, string]>([
    ["names at Route 53, of two domains", "route53", "on the hosted zone of ragas.cc and ragas.net route53:Change"],
    [
      "names at DigitalOcean, and others in the house",
      "digitalocean",
      "domain:read, domain:create, domain:update and domain:delete",
    ],
    ["names at Hetzner, of Traefik", "hetzner", "of the Hetzner project that has ragas.cc"],
  ])("asks for a key that may do no more than that: %s", (network, name, what) => {
    expect(publisher(network, name).secrets?.[0]?.keys[0]?.what).toContain(what);
  });
});

test("every host of public DNS has somebody who writes there", () => {
  const hosts = catalog.components.flatMap(({ publishes }) => publishes?.host ?? []);
  expect(hosts.toSorted()).toEqual([...DNS_HOSTS].toSorted());
});
