/** Pages that all networks share use the words of the network they are about, and no others. */
import { expect, it } from "vitest";
import { z } from "zod";
import { documents } from "../../src/compose/docs/documents.ts";
import type { Catalog, Component, Engine } from "../../src/model/component.ts";
import type { Hostname } from "../../src/model/names.ts";
import type { Platform } from "../../src/model/platform.ts";
import type { Chosen, Plan } from "../../src/model/plan.ts";
import type { WayIn } from "../../src/model/wayIn.ts";
import { emitted, emittedCatalog } from "../fixtures/emitted.ts";
import { reference } from "../fixtures/reference.ts";

const component = (id: string, title: string): Component => ({
  id,
  title,
  summary: "made up",
  options: z.strictObject({}),
  units: () => [],
});

const moon: WayIn = { keys: {}, target: ({ domains }) => domains[0] as Hostname };

const use = (slot: string, path: string, of: Component): Chosen => ({
  component: of,
  slot,
  path: path as Chosen["path"] & string,
  options: {},
  shared: {},
});

const platform = (id: string, role: Platform["role"], title: string): Platform => ({
  id,
  role,
  title,
  summary: "made up",
  clusterOptions: {},
  nodeOptions: {},
  files: () => new Map(),
  early: () => [],
});

const { plan: known } = emitted(reference.replaceAll("talos-cp", "cp").replaceAll("talos-worker", "worker"));

const plan: Plan = {
  ...known,
  engine: "clockwork",
  cluster: { ...known.cluster, distribution: "plain", hardware: "boxes" },
  chosen: [
    use("split-dns", "dns.split", component("rainbow-dns", "Rainbow DNS")),
    use("load-balancer", "loadBalancer", component("trumpet", "Trumpet")),
    use("public", "public", { ...component("moon-tunnel", "Moon Tunnel"), wayIn: moon }),
  ],
  gateways: known.gateways.map((gateway) => ({ ...gateway, object: "door", public: "moon-tunnel" })),
  addresses: {
    ...known.addresses,
    claims: known.addresses.claims.map((claim) =>
      claim.fromPool ? { ...claim, owner: claim.role === "gateway" ? "door" : "rainbow-dns" } : claim,
    ),
  },
};

const catalog: Catalog = {
  ...emittedCatalog,
  engines: [{ ...(emittedCatalog.engines[0] as Engine), id: "clockwork", title: "Clockwork" }],
  platforms: [platform("plain", "distribution", "Plain Linux"), platform("boxes", "hardware", "Boxes")],
};

const tree = documents(plan, [], catalog, { specText: "", version: "0.0.0" }, new Map());
const text = [...tree.values()].map(({ content }) => content).join("\n");

it("names nothing that is not part of the network", () => {
  const titles = [...emittedCatalog.components, ...emittedCatalog.engines, ...emittedCatalog.platforms].flatMap(
    ({ id, title }) => [id, title],
  );
  // Words that are names of components and words of the language at once.
  const ordinary = new Set(["echo", "Gateway API"]);
  for (const name of titles.filter((word) => !ordinary.has(word)))
    expect(text.toLowerCase()).not.toContain(name.toLowerCase());
  expect(text).not.toMatch(/talos|cilium|envoy|flux|httproute/i);
});

it("calls what is part of it by its title", () => {
  for (const title of ["Rainbow DNS", "Trumpet", "Moon Tunnel", "Clockwork", "Plain Linux"])
    expect(text).toContain(title);
});

it("has a page about certificates only where somebody speaks of them", () => {
  const speaking = {
    ...component("seal", "Seal"),
    docs: { template: "x", fragments: { certificates: "seal" }, view: () => ({}) },
  };
  const templates = {
    ...catalog.templates,
    render: (id: string, view: object) =>
      id === "seal" ? "- Seal seals.\n" : id === "x" ? "x\n" : catalog.templates.render(id, view as never),
  };
  const sealed = { ...plan, chosen: [...plan.chosen, use("certificates", "certificates", speaking)] };
  const pages = (of: Plan): readonly string[] => [
    ...documents(of, [], { ...catalog, templates }, { specText: "", version: "0" }, new Map()).keys(),
  ];
  expect(pages(plan)).not.toContain("docs/certificates.md");
  expect(pages(sealed)).toContain("docs/certificates.md");
});
