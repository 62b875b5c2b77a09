import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it, test } from "vitest";
import { z } from "zod";
import { madeUpCatalog } from "../../test/fixtures/catalog.ts";
import { component } from "../../test/fixtures/several.ts";
import { SMALL_SPEC } from "../../test/fixtures/specs.ts";
import { ipField, labelField } from "../fields/fields.ts";
import type { Catalog, Component } from "../model/component.ts";
import { read } from "../yaml/read.ts";
import { jsonSchema } from "./jsonSchema.ts";
import { specKeys } from "./keys.ts";
import { loadSpec } from "./load.ts";
import { newSpec } from "./newSpec.ts";
import { setInSpec } from "./setInSpec.ts";
import { parseSetting } from "./setting.ts";
import { unsetInSpec } from "./unsetInSpec.ts";

const lanterns: Component = {
  ...component({
    id: "lanterns",
    slot: "ingress",
    title: "Lanterns",
    summary: "lights at the door",
    options: z
      .strictObject({
        wick: z.enum(["long", "short"]).default("long").describe("how long it burns"),
        oil: z.int().max(9).default(1).describe("litres of it"),
      })
      .refine(({ wick, oil }) => wick === "long" || oil < 5, { message: "a short wick drowns", path: ["oil"] }),
  }),
  entryOptions: z.strictObject({ colours: z.array(labelField()).optional().describe("colours of one lantern") }),
};

const bells: Component = {
  ...component({
    id: "bell-tower",
    provider: "bells",
    slot: "ingress",
    title: "Bells",
    summary: "heard from afar",
    options: z.strictObject({}),
  }),
  entryOptions: z.strictObject({ tone: z.enum(["c", "d"]).describe("of one bell") }),
};

const made = madeUpCatalog({ components: [lanterns, bells] });
const catalog: Catalog = {
  ...made,
  slots: made.slots.map((slot) =>
    slot.id !== "ingress" || slot.form !== "one"
      ? slot
      : {
          ...slot,
          shared: {},
          entries: {
            key: "gateways",
            name: labelField(),
            keys: {
              address: ipField().optional().describe("its address"),
              default: z.boolean().optional().describe("the usual one"),
            },
            entry: { description: "one gateway", kind: "a map with the address" },
            all: { description: "all of them", kind: "a map of gateways", example: { inner: { default: true } } },
          },
        },
  ),
};

const withIngress = (text: string) => `${SMALL_SPEC.replace(/^ingress:\n(?: .*\n)*/m, "")}ingress: ${text}\n`;
const load = (text: string) => loadSpec(withIngress(text), "homelab.yaml", catalog);
const inUse = (text: string) =>
  load(text)
    .spec?.entries.filter(({ slot }) => slot === "ingress")
    .map(({ component: { id }, options, path, beside }) => ({ id, options, path, beside }));

describe("an entry says who is behind it", () => {
  it("is of who stands in the slot while it says nothing", () => {
    const text =
      "{ provider: lanterns, wick: short, gateways: { a: { colours: [red] }, b: { provider: lanterns }, c: } }";
    expect(load(text).findings).toEqual([]);
    expect(inUse(text)).toEqual([
      { id: "lanterns", options: { wick: "short", oil: 1 }, path: "ingress", beside: undefined },
    ]);
    expect(load(text).spec?.settings.get("ingress")).toEqual({
      gateways: { a: { colours: ["red"] }, b: { provider: "lanterns" }, c: {} },
    });
  });
  it("puts others beside it, with their options in the same place and their keys in the entry", () => {
    const text =
      "{ oil: 7, gateways: { a: { provider: lanterns, colours: [red] }, b: {}, c: { provider: bells, tone: c } } }";
    expect(load(text).findings).toEqual([]);
    expect(inUse(text)).toEqual([
      { id: "envoy-gateway", options: {}, path: "ingress", beside: undefined },
      { id: "lanterns", options: { wick: "long", oil: 7 }, path: "ingress", beside: true },
      { id: "bell-tower", options: {}, path: "ingress", beside: true },
    ]);
  });
  it("leaves out who stands in the slot and has no entry", () => {
    expect(inUse("{ gateways: { a: { provider: lanterns } } }")?.map(({ id }) => id)).toEqual(["lanterns"]);
    expect(inUse("envoy-gateway")?.map(({ id }) => id)).toEqual(["envoy-gateway"]);
  });
});

