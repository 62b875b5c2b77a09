import { describe, expect, test } from "vitest";
import { networks, type Given } from "../../test/fixtures/givens.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import { unitFiles } from "../compose/unitFiles.ts";
import { unitsOf } from "../plan/units.ts";
import { readDocuments } from "../yaml/documents.ts";

const yours: Given = networks["an authority of one's own, two domains nobody can look up"];
const both: Given = networks["two authorities, each with a domain"];
const behindTunnel: Given = networks["a tunnel to a gateway with a certificate of one's own"];

const units = (given: Given) => unitsOf(planOf(given), catalog);

function objectsIn(given: Given, unit: string, file: string): readonly unknown[] {
  const plan = planOf({ ...given, root: "" });
  const own = unitsOf(plan, catalog).filter(({ id }) => id === unit);
  const found = [...unitFiles(own, plan, catalog)].find(([path]) => path.endsWith(`/${file}`));
  if (found === undefined) throw new Error(`${unit} has no ${file}`);
  return readDocuments(found[1].content, file);
}

const issuerRef = (name: string, secretName: string) => ({
  spec: { secretName, issuerRef: { group: "cert-manager.io", kind: "ClusterIssuer", name } },
});

describe("each domain has one authority", () => {
  const namesOf = (given: Given) => objectsIn(given, "certificates", "certificates.yaml");

  test("Let's Encrypt those of the internet, one's own the others", () => {
    expect(namesOf(both)).toMatchObject([
      issuerRef("letsencrypt-staging", "wildcard-ragas-cc-tls"),
      issuerRef("internal-ca", "wildcard-ragas-home-arpa-tls"),
    ]);
    expect(units(both).find(({ id }) => id === "certificates")?.after).toEqual([
      "cert-manager/letsencrypt",
      "cert-manager/internal-ca",
    ]);
  });
  test("Let's Encrypt proves no domain that it does not have", () => {
    const issuers = JSON.stringify(objectsIn(both, "cert-manager/letsencrypt", "issuers.yaml"));
    expect(issuers).toContain('"dnsZones":["ragas.cc"]');
    const letsEncrypt = planOf(both).chosen.find(({ component }) => component.id === "letsencrypt");
    const expected = letsEncrypt?.component.expects?.(planOf(both), letsEncrypt.options, letsEncrypt) ?? [];
    expect(expected.map((one) => "domain" in one && one.domain)).toEqual(["ragas.cc", "ragas.cc"]);
  });
  test("one's own all of them where it is alone", () => {
    expect(namesOf(yours)).toMatchObject([
      issuerRef("internal-ca", "wildcard-ragas-home-arpa-tls"),
      issuerRef("internal-ca", "wildcard-lab-internal-tls"),
    ]);
  });
});

test("what an authority of one's own signs is for servers, as Safari asks for", () => {
  const [ofInternet, own] = objectsIn(both, "certificates", "certificates.yaml");
  expect(own).toMatchObject({ spec: { usages: ["digital signature", "server auth"] } });
  expect(ofInternet).not.toHaveProperty("spec.usages");
});

describe("the authority", () => {
  test("is given what it signs with, and no key of a root", () => {
    expect(objectsIn(yours, "cert-manager/internal-ca", "issuer.yaml")).toMatchObject([
      { kind: "ClusterIssuer", spec: { ca: { secretName: "internal-ca" } } },
    ]);
    const [need] = units(yours).find(({ id }) => id === "cert-manager/internal-ca")?.secrets ?? [];
    expect([need?.name, need?.type, need?.keys.map(({ key }) => key)]).toEqual([
      "internal-ca",
      "kubernetes.io/tls",
      ["ca.crt", "tls.crt", "tls.key"],
    ]);
  });
  test("or is made by the cluster, bound to the domains it has", () => {
    const objects = objectsIn(both, "cert-manager/internal-ca", "issuer.yaml");
    expect(objects.map((object) => (object as { kind: string }).kind)).toEqual([
      "Issuer",
      "Certificate",
      "Issuer",
      "Certificate",
      "ClusterIssuer",
    ]);
    expect(objects[3]).toMatchObject({
      spec: { secretName: "internal-ca", nameConstraints: { permitted: { dnsDomains: ["ragas.home.arpa"] } } },
    });
    expect(units(both).find(({ id }) => id === "cert-manager/internal-ca")?.secrets).toBeUndefined();
  });
  test("has names that fit a certificate, however long the network's is", () => {
    const long = { ...both, name: "n".repeat(63) };
    const text = JSON.stringify(objectsIn(long, "cert-manager/internal-ca", "issuer.yaml"));
    for (const [, name = ""] of text.matchAll(/"commonName":"([^"]+)"/g)) expect(name.length).toBeLessThanOrEqual(64);
  });
});

test("the tunnel is given the root of the certificate it meets, without the key", () => {
  const [values] = objectsIn(behindTunnel, "cloudflared", "values.yaml") as readonly {
    configMaps: { config: { data: Record<string, string> } };
    persistence: Record<string, unknown>;
  }[];
  expect(values?.configMaps.config.data["config.yaml"]).toContain("caPool: /etc/internal-ca/ca.crt");
  expect(values?.persistence["authority"]).toMatchObject({
    name: "wildcard-ragas-cc-tls",
    items: [{ key: "ca.crt", path: "ca.crt" }],
    globalMounts: [{ path: "/etc/internal-ca" }],
  });
});
