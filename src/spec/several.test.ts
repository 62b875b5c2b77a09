/** Slots where several components stand: a key for each, or names of the user's. */
import { describe, expect, it, test } from "vitest";
import { z } from "zod";
import { madeUpCatalog } from "../../test/fixtures/catalog.ts";
import { SMALL_SPEC } from "../../test/fixtures/specs.ts";
import type { Component } from "../model/component.ts";
import type { Slot } from "../model/slot.ts";
import { loadSpec } from "./load.ts";
import type { Spec } from "./spec.ts";

function good(more: string, catalog = madeUpCatalog()): Spec {
  const { spec, findings } = loadSpec(`${SMALL_SPEC}${more}\n`, "homelab.yaml", catalog);
  expect(findings).toEqual([]);
  if (spec === undefined) throw new Error("no findings and no spec");
  return spec;
}

const entriesIn = (spec: Spec, slot: string) =>
  spec.entries
    .filter((entry) => entry.slot === slot)
    .map(({ slot: where, component, ...entry }) => ({ ...entry, component: `${where} ${component.id}` }));

const defaultsBelow = (spec: Spec, path: string) =>
  Object.fromEntries([...spec.defaults].filter(([key]) => key.startsWith(`${path}.`)));

describe("a key for each component", () => {
  const INTERNAL = { days: 90, subject: { country: "XX" } };

  test.each([
    ["true", "{ internal-ca: true }"],
    ["true in quotes", '{ internal-ca: "true" }'],
    ["an empty map", "{ internal-ca: {} }"],
    ["nothing behind the key", "{ internal-ca: }"],
    ["a map that says a default", "{ internal-ca: { days: 90 } }"],
    ["the other one off", "{ internal-ca: true, letsencrypt: false }"],
  ])("is there: %s", (_, text) => {
    const spec = good(`certificates: ${text}`);
    expect(entriesIn(spec, "issuers")).toEqual([
      {
        provider: "internal-ca",
        component: "issuers internal-ca",
        shared: { default: "first" },
        options: INTERNAL,
        path: "certificates.internal-ca",
      },
    ]);
  });

  test.each([
    ["no slot", ""],
    ["an empty slot", "certificates: {}"],
    ["nothing behind the slot", "certificates:"],
    ["false", "certificates: { internal-ca: false, letsencrypt: false }"],
    ["false in quotes", 'certificates: { internal-ca: "false" }'],
  ])("is not there: %s", (_, text) => {
    const spec = good(text);
    expect(entriesIn(spec, "issuers")).toEqual([]);
    expect(defaultsBelow(spec, "certificates")).toEqual({
      "certificates.default": { value: "first", because: "one of them has to" },
    });
  });

  it("stands beside the others, in the order of the catalog, with what all share", () => {
    const spec = good(
      "certificates: { default: letsencrypt, internal-ca: { days: 30 }, letsencrypt: { solver: route53 } }",
    );
    const shared = { default: "letsencrypt" };
    expect(entriesIn(spec, "issuers")).toEqual([
      {
        provider: "letsencrypt",
        component: "issuers acme",
        shared,
        options: { solver: "route53", environment: "staging" },
        path: "certificates.letsencrypt",
      },
      {
        provider: "internal-ca",
        component: "issuers internal-ca",
        shared,
        options: { ...INTERNAL, days: 30 },
        path: "certificates.internal-ca",
      },
    ]);
    expect(spec.settings.get("issuers")).toEqual(shared);
    expect(defaultsBelow(spec, "certificates")).toEqual({
      "certificates.letsencrypt.environment": { value: "staging", because: "mistakes cost nothing there" },
      "certificates.internal-ca.subject.country": { value: "XX", because: "it is what most networks need" },
    });
  });
});

