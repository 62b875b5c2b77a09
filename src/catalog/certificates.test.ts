import { describe, expect, test } from "vitest";
import { networks, type Given } from "../../test/fixtures/givens.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import { unitFiles } from "../compose/unitFiles.ts";
import { unitsOf } from "../plan/units.ts";
import { readDocuments } from "../yaml/documents.ts";

const staging: Given = networks["three control planes kept free, two workers"];
const production: Given = networks["everything the other way"];

function filesOf(given: Given): ReadonlyMap<string, string> {
  const plan = planOf({ ...given, root: "" });
  const files = unitFiles(unitsOf(plan, catalog), plan, catalog);
  return new Map([...files].map(([path, { content }]) => [path.replace("kubernetes/apps/", ""), content]));
}

function objectsIn(given: Given, path: string): readonly unknown[] {
  const text = filesOf(given).get(path);
  if (text === undefined) throw new Error(`${path} is not emitted`);
  return readDocuments(text, path);
}

describe("certificates", () => {
  const path = "network/certificates/app/certificates.yaml";

  test("cover each domain and one label below, under the names of the document", () => {
    expect(objectsIn(staging, path)).toMatchObject([
      {
        kind: "Certificate",
        metadata: { name: "wildcard-ragas-cc" },
        spec: { secretName: "wildcard-ragas-cc-tls", dnsNames: ["*.ragas.cc", "ragas.cc"] },
      },
      { metadata: { name: "wildcard-ragas-net" }, spec: { dnsNames: ["*.ragas.net", "ragas.net"] } },
    ]);
  });

  test("come from the issuer of the environment, and both issuers are there", () => {
    const issuerRef = (name: string) => ({ spec: { issuerRef: { kind: "ClusterIssuer", name } } });
    expect(objectsIn(staging, path)[0]).toMatchObject(issuerRef("letsencrypt-staging"));
    expect(objectsIn(production, path)[0]).toMatchObject(issuerRef("letsencrypt-production"));
    for (const given of [staging, production])
      expect(objectsIn(given, "cert-manager/cert-manager/letsencrypt/issuers.yaml")).toMatchObject([
        { metadata: { name: "letsencrypt-staging" }, spec: { acme: { server: expect.stringContaining("staging") } } },
        { metadata: { name: "letsencrypt-production" } },
      ]);
  });

  test("an account has a mail address only where one was given", () => {
    const issuers = "cert-manager/cert-manager/letsencrypt/issuers.yaml";
    expect(objectsIn(production, issuers)[0]).toMatchObject({ spec: { acme: { email: "me@ragas.cc" } } });
    expect(JSON.stringify(objectsIn(staging, issuers))).not.toContain("email");
  });
});

describe("gateways", () => {
  const path = "network/envoy-gateway/config/gateways.yaml";
  const listeners = (given: Given) =>
    (objectsIn(given, path)[0] as { spec: { listeners: readonly { name: string }[] } }).spec.listeners;

  test("with certificates show all of them on 443, and let only the redirect on 80", () => {
    expect(listeners(staging)).toMatchObject([
      { name: "http", port: 80, allowedRoutes: { namespaces: { from: "Same" } } },
      {
        name: "https",
        port: 443,
        tls: { certificateRefs: [{ name: "wildcard-ragas-cc-tls" }, { name: "wildcard-ragas-net-tls" }] },
      },
    ]);
    expect(objectsIn(staging, "network/envoy-gateway/config/redirect.yaml")).toMatchObject([
      {
        spec: {
          parentRefs: [
            { name: "envoy-internal", sectionName: "http" },
            { name: "envoy-external", sectionName: "http" },
          ],
        },
      },
    ]);
  });

  test("without certificates speak http to every app", () => {
    expect(listeners({})).toMatchObject([{ name: "http", allowedRoutes: { namespaces: { from: "All" } } }]);
    expect([...filesOf({}).keys()].filter((file) => /redirect|certificate|cert-manager/.test(file))).toEqual([]);
  });
});