describe("what is wrong with an entry is said at its key", () => {
  test.each<[string, string, string]>([
    ["{ gateways: { a: { colours: [red] } } }", "ingress.gateways.a.colours", "unknown key `colours`"],
    ["{ gateways: { a: { provider: bells } } }", "ingress.gateways.a.tone", "`ingress.gateways.a.tone` is missing"],
    ["{ gateways: { a: { provider: bels } } }", "ingress.gateways.a.provider", "unknown provider `bels`"],
    ["{ gateways: { a: { provider: lanterns, colour: x } } }", "ingress.gateways.a.colour", "unknown key `colour`"],
    ["{ gateways: { a: lanterns } }", "ingress.gateways.a", "a map with the address stands here"],
    ["{ gateways: { a: { address: lamp } } }", "ingress.gateways.a.address", "`lamp`"],
    ["{ wick: short, gateways: { a: { provider: bells, tone: c } } }", "ingress.wick", "unknown key `wick`"],
    ["{ wick: short, oil: 8, gateways: { a: { provider: lanterns } } }", "ingress.oil", "a short wick drowns"],
    ["{ provider: lamps, gateways: { a: { colours: [] } } }", "ingress.provider", "unknown provider `lamps`"],
  ])("%s", (text, path, message) => {
    const { findings, spec } = load(text);
    expect(spec).toBeUndefined();
    expect(findings.map(({ paths }) => paths)).toEqual([[path]]);
    expect(findings[0]?.message).toContain(message);
  });
  it("says whose key it would be", () => {
    expect(load("{ gateways: { a: { tone: c } } }").findings[0]?.fix).toContain("`tone` belongs to bells");
    expect(load("{ gateways: { a: { provider: bels, tone: c } } }").findings[0]?.fix).toContain("bells");
  });
});

describe("editors know it", () => {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(jsonSchema(catalog));
  const isValid = (text: string) => validate(read(withIngress(text), "homelab.yaml", { aliases: "refuse" }).value);

  test.each([
    ["{ gateways: { a: { provider: lanterns, colours: [red] }, b: {} } }", true],
    ["{ wick: short, gateways: { a: { provider: lanterns } } }", true],
    ["{ provider: lanterns, gateways: { a: { colours: [red] } } }", true],
    ["{ gateways: { a: { colours: [red] } } }", false],
    ["{ gateways: { a: { provider: bells } } }", false],
    ["{ gateways: { a: { provider: bels } } }", false],
    ["{ provider: lanterns, wick: none, gateways: { a: {} } }", false],
  ])("%s: %s", (text, expected) => expect(isValid(text)).toBe(expected));
  it("lists the keys of entries with their owners", () => {
    const keys = specKeys(catalog).filter(({ path }) => path.startsWith("ingress.gateways."));
    expect(keys.map(({ path, only }) => [path, only])).toEqual([
      ["ingress.gateways.*", undefined],
      ["ingress.gateways.*.address", undefined],
      ["ingress.gateways.*.default", undefined],
      ["ingress.gateways.*.provider", undefined],
      ["ingress.gateways.*.colours", ["lanterns"]],
      ["ingress.gateways.*.tone", ["bells"]],
    ]);
    expect(keys.find(({ path }) => path.endsWith(".provider"))?.values).toEqual(["envoy-gateway", "lanterns", "bells"]);
  });
});

describe("gen set", () => {
  const set = (text: string, path: string, value: unknown) =>
    setInSpec(withIngress(text), "homelab.yaml", path, value, catalog)
      .match(/^ingress:[\s\S]*/m)?.[0]
      .trim();

  it.each([
    ["ingress.gateways.a.provider", "bells"],
    ["ingress.gateways.a.colours", "red,blue"],
    ["ingress.oil", "3"],
  ])("takes %s", (path, text) => expect(parseSetting(path, text, catalog)).toHaveProperty("value"));
  it("lays a provider of an entry out beside its other keys", () => {
    expect(set("{ gateways: { a: { address: 192.168.1.61 } } }", "ingress.gateways.a.provider", "lanterns")).toBe(
      "ingress: { gateways: { a: { address: 192.168.1.61, provider: lanterns } } }",
    );
  });
  it("takes out of an entry, and of the slot, what only the old provider knew", () => {
    const before = "{ wick: short, gateways: { a: { provider: lanterns, colours: [red] }, b: {} } }";
    expect(set(before, "ingress.gateways.a.provider", "bells")).toBe(
      "ingress: { gateways: { a: { provider: bells }, b: {} } }",
    );
    expect(set(before, "ingress.gateways.b.provider", "bells")).toContain("wick: short");
  });
  it("turns the usual provider, and keeps what entries said of others", () => {
    const before =
      "{ provider: lanterns, wick: short, gateways: { a: { colours: [red] }, b: { provider: lanterns, colours: [blue] } } }";
    expect(set(before, "ingress.provider", "envoy-gateway")).toBe(
      "ingress: { provider: envoy-gateway, wick: short, gateways: { a: {}, b: { provider: lanterns, colours: [ blue ] } } }".replace(
        "[ blue ]",
        "[blue]",
      ),
    );
  });
  it("takes it out again", () => {
    const text = withIngress("{ gateways: { a: { provider: lanterns } } }");
    expect(unsetInSpec(text, "homelab.yaml", "ingress.gateways.a.provider", catalog)).toContain("a: {}");
  });
});

it("is laid out on a line of its own in a new file", () => {
  const value = load("{ gateways: { a: { provider: lanterns, colours: [red] }, b: { default: true } } }").reading.value;
  expect(newSpec(value as Record<string, unknown>, catalog)).toContain(
    "    a: { provider: lanterns, colours: [red] }\n    b: { default: true }\n",
  );
});
