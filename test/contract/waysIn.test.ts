import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it, test } from "vitest";
import { z } from "zod";
import { wayInQuestions } from "../../generators/create/several.ts";
import { catalog as real } from "../fixtures/realCatalog.ts";
import { reference } from "../fixtures/reference.ts";
import { known } from "../fixtures/values.ts";
import { nameOfWay, publicTarget } from "../../src/catalog/publishing.ts";
import type { Catalog, Component } from "../../src/model/component.ts";
import { planNetwork } from "../../src/plan/plan.ts";
import { read } from "../../src/yaml/read.ts";
import { jsonSchema } from "../../src/spec/jsonSchema.ts";
import { loadSpec } from "../../src/spec/load.ts";

/** A way in that nobody else has heard of. */
const ferry: Component<Record<string, never>> = {
  id: "ferry-line",
  provider: "ferry",
  title: "Ferry",
  summary: "carries requests across, slowly",
  options: z.strictObject({}),
  offer: {},
  needed: ({ gateways }) => gateways.some((gateway) => gateway.public === "ferry"),
  wayIn: {
    keys: { pier: z.int().max(9).optional().describe("where it lands") },
    target: (plan) => nameOfWay("harbour", plan),
  },
  units: () => [],
};
const catalog: Catalog = { ...real, components: [...real.components, ferry as unknown as Component] };

const withGateway = (more: string): string =>
  reference.replace(
    "internal: { address: 172.16.1.61, default: true }",
    `$&\n    external: { address: 172.16.1.62${more} }`,
  );
const load = (more: string) => loadSpec(withGateway(more), "homelab.yaml", catalog);

describe("a way in is a component", () => {
  it("stands in `public` with keys of its own, and records lead to its name", () => {
    const { findings, spec } = load(", public: ferry, pier: 4");
    expect(findings).toEqual([]);
    const plan = planNetwork(known(spec, "the spec is read"), catalog);
    const gateways = plan.gateways.map((gateway) => [gateway.name, gateway.options, publicTarget(gateway, plan)]);
    expect(gateways).toEqual([
      ["internal", {}, undefined],
      ["external", { pier: 4 }, "harbour.ragas.cc"],
    ]);
  });
  it("is offered by the question", async () => {
    const [question] = wayInQuestions(catalog);
    expect(question?.check("ferry", { draft: {}, answers: new Map() }, undefined as never)).toBeUndefined();
    expect(question?.check("fery", { draft: {}, answers: new Map() }, undefined as never)).toBe("did you mean ferry?");
  });
});

describe("what goes with another way in is refused where it stands", () => {
  test.each<[string, string, string]>([
    [", pier: 4", "pier", "`pier` goes with `public: ferry`"],
    [", public: cloudflare-tunnel, pier: 4", "pier", "`pier` goes with `public: ferry`"],
    [
      ", public: ferry, tunnel: 6ff42ae2-765d-4adf-8112-31c55c1551ef",
      "tunnel",
      "`tunnel` goes with `public: cloudflare-tunnel`",
    ],
    [", public: bridge", "public", "bridge"],
    [", public: ferry, pier: 12", "pier", "12"],
  ])("%s", (more, key, message) => {
    const { findings } = load(more);
    expect(findings.map(({ paths }) => paths)).toEqual([[`ingress.gateways.external.${key}`]]);
    expect(findings[0]?.message).toContain(message);
  });
});

test("editors know the words and the keys", () => {
  const validate = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    allErrors: true,
    validateFormats: false,
  }).compile(jsonSchema(catalog));
  const isValid = (more: string) => validate(read(withGateway(more), "homelab.yaml", { aliases: "refuse" }).value);
  expect([", public: ferry, pier: 4", ", public: bridge", ", public: ferry, pier: 12"].map(isValid)).toEqual([
    true,
    false,
    false,
  ]);
});
