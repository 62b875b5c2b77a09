/** What can be said about every emitted tree, whatever the network: links lead somewhere, commands exist, files parse. */
import { describe, expect, it } from "vitest";
import { assembleCatalog } from "../../src/cli/catalog.ts";
import { programTable } from "../../src/cli/table.ts";
import { compose } from "../../src/compose/compose.ts";
import { repoPath } from "../../src/model/names.ts";
import { rules } from "../../src/rules/index.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { presetNames } from "../../generators/create/start.ts";
import { reference } from "../fixtures/reference.ts";
import { edited } from "../rules/edits.ts";

const catalog = assembleCatalog();

/** Networks that take the other branch of every template. */
const networks: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    presetNames(catalog).map((preset) => [
      `the preset ${preset}`,
      catalog.templates.render(`presets/${preset}.yaml`, {}),
    ]),
  ),
  "the reference": reference,
  "one machine, no DHCP, no virtual address": edited(reference, [
    { find: "    talos-cp-2: { ip: 172.16.1.51, role: control-plane, proxmox: { host: pve2 } }\n", replace: "" },
    { find: "    talos-cp-3: { ip: 172.16.1.52, role: control-plane, proxmox: { host: pve3 } }\n", replace: "" },
    { find: "    talos-worker-1: { ip: 172.16.1.53, role: worker, proxmox: { host: pve4 } }\n", replace: "" },
    { find: "{ provider: talos-vip, address: 172.16.1.49 }", replace: "none" },
    { find: "  dhcp: 172.16.1.100-172.16.1.199", replace: "  #" },
  ]),
  "two gateways, two pools, VXLAN, a sub-folder": edited(reference, [
    {
      find: "internal: { address: 172.16.1.61, default: true }",
      replace: "internal: { address: 172.16.1.61, default: true }\n    guests: { address: 172.16.1.80 }",
    },
    {
      find: "pools: { lan: 172.16.1.60-172.16.1.69 }",
      replace: "pools: { lan: 172.16.1.60-172.16.1.69, more: 172.16.1.80-172.16.1.81 }",
    },
    { find: "routing: native", replace: "routing: vxlan" },
    { find: "mode: dsr", replace: "mode: snat" },
    { find: "branch: main }", replace: "branch: main, path: clusters/home }" },
    { find: "domains: [ragas.cc]", replace: "domains: [ragas.cc, home.arpa]" },
  ]),
};

const { create, commands } = programTable("0.0.0", "", catalog);

describe.each(Object.entries(networks))("%s", (_name, specText) => {
  const { plan } = planSpec(specText, "homelab.yaml", catalog, rules);
  const { tree, units } = compose(plan, catalog, { specText, version: "0.0.0" });
  const pages = [...tree].filter(([path]) => path.endsWith(".md"));
  const prefix = plan.root === "" ? "" : `${plan.root}/`;

  it("links to pages that are there", () => {
    for (const [path, { content }] of pages) {
      for (const [, target = ""] of content.matchAll(/\]\((?!https?:)([^)#]+)/g)) {
        const folder = path.slice(0, path.lastIndexOf("/") + 1);
        expect([...tree.keys()], `${path} links to ${target}`).toContain(
          new URL(target, `file:///${folder}`).pathname.slice(1),
        );
      }
    }
  });
  it("prints no command that does not exist", () => {
    const known = [...commands, create].map(({ name }) => name);
    for (const [path, { content }] of tree) {
      for (const [, command = ""] of content.matchAll(/(?:^|[`\s])(?:npx create-homelab-net@\S+ )gen ([a-z-]+)/g))
        expect(known, path).toContain(command);
      expect(content, path).not.toMatch(/npx gen\b/);
    }
  });
  it("names no file that is not there", () => {
    for (const [path, { content }] of pages) {
      for (const [, file = ""] of content.matchAll(
        /`((?:kubernetes|talos|bootstrap|docs)\/[\w./-]+\.(?:yaml|sh|md))`/g,
      )) {
        if (file === "talos/secrets.yaml") continue; // made by bootstrap/talos.sh, ignored by git
        expect([...tree.keys()], path).toContain(`${prefix}${file}`);
      }
    }
  });
  it("is YAML wherever it says so, and nothing is left unrendered", () => {
    for (const [path, { content }] of tree) {
      if (/\.ya?ml$/.test(path)) expect(() => readDocuments(content, path)).not.toThrow();
      expect(content.replaceAll("{{config_root}}", ""), path).not.toMatch(/\{\{|\[object Object\]|undefined/);
      expect(content.endsWith("\n") && !content.endsWith("\n\n"), path).toBe(true);
      expect(content, path).not.toMatch(/[ \t]$/m);
    }
  });
  it("carries every pin where Renovate finds it", () => {
    const source = tree.get(repoPath(plan.root, ".renovaterc.json5"))?.content ?? "";
    const [, pattern = ""] = /matchStrings: \[\s*("(?:[^"\\]|\\.)*")/.exec(source) ?? [];
    const manager = new RegExp(JSON.parse(pattern) as string, "g");
    const known = [...catalog.pins.values()].map(({ depName, version }) => `${depName} ${version}`);
    for (const [path, { content }] of tree) {
      const comments = content.match(/# renovate: datasource=[a-z]/g) ?? [];
      const found = [...content.matchAll(manager)].map(
        ({ groups }) => `${groups?.["depName"]} ${groups?.["currentValue"]}`,
      );
      expect(found, path).toHaveLength(comments.length);
      for (const pin of found) expect(known, path).toContain(pin);
    }
  });
  it("lists every step in an order that holds", () => {
    const seen = new Set<string>();
    for (const { id, dependsOn } of units) {
      for (const before of dependsOn) expect(seen, `${id} after ${before}`).toContain(before);
      seen.add(id);
    }
  });
  it("stands below its root", () => {
    expect([...tree.keys()].filter((path) => !path.startsWith(prefix))).toEqual([]);
  });
});
