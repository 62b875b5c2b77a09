import { reference } from "../fixtures/reference.ts";
import { describe, expect, it } from "vitest";
import { questionsFor } from "../../generators/create/questions.ts";
import { assembleCatalog } from "../../src/cli/catalog.ts";
import { explain } from "../../src/cli/commands/explain.ts";
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
const text = `${reference.replace("provider: k8s-gateway", "provider: rainbow-dns, colour: blue")}
lights:
  lamps:
    hall: { provider: lava, address: 172.16.1.68, colour: white }
    lava: { address: 172.16.1.69, brightness: 9 }
`;

const { plan } = planSpec(text, "homelab.yaml", catalog, rules);
const { tree, units } = compose(plan, catalog, { specText: text, version: "0.0.0" });
const pathIn = (value: unknown, path: readonly string[]): unknown =>
  path.reduce((at, key) => (at as Record<string, unknown>)[key], value);
const fileAt = (path: string): string => tree.get(repoPath(path))?.content ?? "";

describe("a component added by one catalog file, a template folder and a pin", () => {
  it("is unknown without it", () => {
    expect(loadSpec(text, "homelab.yaml", plainCatalog).findings.map(({ paths }) => paths[0])).toEqual([
      "dns.split.provider",
      "lights",
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
    const choices = question?.choices?.(
      { draft: {}, answers: new Map() },
      { catalog, refused: () => undefined, plan: () => undefined },
    );
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

describe("a component that is used twice, under two names", () => {
  const named = (name: string) => plan.chosen.find((chosen) => chosen.name === name);

  it("is in the plan with what is said of each, by its name or by its provider", () => {
    expect(plan.chosen.filter(({ slot }) => slot === "lamps").map(({ component }) => component.id)).toEqual([
      "lava-lamp",
      "lava-lamp",
    ]);
    expect(named("hall")).toMatchObject({
      path: "lights.lamps.hall",
      options: { brightness: 5 },
      shared: { colour: "white" },
    });
    expect(named("lava")).toMatchObject({
      path: "lights.lamps.lava",
      options: { brightness: 9 },
      shared: { colour: "green" },
    });
  });
  it("is in the schema, with its mistakes", () => {
    const broken = text.replace("brightness: 9", "brightness: 10").replace("provider: lava,", "provider: neon,");
    const { findings } = loadSpec(broken, "homelab.yaml", catalog);
    expect(findings.map(({ id, paths }) => [id, paths[0]])).toEqual([
      ["SPEC-VALUE", "lights.lamps.hall.provider"],
      ["SPEC-VALUE", "lights.lamps.lava.brightness"],
    ]);
  });
  it("is in the JSON Schema, under any name and under its own", () => {
    const lamps = pathIn(jsonSchema(catalog), ["properties", "lights", "properties", "lamps"]);
    expect(lamps).toMatchObject({
      properties: { lava: { anyOf: [{ enum: [true, null] }, { properties: { brightness: { default: 5 } } }, {}] } },
      additionalProperties: { anyOf: [{ enum: ["lava"] }, { required: ["provider"] }] },
    });
    expect(JSON.stringify(jsonSchema(plainCatalog))).not.toContain("how bright it is");
  });
  it("is no question, and is among the settings and in the help of explain", () => {
    expect(questionsFor(catalog).map(({ flag }) => flag)).not.toContain("lamps");
    const { settings, commands } = programTable("0.0.0", "", catalog);
    expect(settings.find(({ path }) => path === "lights.lamps.*.provider")?.values).toEqual(["lava"]);
    expect(settings.find(({ path }) => path === "lights.lamps.*.colour")?.values).toEqual(["green", "white"]);
    expect(commands.find(({ name }) => name === "explain")?.argumentChoices).toContain("lights.lamps.*.brightness");
  });
  it("owns an address for each", () => {
    const lampsOf = (claims: typeof plan.addresses.claims) =>
      claims.filter(({ path }) => path.startsWith("lights.")).map(({ ip, owner, path }) => [ip, owner, path]);
    expect(lampsOf(plan.addresses.claims)).toEqual([
      ["172.16.1.68", "lava-lamp-hall", "lights.lamps.hall.address"],
      ["172.16.1.69", "lava-lamp-lava", "lights.lamps.lava.address"],
    ]);
    const alone = planSpec(text.replace(/ {4}lava: .*\n/, ""), "homelab.yaml", catalog, rules).plan;
    expect(lampsOf(alone.addresses.claims)).toEqual([["172.16.1.68", "lava-lamp", "lights.lamps.hall.address"]]);
  });
  it("is installed twice, after the pool, each with its own values", () => {
    const ids = ["lava-lamp/hall", "lava-lamp/lava"];
    expect(units.map(({ id }) => id).filter((id) => id.startsWith("lava-lamp/"))).toEqual(ids);
    for (const id of ids) expect(units.find((unit) => unit.id === id)?.dependsOn).toContain("cilium/config");
    expect(fileAt("kubernetes/apps/lights/lava-lamp/hall/lamp.yaml")).toContain("colour: white");
    expect(fileAt("kubernetes/apps/lights/lava-lamp/lava/lamp.yaml")).toContain('brightness: "9"');
  });
  it("has a section of the docs for each, and rows of the address table", () => {
    const page = fileAt("docs/components.md");
    expect(page).toContain("## Lava Lamp (hall)\n\nIt shines with 5 in white at 172.16.1.68.\n");
    expect(page).toContain("## Lava Lamp (lava)\n\nIt shines with 9 in green at 172.16.1.69.\n");
    expect(fileAt("docs/network.md")).toMatch(/172\.16\.1\.69.*lava-lamp-lava/);
  });
  it("is listed twice, and each of its keys explained", async () => {
    const folder = temporaryFolder("named");
    writeFiles(folder, Object.fromEntries([...tree].map(([path, file]) => [path, file.content])));
    const session = (argument: string) => recordedSession({ cwd: folder, argument, catalog });
    const listed = await list(session("components"));
    expect(listed).toMatch(/lava-lamp \(hall\) +Lava Lamp/);
    expect(listed).toMatch(/lava-lamp \(lava\) +Lava Lamp/);
    expect(await explain(session("lights.lamps.hall.colour"))).toMatch(/value +white\n.*takes +one of green, white/s);
    expect(await explain(session("lights.lamps.hall.brightness"))).toContain("a default: it is for a living room");
    expect(await explain(session("lights.lamps.lava.provider"))).toContain("a default: the entry is called so");
  });
});
