/** docs/networks/<preset>.md: what a document states and where the repository has it, compared with what is emitted. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { presetNames } from "../../generators/create/start.ts";
import { assembleCatalog } from "../../src/cli/catalog.ts";
import { compose } from "../../src/compose/compose.ts";
import { rules } from "../../src/rules/index.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import { checkout } from "../support/paths.ts";

const catalog = assembleCatalog();
const ROW = /^\| (?<statement>[^|]+) \| `(?<path>[^`|]+)` \| `(?<words>[^`|]+)` \|$/gm;

const pageOf = (preset: string): string => join(checkout, `docs/networks/${preset}.md`);

describe.each(presetNames(catalog))("%s", (preset) => {
  it("has a page", () => expect(existsSync(pageOf(preset))).toBe(true));

  const page = existsSync(pageOf(preset)) ? readFileSync(pageOf(preset), "utf8") : "";
  const statements = [...page.matchAll(ROW)].map(({ groups = {} }) => groups);

  it("is told in tables whose rows can all be read", () => {
    const rows = page.split("\n").filter((line) => line.startsWith("|") && !/^\| (---|statement) \|/.test(line));
    expect(rows.filter((row) => row.match(ROW) === null)).toEqual([]);
    expect(statements.length).toBeGreaterThan(10);
  });

  const specText = catalog.templates.render(`presets/${preset}.yaml`, {});
  const { plan } = planSpec(specText, "homelab.yaml", catalog, rules);
  const { tree } = compose(plan, catalog, { specText, version: "1.0.0" });
  const texts = new Map<string, string>([...tree].map(([path, { content }]) => [path, content]));

  it.each(statements)("$statement", ({ path = "", words = "" }) => {
    expect([...texts.keys()]).toContain(path);
    expect(texts.get(path)).toContain(words);
  });
});
