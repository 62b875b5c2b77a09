/** Names of the house, written into the DNS servers of the house. */
import { describe, expect, test } from "vitest";
import type { Given } from "../../test/fixtures/given.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import { recordNetworks } from "../../test/fixtures/recordGivens.ts";
import { unitFiles } from "../compose/unitFiles.ts";
import { unitsOf } from "../plan/units.ts";
import { readDocuments } from "../yaml/documents.ts";

const unifi: Given = recordNetworks["names written into UniFi and into two AdGuard Homes"];
const ingresses: Given = recordNetworks["names written into Pi-hole and MikroTik, of Ingresses"];
const zone: Given = recordNetworks["names written into a zone of the house, of several sorts of routes"];
const oneOfTwo: Given = recordNetworks["names of one gateway of two, in both families"];

function file(given: Given, id: string, name: string): unknown {
  const plan = planOf({ ...given, root: "" });
  const own = unitsOf(plan, catalog).filter((one) => one.id === id);
  const text = [...unitFiles(own, plan, catalog)].find(([path]) => path.endsWith(`/${name}`));
  return text === undefined ? undefined : readDocuments(text[1].content, name)[0];
}

const values = (given: Given, name: string) => file(given, `external-dns-${name}`, "values.yaml");

describe("a publisher of the house", () => {
  test("writes addresses alone, of its gateways alone, and reads no target that is for the internet", () => {
    expect(values(unifi, "unifi")).toMatchObject({
      provider: { name: "webhook", webhook: { env: [{ name: "UNIFI_HOST", value: "https://172.16.1.1" }, {}] } },
      sources: ["crd", "gateway-httproute", "gateway-grpcroute"],
      extraArgs: ["--gateway-label-filter=publish.homelab-net/unifi=true", "--txt-wildcard-replacement=wildcard"],
      managedRecordTypes: ["A", "AAAA"],
      policy: "upsert-only",
      registry: "txt",
      txtOwnerId: "ragas-unifi",
      annotationPrefix: "lan.homelab-net/",
    });
  });

  test("marks records as its own, and two of one network never alike", () => {
    expect(["cloudflare", "unifi", "adguard", "second"].map((name) => values(unifi, name))).toMatchObject([
      { txtOwnerId: "ragas-cloudflare", txtPrefix: "k8s.%{record_type}." },
      { txtOwnerId: "ragas-unifi" },
      { txtOwnerId: "ragas-adguard", policy: "upsert-only" },
      { txtOwnerId: "ragas-second", policy: "sync" },
    ]);
    expect(values(zone, "rfc2136")).toMatchObject({ txtPrefix: "house.%{record_type}." });
  });

  test("keeps no marks where none can stand", () => {
    expect(values(ingresses, "pihole")).toMatchObject({
      provider: { name: "pihole" },
      registry: "noop",
      policy: "upsert-only",
      sources: ["crd", "ingress"],
      extraArgs: [
        "--ingress-class=internal",
        "--pihole-server=https://172.16.1.12",
        "--pihole-api-version=6",
        "--pihole-tls-skip-verify",
      ],
    });
    expect(values(ingresses, "pihole")).not.toHaveProperty("txtOwnerId");
    expect(JSON.stringify(values(ingresses, "plain"))).not.toContain("tls-skip-verify");
  });

  test("signs what it changes in the zones, spelled as the server has it", () => {
    const net = "--exclude-target-net";
    expect(values(oneOfTwo, "rfc2136")).toMatchObject({
      extraArgs: expect.arrayContaining([
        `${net}=172.16.1.61/32`,
        "--rfc2136-host=172.16.1.10",
        "--rfc2136-port=5353",
        "--rfc2136-zone=ragas.cc",
        "--rfc2136-tsig-keyname=homelab",
        "--rfc2136-tsig-secret-alg=hmac-sha512",
        "--rfc2136-tsig-axfr",
      ]),
    });
    expect(JSON.stringify(values(zone, "rfc2136"))).not.toContain(net);
  });
});

describe("names that no gateway answers", () => {
  test("are written into the house, and never onto the internet", () => {
    expect(file(unifi, "lan-records", "records.yaml")).toMatchObject({
      kind: "DNSEndpoint",
      spec: {
        endpoints: [
          { dnsName: "nas.ragas.cc", recordType: "A", targets: ["172.16.1.20"] },
          { dnsName: "camera.ragas.cc", recordType: "A", targets: ["192.168.30.7"] },
        ],
      },
    });
    expect(values(unifi, "cloudflare")).toMatchObject({
      extraArgs: expect.arrayContaining(["--exclude-target-net=172.16.1.0/24", "--exclude-target-net=192.168.30.7/32"]),
    });
  });

  test("are nobody's object where the cluster answers itself", () => {
    expect(file({ records: { "nas.ragas.cc": "172.16.1.20" } }, "lan-records", "records.yaml")).toBeUndefined();
  });
});

test("a gateway carries the label of everybody who publishes it, and a target for the internet alone", () => {
  const config = unitsOf(planOf(unifi), catalog).find(({ id }) => id === "envoy-gateway/config");
  const { gateways } = (config?.view ?? {}) as { gateways: readonly { labels: object; target: unknown }[] };
  const label = (name: string) => ({ [`publish.homelab-net/${name}`]: "true" });
  expect(gateways.map(({ labels, target }) => ({ labels, target }))).toEqual([
    { labels: { ...label("unifi"), ...label("adguard"), ...label("second") }, target: null },
    {
      labels: { ...label("cloudflare"), ...label("adguard"), ...label("second") },
      target: { "external-dns.alpha.kubernetes.io/target": "external.ragas.cc" },
    },
  ]);
});
