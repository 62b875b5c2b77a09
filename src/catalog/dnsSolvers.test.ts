import { describe, expect, test } from "vitest";
import type { Given } from "../../test/fixtures/given.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { recordNetworks } from "../../test/fixtures/recordGivens.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import { unitFiles } from "../compose/unitFiles.ts";
import { unitsOf } from "../plan/units.ts";
import { readDocuments } from "../yaml/documents.ts";
import { hostAndPort } from "./tsig.ts";

const several: Given = recordNetworks["proven at Hetzner and at Route 53"];
const own: Given = recordNetworks["proven at Google and by a name server of one's own"];

function issuersOf(given: Given): readonly unknown[] {
  const plan = planOf({ ...given, root: "" });
  const files = unitFiles(unitsOf(plan, catalog), plan, catalog);
  const [text] = [...files].flatMap(([path, { content }]) => (path.endsWith("/issuers.yaml") ? [content] : []));
  return readDocuments(text ?? "", "issuers.yaml");
}

const secretsOf = (given: Given) =>
  unitsOf(planOf(given), catalog)
    .filter(({ id }) => id === "cert-manager/letsencrypt")
    .flatMap(({ secrets = [] }) => secrets);

describe("proofs of domains", () => {
  test("are written where the public DNS of each is", () => {
    const ref = (name: string, key: string) => ({ name, key });
    const solvers = [
      {
        selector: { dnsZones: ["ragas.cc"] },
        dns01: {
          webhook: {
            groupName: "acme.hetzner.com",
            solverName: "hetzner",
            config: { tokenSecretKeyRef: ref("cert-manager-hetzner-secret", "token") },
          },
        },
      },
      {
        selector: { dnsZones: ["ragas.net"] },
        dns01: {
          route53: {
            region: "eu-central-1",
            hostedZoneID: "Z2FDTNDATAQYW2",
            accessKeyIDSecretRef: ref("cert-manager-route53-secret", "access-key-id"),
            secretAccessKeySecretRef: ref("cert-manager-route53-secret", "secret-access-key"),
          },
        },
      },
      {
        selector: { dnsZones: ["ragas.org"] },
        dns01: { digitalocean: { tokenSecretRef: ref("cert-manager-digitalocean-secret", "access-token") } },
      },
    ];
    expect(issuersOf(several)).toMatchObject([{ spec: { acme: { solvers } } }, { spec: { acme: { solvers } } }]);
  });

  test("spell an algorithm as cert-manager does, and not as the server", () => {
    expect(issuersOf(own)[0]).toMatchObject({
      spec: {
        acme: {
          solvers: [
            { dns01: { cloudDNS: { project: "ragas-123456" } } },
            {
              dns01: {
                rfc2136: { nameserver: "203.0.113.53:53", tsigKeyName: "homelab", tsigAlgorithm: "HMACSHA512" },
              },
            },
          ],
        },
      },
    });
    expect(hostAndPort("fd00:1::10", 53)).toBe("[fd00:1::10]:53");
  });

  test("need one Secret a host, which says where its values are made", () => {
    expect([several, own].flatMap(secretsOf).map(({ name, keys }) => [name, keys.map(({ key }) => key)])).toEqual([
      ["cert-manager-hetzner-secret", ["token"]],
      ["cert-manager-route53-secret", ["access-key-id", "secret-access-key"]],
      ["cert-manager-digitalocean-secret", ["access-token"]],
      ["cert-manager-google-secret", ["credentials.json"]],
      ["cert-manager-rfc2136-secret", ["tsig-secret"]],
    ]);
    expect(JSON.stringify([several, own].map(secretsOf))).toContain("tsig-keygen -a hmac-sha512 homelab");
  });

  test("take the webhook of Hetzner where Hetzner has a domain, and nowhere else", () => {
    const ids = (given: Given) => unitsOf(planOf(given), catalog).map(({ id }) => id);
    expect(ids(several)).toContain("cert-manager-webhook-hetzner");
    expect(ids(own)).not.toContain("cert-manager-webhook-hetzner");
  });
});
