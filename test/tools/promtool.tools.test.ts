/** Needs HOMELAB_NET_TOOLS: alarms and what is asked, judged by the program that comes with Prometheus. */
import { join } from "node:path";
import { stringify } from "yaml";
import { describe, expect, it } from "vitest";
import { dashboardsIn } from "../../src/model/dashboard.ts";
import { at } from "../../src/model/unknown.ts";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { readManifests } from "../support/manifests.ts";
import { run } from "../support/run.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const rules = emittedNetworks.flatMap(({ name, tree }) =>
  [...tree].flatMap(([path, { content }]) =>
    path.endsWith("/prometheusrule.yaml")
      ? readManifests(content, path).map((object) => ({ name, path, groups: stringify(at(object, "spec")) }))
      : [],
  ),
);

/** Each once: what one asks is the same wherever it is shown, but for how a network tells routers. */
const pictures = [
  ...new Map(
    emittedNetworks.flatMap(({ plan }) =>
      dashboardsIn(plan).map((dashboard) => {
        const expressions = dashboard.rows.flat().flatMap(({ queries }) => queries.map(({ expr }) => expr));
        return [expressions.join("\n"), { file: dashboard.id, expressions }] as const;
      }),
    ),
  ).values(),
];

async function judged(groups: string) {
  const folder = temporaryFolder("promtool");
  writeFiles(folder, { "rules.yaml": groups });
  const { code, stdout, stderr } = await run("promtool", ["check", "rules", join(folder, "rules.yaml")]);
  return { code, said: `${stdout}${stderr}` };
}

describe("promtool", () => {
  it("has rules to judge", () => expect(rules.length).toBeGreaterThan(3));

  it.each(rules)("takes the alarms of $name", async ({ groups }) => {
    const { code, said } = await judged(groups);
    expect(said).toMatch(/SUCCESS: \d+ rules found/);
    expect(code).toBe(0);
  });

  it.each(pictures)("takes what $file asks", async ({ expressions }) => {
    const asked = expressions.map((expr, index) => ({ record: `picture:${index}`, expr }));
    const { code, said } = await judged(stringify({ groups: [{ name: "pictures", rules: asked }] }));
    expect(said).toMatch(`SUCCESS: ${asked.length} rules found`);
    expect(code).toBe(0);
  });

  const [{ groups = "" } = {}] = rules;
  it.each([
    [
      "an expression that ends early",
      "kubelet_volume_stats_available_bytes /",
      "kubelet_volume_stats_available_bytes / /",
    ],
    ["a label that is not closed", "{{ $labels.pod }}", "{{ $labels.pod"],
    ["a time that is none", "for: 15m", "for: 15 minutes"],
    ["a key it does not know", "severity: warning\n", "severity: warning\n      because: it is\n"],
  ])("refuses %s", async (_, find, replace) => {
    const wrong = groups.replace(find, replace);
    expect(wrong).not.toBe(groups);
    expect((await judged(wrong)).code).not.toBe(0);
  });
});
