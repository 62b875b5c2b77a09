/** What can be said about every emitted tree, whatever the network: commands exist, files parse, Renovate finds the pins. */
import { describe, expect, it } from "vitest";
import { programTable } from "../../src/cli/table.ts";
import { repoPath } from "../../src/model/names.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { emittedCatalog as catalog, emittedNetworks } from "../fixtures/emitted.ts";

const { create, commands } = programTable("0.0.0", "", catalog);

const ALERTMANAGER =
  /\{\{ (?:range \.Alerts|if eq \.Status \\?"resolved\\?"|end|\.Labels\.alertname|\.Annotations\.summary) \}\}/g;

describe.each(emittedNetworks)("$name", ({ plan, tree, units, prefix }) => {
  it("prints no command that does not exist", () => {
    const known = [...commands, create].map(({ name }) => name);
    for (const [path, { content }] of tree) {
      for (const [, command = ""] of content.matchAll(/(?:^|[`\s])(?:npx create-homelab-net@\S+ )gen ([a-z-]+)/g))
        expect(known, path).toContain(command);
      expect(content, path).not.toMatch(/npx gen\b/);
    }
  });
  it("is YAML wherever it says so, and nothing is left unrendered", () => {
    for (const [path, { content }] of tree) {
      if (/\.ya?ml$/.test(path)) expect(() => readDocuments(content, path)).not.toThrow();
      // Ansible fills in what stands in its files: a role is copied as it is, and site.yaml names one thing.
      const filledIn = `${prefix}ansible/`;
      if (path.startsWith(`${filledIn}roles/`)) continue;
      // mise fills one in, and Argo CD those of its messages.
      const ours = content
        .replaceAll("{{config_root}}", "")
        .replaceAll(path === `${filledIn}site.yaml` ? "{{ inventory_hostname }}" : "{{}}", "")
        // Prometheus fills in what it found.
        .replaceAll(path.endsWith("/prometheusrule.yaml") ? /\{\{ \$labels\.\w+ \}\}/g : "{{ $labels }}", "")
        // Grafana does as well, where lines have names.
        .replaceAll(/\/grafana\/(dashboards|engine)\//.test(path) ? /\{\{\w+\}\}/g : "{{job}}", "")
        // Vector fills in labels, and its chart leaves them to it (test/fates, agents-hand-braces-on).
        .replaceAll(path.endsWith("/vector/app/values.yaml") ? /\{\{ \\"\{\{ [\w.]+ \}\}\\" \}\}/g : "{{ app }}", "")
        // Alertmanager fills in the alarms it tells of.
        .replaceAll(path.endsWith("/kube-prometheus-stack/app/values.yaml") ? ALERTMANAGER : "{{ alarms }}", "")
        .replaceAll(/\{\{ (?:\.app\.|\(printf )[^}]*\}\}/g, "");
      expect(ours, path).not.toMatch(/\{\{|\[object Object\]|undefined/);
      expect(content.endsWith("\n") && !content.endsWith("\n\n"), path).toBe(true);
      expect(content, path).not.toMatch(/[ \t]$/m);
    }
  });
  it("carries every pin where Renovate finds it", () => {
    const source = tree.get(repoPath(plan.root, ".renovaterc.json5"))?.content ?? "";
    const [, pattern = ""] = /matchStrings: \[\s*("(?:[^"\\]|\\.)*")/.exec(source) ?? [];
    const manager = new RegExp(JSON.parse(pattern) as string, "g");
    const [, list = ""] = /customManagers:[^]*?managerFilePatterns: (\[[^]*?\]),\n/.exec(source) ?? [];
    const files = (JSON.parse(list.replace(/,\s*\]/, "]")) as readonly string[]).map(
      (text) => new RegExp(text.slice(1, -1)),
    );
    const known = [...catalog.pins.values()].map(({ depName, version }) => `${depName} ${version}`);
    for (const [path, { content }] of tree) {
      const comments = content.match(/# renovate: datasource=[a-z]/g) ?? [];
      const found = [...content.matchAll(manager)].map(
        ({ groups }) => `${groups?.["depName"]} ${groups?.["currentValue"]}`,
      );
      expect(found, path).toHaveLength(comments.length);
      if (found.length > 0)
        expect(
          files.some((file) => file.test(path)),
          `Renovate looks into ${path}`,
        ).toBe(true);
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
