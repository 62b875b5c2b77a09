/** Needs HOMELAB_NET_TOOLS: every script of the reference networks, read by shellcheck. */
import { describe, expect, it } from "vitest";
import { assembleCatalog } from "../../src/cli/catalog.ts";
import { compose } from "../../src/compose/compose.ts";
import { rules } from "../../src/rules/index.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import { presetNames } from "../../generators/create/start.ts";
import { shellcheck } from "../support/shellcheck.ts";

const catalog = assembleCatalog();

const scripts = presetNames(catalog).flatMap((preset) => {
  const specText = catalog.templates.render(`presets/${preset}.yaml`, {});
  const { plan } = planSpec(specText, "homelab.yaml", catalog, rules);
  const { tree } = compose(plan, catalog, { specText, version: "1.0.0" });
  return [...tree]
    .filter(([path]) => path.endsWith(".sh"))
    .map(([path, { content, executable }]) => ({ preset, path, content, executable }));
});

describe("scripts", () => {
  it("are there", () => expect(scripts).not.toEqual([]));

  it.each(scripts)("$preset: $path", async ({ content, executable }) => {
    expect(await shellcheck(content)).toEqual([]);
    expect(executable).toBe(true);
  });
});
