/**
 * Whole trees of the reference networks, one of them under both engines, as files to read and review. Versions show as the id of their pin, so that
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

const presetText = (name: string): string => catalog.templates.render(`presets/${name}.yaml`, {});

/** The presets, and one of them by the other engine: so that each engine has one with the Gateway API and one without. */
const networks: Readonly<Record<string, string>> = {
  ...Object.fromEntries(presetNames(catalog).map((name) => [name, presetText(name)])),
  "talos-cilium-envoy-argocd": presetText("talos-cilium-envoy").replace(/^gitops: flux$/m, "gitops: argocd"),
};

describe.each(Object.entries(networks))("the tree of %s", (name, specText) => {
  const folder = join(import.meta.dirname, name);
  const tree = treeOf(specText);

  it("is the reviewed one", () => {
    if (process.env["UPDATE_GOLDEN"] === "1") rewrite(folder, tree);
    const reviewed = Object.fromEntries(Object.entries(snapshotTree(folder)).map(([path, { text }]) => [path, text]));
    expect(Object.keys(tree).sort()).toEqual(Object.keys(reviewed).sort());
    for (const [path, text] of Object.entries(tree)) expect(text, path).toBe(reviewed[path]);
  });
});

function treeOf(specText: string): Record<string, string> {
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
