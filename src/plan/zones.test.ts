import { expect, test } from "vitest";
import { DUAL_STACK } from "../../test/fixtures/dualStack.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import { reference } from "../../test/fixtures/reference.ts";
import { edit, edited } from "../../test/rules/edits.ts";
import { listenerFor, sealedListeners } from "../catalog/namedListeners.ts";
import { issuedCertificates } from "../catalog/gatewayCertificates.ts";
import { rules } from "../rules/index.ts";
import { planSpec } from "../rules/planSpec.ts";
import type { Hostname } from "../model/names.ts";

const planned = (zones: string, more: Parameters<typeof edited>[1] = []) =>
  planSpec(edited(reference, [...more, edit("dns:\n", `dns:\n  zones: ${zones}\n`)]), "homelab.yaml", catalog, rules)
    .plan;

test("one word stands below the first domain, a name stands as it is", () => {
  const domains = edit("domains: [ragas.cc]", "domains: [ragas.cc, ragas.dev]");
  expect(planned("{ machines: nodes, services: apps.ragas.dev }", [domains]).zones).toEqual({
    machines: "nodes.ragas.cc",
    services: "apps.ragas.dev",
  });
  expect(planned("{}").zones).toEqual({});
});

test("every machine has a name with its addresses of both families, and none that needs an interface", () => {
  const router = edit("    router: 172.16.1.1\n", "    router: [172.16.1.1, fe80::1]\n");
  const { records } = planned("{ machines: nodes }", [...DUAL_STACK, router]);
  const of = (name: string) => records.find((record) => record.name === `${name}.nodes.ragas.cc`)?.ips;
  expect(of("talos-cp-1")).toEqual(["172.16.1.50", "fd00:1::50"]);
  expect(of("nas")).toEqual(["172.16.1.20", "fd00:1::20"]);
  expect(of("router")).toEqual(["172.16.1.1"]);
  expect(records).toHaveLength(12);
});

test("apps have a certificate and a listener of their zone, once where it is a domain too", () => {
  const certificates = edit("dns:\n", "certificates: { letsencrypt: {} }\n\ndns:\n");
  const plan = planned("{ machines: nodes, services: services }", [certificates]);
  expect(issuedCertificates(plan).map(({ domains }) => domains)).toEqual([["ragas.cc"], ["services.ragas.cc"]]);
  expect(sealedListeners(plan).map(({ hostname }) => hostname)).toEqual([
    "*.ragas.cc",
    "ragas.cc",
    "*.services.ragas.cc",
    "services.ragas.cc",
  ]);
  expect(listenerFor("photos.services.ragas.cc" as Hostname, plan)).toBe("https-services-ragas-cc");
  expect(listenerFor("photos.ragas.cc" as Hostname, plan)).toBe("https-ragas-cc");
  const twice = planned("{ services: services }", [
    certificates,
    edit("domains: [ragas.cc]", "domains: [ragas.cc, services.ragas.cc]"),
  ]);
  expect(issuedCertificates(twice)).toHaveLength(2);
});