describe("names of the user", () => {
  const SHARED = { gateways: [], policy: "upsert-only" };
  const entry = (name: string, shared = {}, options = {}) => ({
    name,
    provider: "cloudflare",
    component: "publish external-dns-cloudflare",
    shared: { ...SHARED, ...shared },
    options: { proxied: false, ...options },
    path: `dns.publish.${name}`,
  });

  test.each([
    ["the name of the provider, nothing else", "{ cloudflare: {} }", entry("cloudflare")],
    ["the same with nothing behind it", "{ cloudflare: }", entry("cloudflare")],
    ["the same with true", "{ cloudflare: true }", entry("cloudflare")],
    ["the same with true in quotes", '{ cloudflare: "true" }', entry("cloudflare")],
    ["the same with the provider", "{ cloudflare: cloudflare }", entry("cloudflare")],
    ["another name, short form", "{ home: cloudflare }", entry("home")],
    ["another name, long form", "{ home: { provider: cloudflare } }", entry("home")],
    ["shared keys", "{ cloudflare: { policy: sync } }", entry("cloudflare", { policy: "sync" })],
    ["a list that is empty", "{ cloudflare: { gateways: } }", entry("cloudflare")],
    ["its own keys", '{ home: { provider: cloudflare, ttl: "60" } }', entry("home", {}, { ttl: 60 })],
    ["the name of another provider", "{ unifi: cloudflare }", entry("unifi")],
    ["a name that is a number", '{ "01": cloudflare }', entry("01")],
    ["a name like a property", "{ constructor: cloudflare }", entry("constructor")],
  ])("are read: %s", (_, text, expected) => {
    const spec = good(`dns: { publish: ${text} }`);
    expect(entriesIn(spec, "publish")).toEqual([expected]);
    expect(spec.settings.get("publish")).toEqual({});
  });

  test.each(["", "dns: {}", "dns: { publish: {} }", "dns:\n  publish:"])("may be none: %j", (text) => {
    const spec = good(text);
    expect(entriesIn(spec, "publish")).toEqual([]);
    expect(spec.settings.get("publish")).toEqual({});
    expect(defaultsBelow(spec, "dns.publish")).toEqual({});
    expect(spec.defaults.has("dns.publish")).toBe(false);
  });

  it("give one component several times, in the order of the file", () => {
    const spec = good(`dns:
  split: none
  publish:
    work: { provider: cloudflare, proxied: true }
    unifi: { host: udm, policy: sync, ttl: 30s }
    cloudflare: { gateways: [external] }`);
    expect(entriesIn(spec, "publish")).toEqual([
      entry("work", {}, { proxied: true }),
      {
        name: "unifi",
        provider: "unifi",
        component: "publish external-dns-unifi",
        shared: { ...SHARED, policy: "sync" },
        options: { host: "udm", ttl: "30s" },
        path: "dns.publish.unifi",
      },
      entry("cloudflare", { gateways: ["external"] }),
    ]);
    expect(entriesIn(spec, "split-dns")).toMatchObject([{ provider: "none", path: "dns.split" }]);
  });

  it("have their defaults with the reasons, and the name for the provider", () => {
    const spec = good("dns: { publish: { cloudflare: { gateways: [internal] }, home: cloudflare } }");
    const policy = { value: "upsert-only", because: "nothing of yours is deleted" };
    const usual = "it is what most networks need";
    expect(defaultsBelow(spec, "dns.publish")).toEqual({
      "dns.publish.cloudflare.provider": { value: "cloudflare", because: "the entry is called so" },
      "dns.publish.cloudflare.policy": policy,
      "dns.publish.cloudflare.proxied": { value: false, because: usual },
      "dns.publish.home.policy": policy,
      "dns.publish.home.gateways": { value: [], because: usual },
      "dns.publish.home.proxied": { value: false, because: usual },
    });
  });
});

describe("slots of every form at any depth", () => {
  const component = (id: string, slot: string): Component => ({
    id,
    slot,
    title: id,
    summary: "for tests",
    options: z.strictObject({ size: z.int().default(1).describe("how large") }),
    units: () => [],
  });
  const place = { title: "a slot", summary: "for tests", shared: {} };
  const slots: readonly Slot[] = [
    {
      ...place,
      id: "deep-one",
      form: "one",
      path: "a.b.c.one",
      fallbacks: [{ component: "one-1", because: "of tests" }],
    },
    { ...place, id: "deep-each", form: "each", path: "a.b.c.each" },
    { ...place, id: "deep-named", form: "named", path: "a.b.named" },
    { ...place, id: "of-cluster", form: "each", path: "cluster.machines.extras" },
    { ...place, id: "on-top", form: "named", path: "top" },
  ];
  const components = slots.flatMap(({ id }) => {
    const name = id === "deep-one" ? "one" : id;
    return [component(`${name}-1`, id), component(`${name}-2`, id)];
  });
  const catalog = madeUpCatalog({ slots, components });

  it("are read side by side", () => {
    const text = `a: { b: { c: { one: one-2, each: { deep-each-1: true } }, named: { x: deep-named-2 } } }
top: { on-top-1: { size: 2 } }`;
    const written = loadSpec(
      `${SMALL_SPEC.replace("  hardware:", "  machines: { extras: { of-cluster-2: {} } }\n  hardware:")}${text}\n`,
      "homelab.yaml",
      catalog,
    );
    expect(written.findings).toEqual([]);
    const ids = slots.map(({ id }) => id);
    expect(
      written.spec?.entries.filter(({ slot }) => ids.includes(slot)).map((entry) => [entry.path, entry.component.id]),
    ).toEqual([
      ["a.b.c.one", "one-2"],
      ["a.b.c.each.deep-each-1", "deep-each-1"],
      ["a.b.named.x", "deep-named-2"],
      ["cluster.machines.extras.of-cluster-2", "of-cluster-2"],
      ["top.on-top-1", "on-top-1"],
    ]);
    expect(written.spec?.cluster.kubernetes).toBe("1.36");
  });

  it("may all be left out", () => {
    expect(
      good("", catalog)
        .entries.filter(({ slot }) => slot.startsWith("deep"))
        .map(({ path }) => path),
    ).toEqual(["a.b.c.one"]);
  });
});
