/** Short forms of components that stand side by side, on the way to a key below them. */
import { expect, test } from "vitest";
import { madeUpCatalog } from "../../test/fixtures/catalog.ts";
import { SMALL_SPEC } from "../../test/fixtures/specs.ts";
import { read } from "../yaml/read.ts";
import { setInSpec } from "./setInSpec.ts";

const set = (text: string, path: string, value: unknown) =>
  setInSpec(text, "homelab.yaml", path, value, madeUpCatalog());

test.each([
  ["certificates: { internal-ca: true }", "certificates.internal-ca.days", 30, { days: 30 }],
  ["certificates: { internal-ca: false }", "certificates.internal-ca.days", 30, { days: 30 }],
  ["certificates:\n  internal-ca:", "certificates.internal-ca.days", 30, { days: 30 }],
  ["certificates: { internal-ca: false }", "certificates.internal-ca", true, true],
  ["dns: { publish: { cloudflare: true } }", "dns.publish.cloudflare.ttl", 60, { ttl: 60 }],
  ["dns: { publish:\n  { cloudflare: } }", "dns.publish.cloudflare.ttl", 60, { ttl: 60 }],
  ["dns: { publish: { cloudflare: true } }", "dns.publish.cloudflare", "cloudflare", "cloudflare"],
  [
    "dns: { publish: { home: { provider: unifi, host: udm, ttl: 30s, policy: sync } } }",
    "dns.publish.home.provider",
    "cloudflare",
    { provider: "cloudflare", ttl: "30s", policy: "sync" },
  ],
])("%s with %s=%s", (more, path, value, expected) => {
  const { value: spec } = read(set(`${SMALL_SPEC}${more}\n`, path, value), "homelab.yaml", { aliases: "refuse" });
  const keys = path.replace(/\.(days|ttl|provider)$/, "").split(".");
  expect(keys.reduce((at, key) => (at as Record<string, unknown>)[key], spec)).toEqual(expected);
});
