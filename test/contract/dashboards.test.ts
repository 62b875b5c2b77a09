/** Dashboards, and names of numbers wherever they are asked for: nobody finds out that one is not there but who looks at an empty picture. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import { asList, at } from "../../src/model/unknown.ts";
import { emittedNetworks, type Emitted } from "../fixtures/emitted.ts";
import { readManifests } from "../support/manifests.ts";
import { namesIn } from "../support/promql.ts";

const recorded = parse(readFileSync(new URL("../fixtures/metricNames.yaml", import.meta.url), "utf8")) as readonly {
  readonly source: string;
  readonly names: readonly string[];
}[];
/** With `_sum`, `_count` and the like taken off on both sides, so that a name which ends so by itself is found as well. */
const known = new Set(recorded.flatMap(({ names }) => names.flatMap((name) => namesIn(name))));

interface Drawn {
  readonly file: string;
  readonly model: unknown;
}

const dashboardsOf = ({ tree }: Emitted): readonly Drawn[] =>
  [...tree].flatMap(([path, { content }]) =>
    /\/grafana\/(?:dashboards|engine)\/[^/]+\.yaml$/.test(path) && !path.endsWith("/kustomization.yaml")
      ? readManifests(content, path)
          .filter(({ kind }) => kind === "ConfigMap")
          .flatMap((object) =>
            Object.entries(at(object, "data") as Readonly<Record<string, string>>).map(([file, text]) => ({
              file,
              model: JSON.parse(text) as unknown,
            })),
          )
      : [],
  );

const expressionsOf = ({ model }: Drawn): readonly string[] =>
  asList(at(model, "panels")).flatMap((panel) =>
    asList(at(panel, "targets")).map((target) => String(at(target, "expr"))),
  );

const alarmsOf = ({ tree }: Emitted): readonly string[] =>
  [...tree].flatMap(([path, { content }]) =>
    path.endsWith("/prometheusrule.yaml")
      ? readManifests(content, path)
          .flatMap((rule) => asList(at(rule, "spec", "groups")))
          .flatMap((group) => asList(at(group, "rules")))
          .map((rule) => String(at(rule, "expr")))
      : [],
  );

const drawn = emittedNetworks.filter((network) => dashboardsOf(network).length > 0);

describe("names of numbers", () => {
  it.each([
    ['sum by (code) (rate(a_total{x="b_c"}[5m]))', ["a_total"]],
    ["histogram_quantile(0.95, sum by (le, k) (rate(d_seconds_bucket[5m])))", ["d_seconds"]],
    ["time() - a_b > 600 or absent(c_d)", ["a_b", "c_d"]],
  ])("are found in %s", (expr, names) => expect(namesIn(expr)).toEqual(names));

  it("are all looked for somewhere", () => {
    const asked = new Set(
      emittedNetworks.flatMap((network) =>
        [...alarmsOf(network), ...dashboardsOf(network).flatMap(expressionsOf)].flatMap(namesIn),
      ),
    );
    expect([...known].filter((name) => !asked.has(name))).toEqual([]);
  });
});

it("there are networks with pictures, of both engines", () => {
  expect(drawn.length).toBeGreaterThan(4);
  const files = new Set(drawn.flatMap((network) => dashboardsOf(network).map(({ file }) => file)));
  expect([...files]).toEqual(
    expect.arrayContaining(["flux.json", "argo-cd.json", "answers.json", "cert-manager.json"]),
  );
});

it("are drawn only where somebody asks and somebody shows", () => {
  for (const { tree, name } of emittedNetworks) {
    const paths = [...tree.keys()];
    const shown = paths.some((path) => path.includes("/grafana/app/"));
    const asked = paths.some((path) => path.includes("/kube-prometheus-stack/app/"));
    expect(
      paths.some((path) => path.includes("/grafana/dashboards/")),
      name,
    ).toBe(shown && asked);
  }
});

describe.each(emittedNetworks)("$name", (network) => {
  it("asks for numbers by the names their owners list", () => {
    const asked = [...alarmsOf(network), ...dashboardsOf(network).flatMap(expressionsOf)];
    expect(asked.flatMap(namesIn).filter((name) => !known.has(name))).toEqual([]);
  });
});

describe.each(drawn)("$name", (network) => {
  it.each(dashboardsOf(network))("has $file with every picture in a place of its own", ({ file, model }) => {
    const panels = asList(at(model, "panels"));
    expect(`${String(at(model, "uid"))}.json`).toBe(`network-${file}`);
    expect(panels.length).toBeGreaterThan(0);
    expect(new Set(panels.map((panel) => at(panel, "id"))).size).toBe(panels.length);
    const cells = panels.flatMap((panel) => {
      const [x, y, w, h] = ["x", "y", "w", "h"].map((key) => Number(at(panel, "gridPos", key))) as [
        number,
        number,
        number,
        number,
      ];
      expect(x + w).toBeLessThanOrEqual(24);
      return Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)} ${y + Math.floor(cell / w)}`);
    });
    expect(new Set(cells).size).toBe(cells.length);
  });

  it("keeps every dashboard smaller than what an annotation holds", () => {
    for (const { model } of dashboardsOf(network)) expect(JSON.stringify(model).length).toBeLessThan(20_000);
  });
});
