/** What is added to the catalog is known everywhere, without a word about it in this room. */
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { madeUpCatalog } from "../../test/fixtures/catalog.ts";
import { SMALL_SPEC } from "../../test/fixtures/specs.ts";
import type { Component, Engine } from "../model/component.ts";
import { repoPath } from "../model/names.ts";
import type { Slot } from "../model/slot.ts";
import type { Platform } from "../model/platform.ts";
import { ipField } from "../fields/fields.ts";
import { jsonSchema } from "./jsonSchema.ts";
import { specKeys } from "./keys.ts";
import { loadSpec } from "./load.ts";
import { newSpec } from "./newSpec.ts";
import { parseSetting } from "./setting.ts";

const slot: Slot = {
  id: "public-dns",
  form: "one",
  path: "dns.public",
  title: "Public DNS",
  summary: "where names are published",
  shared: { ttl: z.int().min(60).default(300).describe("seconds a name is remembered") },
  fallbacks: [{ component: "no-public-dns", because: "nothing is public" }],
};
const component = (id: string, of: string, options: z.ZodObject, provider?: string): Component => ({
  id,
  slot: of,
  title: id,
  summary: "for tests",
  options,
  units: () => [],
  ...(provider === undefined ? {} : { provider }),
});
const components = [
  { ...component("fleet", "gitops", z.strictObject({})), engine: "fleet" },
  component("no-public-dns", "public-dns", z.strictObject({}), "none"),
  component("cloudflare", "public-dns", z.strictObject({ zone: z.string().min(1).describe("zone at the provider") })),
  component(
    "antrea",
    "cni",
    z.strictObject({ tunnel: z.enum(["geneve", "gre"]).default("geneve").describe("how pods reach each other") }),
  ),
];
const engine: Engine = {
  id: "fleet",
  title: "Fleet",
  keep: {},
  namespace: "fleet",
  entry: () => repoPath("made-up.yaml"),
  isOwn: () => false,
  fileOf: () => repoPath("made-up.yaml"),
  watch: "watch",
  renovate: "fleet",
  root: () => new Map(),
  app: () => new Map(),
  register: () => [],
  registerNamespace: () => [],
};
const platform: Platform = {
  id: "kubeadm",
  role: "distribution",
  kubernetes: ["kubernetes"],
  title: "kubeadm",
  summary: "for tests",
  clusterOptions: { endpoint: ipField({ description: "where the API is" }) },
  nodeOptions: { taints: z.array(z.string()).default([]).describe("taints of the node") },
  files: () => new Map(),
  early: () => [],
};
const catalog = madeUpCatalog({ slots: [slot], components, engines: [engine], platforms: [platform] });

const TEXT = SMALL_SPEC.replace("distribution: talos", "distribution: kubeadm\n  endpoint: 192.168.1.49")
  .replace("nodeDefaults: { interface: eno1 }", "nodeDefaults: { taints: [gpu] }")
  .replace("name: home", "name: home\ngitops: fleet")
  .concat(
    "cni: { provider: antrea, tunnel: gre }\ndns: { public: { provider: cloudflare, ttl: 120, zone: example.com } }\n",
  );

describe("a larger catalog", () => {
  it("is read", () => {
    const { spec, findings } = loadSpec(TEXT, "homelab.yaml", catalog);
    expect(findings).toEqual([]);
    expect(spec?.entries[0]?.component.engine).toBe("fleet");
    expect(spec?.cluster.options).toEqual({ endpoint: "192.168.1.49" });
    expect(spec?.nodes[0]?.options).toEqual({ taints: ["gpu"] });
    expect(spec?.entries.find(({ slot: id }) => id === "cni")).toMatchObject({
      component: { id: "antrea" },
      options: { tunnel: "gre" },
    });
    expect(spec?.entries.find(({ slot: id }) => id === "public-dns")).toMatchObject({
      shared: { ttl: 120 },
      options: { zone: "example.com" },
    });
  });

  it("is refused where it is not in the catalog", () => {
    const messages = loadSpec(TEXT, "homelab.yaml", madeUpCatalog()).findings.map(({ message }) => message);
    expect(messages).toContain("unknown provider `fleet` for gitops");
    expect(messages).toContain("unknown provider `antrea` for cni");
    expect(messages).toContain("unknown key `public`");
    expect(messages).toContain("`kubeadm` is not offered for cluster.distribution");
  });

  it("is written, and is in the JSON Schema", () => {
    const { reading } = loadSpec(TEXT, "homelab.yaml", catalog);
    const text = newSpec(reading.value as Record<string, unknown>, catalog);
    expect(loadSpec(text, "homelab.yaml", catalog).findings).toEqual([]);
    expect(text).toContain("  endpoint: 192.168.1.49\n");
    expect(text).toContain("  public: { provider: cloudflare, ttl: 120, zone: example.com }\n");
    const ajv = () => new Ajv2020({ strict: true, allowUnionTypes: true });
    expect(ajv().validate(jsonSchema(catalog), reading.value)).toBe(true);
    expect(ajv().validate(jsonSchema(madeUpCatalog()), reading.value)).toBe(false);
  });

  it("has keys and settings", () => {
    const paths = specKeys(catalog).map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        "cni.tunnel",
        "dns.public.ttl",
        "dns.public.zone",
        "cluster.endpoint",
        "cluster.nodes.*.taints",
        "cluster.nodeDefaults.taints",
      ]),
    );
    expect(parseSetting("dns.public.ttl", "90", catalog)).toEqual({ value: 90 });
    expect(parseSetting("gitops", "fleet", catalog)).toEqual({ value: "fleet" });
  });
});

describe("a catalog that contradicts itself is our mistake", () => {
  const load = (extra: Parameters<typeof madeUpCatalog>[0]) => () =>
    loadSpec(SMALL_SPEC, "homelab.yaml", madeUpCatalog(extra));

  it.each([
    ["a fallback that is not offered", { slots: [slot] }, "slot public-dns falls back to no-public-dns"],
    ["a slot at a key of ours", { slots: [{ ...slot, path: "lan" }], components }, "two keys called lan"],
    [
      "a slot inside another",
      { slots: [{ ...slot, path: "dns.split.public" }], components },
      "dns.split is the place of one slot and holds another",
    ],
    [
      "an option called as a shared key",
      { components: [component("clash", "load-balancer", z.strictObject({ pools: z.string() }), "cilium-2")] },
      "two keys called pools",
    ],
  ])("%s", (_, extra, message) => {
    const text = SMALL_SPEC.replace("  pools:", "  provider: cilium-2\n  pools:");
    expect(
      message === "two keys called pools" ? () => loadSpec(text, "homelab.yaml", madeUpCatalog(extra)) : load(extra),
    ).toThrow(message);
  });
});
