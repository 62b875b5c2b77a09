import { describe, expect, it } from "vitest";
import { questionsFor } from "../../generators/create/questions.ts";
import { assembleCatalog } from "../../src/cli/catalog.ts";
import { list } from "../../src/cli/commands/list.ts";
import { programTable } from "../../src/cli/table.ts";
import { commandHelp } from "../../src/cli/help.ts";
import { compose } from "../../src/compose/compose.ts";
import { repoPath } from "../../src/model/names.ts";
import { rules } from "../../src/rules/index.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import { jsonSchema } from "../../src/spec/jsonSchema.ts";
import { loadSpec } from "../../src/spec/load.ts";
import { withMadeUp } from "../fixtures/madeUp.ts";
import { recordedSession } from "../support/session.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const plainCatalog = assembleCatalog();
const catalog = withMadeUp(plainCatalog);
const reference = catalog.templates.render("presets/talos-cilium-envoy.yaml", {});
const text = reference.replace("provider: k8s-gateway", "provider: rainbow-dns, colour: blue");

const { plan } = planSpec(text, "homelab.yaml", catalog, rules);
const { tree, units } = compose(plan, catalog, { specText: text, version: "0.0.0" });
const fileAt = (path: string): string => tree.get(repoPath(path))?.content ?? "";

describe("a component added by one catalog file, a template folder and a pin", () => {
  it("is unknown without it", () => {
    expect(loadSpec(text, "homelab.yaml", plainCatalog).findings.map(({ paths }) => paths[0])).toEqual([
      "dns.split.provider",
    ]);
  });
  it("is in the schema, with its mistakes", () => {
    const findings = loadSpec(text.replace("colour: blue", "colour: green"), "homelab.yaml", catalog).findings;
    expect(findings.map(({ id, paths }) => [id, paths])).toEqual([["SPEC-VALUE", ["dns.split.colour"]]]);
  });
  it("is in the JSON Schema", () => {
    expect(JSON.stringify(jsonSchema(catalog))).toContain("colour of the answers");
    expect(JSON.stringify(jsonSchema(plainCatalog))).not.toContain("colour of the answers");
  });
  it("is a choice of its question", () => {
    const question = questionsFor(catalog).find(({ flag }) => flag === "split-dns");
    const choices = question?.choices?.({ draft: {}, answers: new Map() }, { catalog, refused: () => undefined });
    expect(choices?.map(({ value, description }) => [value, description])).toContainEqual([
      "rainbow-dns",
      "answers in the colour you like",
    ]);
  });
  it("is in the help and among the settings", () => {
    const { create, settings } = programTable("0.0.0", "", catalog);
    expect(commandHelp(create)).toMatch(/--split-dns NAME .*rainbow-dns/s);
    expect(settings.find(({ path }) => path === "dns.split.colour")?.values).toEqual(["red", "blue"]);
  });
  it("owns its address", () => {
    expect(plan.addresses.ownersOf(plan.addresses.find("rainbow-dns") as never).map(({ owner }) => owner)).toEqual([
      "rainbow-dns",
    ]);
  });
  it("is installed in order: after the pool it takes from, its objects after its chart", () => {
    expect(units.find(({ id }) => id === "rainbow-dns")?.dependsOn).toContain("cilium/config");
    expect(units.find(({ id }) => id === "rainbow-dns/config")?.dependsOn).toEqual(["rainbow-dns"]);
    expect(fileAt("kubernetes/apps/rainbow/rainbow-dns/ks.yaml")).toContain("name: rainbow-dns-config");
  });
  it("is emitted with its values, objects and policy", () => {
    expect(fileAt("kubernetes/apps/rainbow/rainbow-dns/app/values.yaml")).toBe("colour: blue\n");
    expect(fileAt("kubernetes/apps/rainbow/rainbow-dns/config/rainbow.yaml")).toContain("colour: blue");
    expect(fileAt("kubernetes/apps/rainbow/rainbow-dns/app/networkpolicy.yaml")).toContain("kind: CiliumNetworkPolicy");
    expect(fileAt("kubernetes/apps/rainbow/rainbow-dns/app/ocirepository.yaml")).toContain("1.2.3");
    expect(fileAt("kubernetes/apps/kustomization.yaml")).toContain("./rainbow");
  });
  it("is in the docs and in Renovate's groups", () => {
    expect(fileAt("docs/components.md")).toContain("## Rainbow DNS");
    expect(fileAt("docs/components.md")).toContain("It answers in blue.");
    expect(fileAt(".renovaterc.json5")).toContain("example.com/charts/rainbow-dns");
  });
  it("is listed", async () => {
    const folder = temporaryFolder("made-up");
    writeFiles(folder, Object.fromEntries([...tree].map(([path, file]) => [path, file.content])));
    const listed = await list(recordedSession({ cwd: folder, argument: "components", catalog }));
    expect(listed).toContain("Rainbow DNS");
  });
});
