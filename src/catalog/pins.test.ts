import { expect, test } from "vitest";
import { networks } from "../../test/fixtures/givens.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import { pins, pinsText } from "../../test/fixtures/pins.ts";
import { unitsIn } from "../../test/fixtures/inUse.ts";
import { CI_PINS } from "../compose/ci.ts";
import { toolsOf } from "../compose/inUse.ts";
import { pinOf } from "../model/pins.ts";
import { literally } from "../model/text.ts";
import { minorOf } from "../model/version.ts";

const all = [...pins.values()];

test.each(all)("$id: the comment Renovate reads says the same as the fields", ({ datasource, depName, version }) => {
  expect(pinsText).toMatch(
    new RegExp(`  # renovate: datasource=${datasource} depName=${depName}\\n  version: "?${literally(version)}"?\\n`),
  );
});

test.each(all)("$id: the source fits the kind", ({ kind, source, chart, version }) => {
  const shapes = {
    chart: chart === undefined ? /^oci:\/\/[^ ]+$/ : /^https:\/\/[^ ]+$/,
    image: /^[a-z0-9.-]+\.[a-z]+\/[^ :]+$/,
    git: /^https:\/\/[^ ]+$/,
    tool: /^[\w-]+\/[\w-]+$/,
    provider: /^[\w-]+\/[\w-]+$/,
    action: /^[\w-]+\/[\w-]+$/,
  };
  expect(source).toMatch(shapes[kind]);
  expect(version).toMatch(kind === "image" ? /^v?\d+(\.\d+)*(-[a-z]+)?$/ : /^v?\d+(\.\d+)*(\+k3s\d+)?$/);
});

test("each pin is used, by a component, by a platform, by the jobs of a Git host or as a tool", () => {
  const used = new Set([
    ...catalog.components.flatMap((component) => component.pins ?? []),
    ...catalog.platforms.flatMap((platform) => [...(platform.pins ?? []), ...(platform.kubernetes ?? [])]),
    ...CI_PINS,
    ...all.filter(({ kind }) => kind === "tool").map(({ id }) => id),
  ]);
  expect(all.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([]);
});

test.each(Object.entries(networks))("%s: a component names every pin of its units", (_name, given) => {
  const plan = planOf(given);
  for (const { component } of plan.chosen) {
    const inUnits = unitsIn(plan, component.id).flatMap(({ release, remote }) =>
      [release?.chart, remote?.pin].filter((id) => id !== undefined),
    );
    expect(component.pins ?? []).toEqual(expect.arrayContaining(inUnits));
  }
});

test.each(catalog.platforms.filter(({ role }) => role === "distribution"))(
  "$id: the newest Kubernetes comes first, one release of a minor version",
  ({ kubernetes = [] }) => {
    const minors = kubernetes.map((id) => Number(minorOf(pinOf(pins, id).version).split(".")[1]));
    expect(minors).toEqual([...new Set(minors)].sort((a, b) => b - a));
    expect(minors.length).toBeGreaterThan(0);
  },
);

test("controller and custom resources of Envoy Gateway are of one release", () => {
  expect(pinOf(pins, "envoy-gateway-crds").version).toBe(`v${pinOf(pins, "envoy-gateway").version}`);
});

test("kubectl and the cluster are of one minor version", () => {
  const minor = (id: string) => pinOf(pins, id).version.split(".").slice(0, 2).join(".");
  expect(minor("kubernetes")).toBe(minor("kubectl"));
});

test("tools that people are to have tell their version", () => {
  const tools = Object.values(networks).flatMap((given) => toolsOf(planOf(given), catalog));
  expect(tools.length).toBeGreaterThan(0);
  expect(tools.filter(({ versionCommand }) => versionCommand === undefined).map(({ id }) => id)).toEqual([]);
});

test("a pin nobody has written is our bug", () => {
  expect(() => pinOf(pins, "cillium")).toThrow("no pin called cillium");
});
