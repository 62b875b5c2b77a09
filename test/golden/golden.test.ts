/**
 * Whole trees of the reference networks, as files to read and review. Versions show as the id of their pin, so that
 * a bump changes nothing here. `npm run golden` writes them anew and says what changed.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { assembleCatalog } from "../../src/cli/catalog.ts";
import { compose } from "../../src/compose/compose.ts";
import type { Catalog } from "../../src/model/component.ts";
import type { Plan } from "../../src/model/plan.ts";
import { rules } from "../../src/rules/index.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import { presetNames } from "../../generators/create/start.ts";
import { snapshotTree } from "../support/workspace.ts";

const real = assembleCatalog();
const catalog = withPinIds(real);

describe.each(presetNames(catalog))("the tree of %s", (preset) => {
  const folder = join(import.meta.dirname, preset);
  const tree = treeOf(preset);

  it("is the reviewed one", () => {
    if (process.env["UPDATE_GOLDEN"] === "1") rewrite(folder, tree);
    const reviewed = Object.fromEntries(Object.entries(snapshotTree(folder)).map(([path, { text }]) => [path, text]));
    expect(Object.keys(tree).sort()).toEqual(Object.keys(reviewed).sort());
    for (const [path, text] of Object.entries(tree)) expect(text, path).toBe(reviewed[path]);
  });
});

function treeOf(preset: string): Record<string, string> {
  const specText = catalog.templates.render(`presets/${preset}.yaml`, {});
  const { plan } = planSpec(specText, "homelab.yaml", real, rules);
  const { tree } = compose(withPinId(plan), catalog, { specText, version: "VERSION" });
  // The schema is long and made by one function with tests of its own; the golden tree is for reading.
  return Object.fromEntries(
    [...tree]
      .filter(([path]) => path !== ".homelab-net/schema.json")
      .map(([path, { content }]) => [shown(path), content]),
  );
}

/** git and editors would take these for their own. */
const shown = (path: string): string => path.replace(/(^|\/)\.(?=[^/]+)/g, "$1dot_");

function withPinIds(original: Catalog): Catalog {
  return { ...original, pins: new Map([...original.pins].map(([id, pin]) => [id, { ...pin, version: `PIN-${id}` }])) };
}

/** Rules are asked about the real versions, the tree shows none. */
const withPinId = ({ cluster, ...plan }: Plan): Plan => ({
  ...plan,
  cluster: {
    ...cluster,
    kubernetes: { ...cluster.kubernetes, pin: catalog.pins.get(cluster.kubernetes.pin?.id ?? "") },
  },
});

function rewrite(folder: string, tree: Readonly<Record<string, string>>): void {
  const before = existing(folder);
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
    if (before[path] !== text) console.log(`${before[path] === undefined ? "added" : "changed"}  ${path}`);
  }
  for (const path of Object.keys(before)) if (tree[path] === undefined) console.log(`removed  ${path}`);
}

function existing(folder: string): Readonly<Record<string, string>> {
  mkdirSync(folder, { recursive: true });
  return Object.fromEntries(
    Object.keys(snapshotTree(folder)).map((path) => [path, readFileSync(join(folder, path), "utf8")]),
  );
}
