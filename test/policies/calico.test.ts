import { describe, expect, it } from "vitest";
import { calicoCases } from "./cases/calico.ts";
import { calicoHostCases } from "./cases/calicoHosts.ts";
import { CALICO, untrue, worldOf } from "./cases/case.ts";
import { calicoSelector } from "./calico/selector.ts";

describe("policies of Calico", () => {
  it.each([...calicoCases, ...calicoHostCases])("$name ($source)", ({ objects, says, datapath = CALICO, world }) => {
    expect(untrue(worldOf(datapath, objects, world), says)).toEqual([]);
  });
});

/** Calico documentation, Selectors; projectcalico/calico, libcalico-go/lib/selector/parser. */
describe("selectors of Calico", () => {
  const labels = { app: "web server", "a.b/c": "x", tier: "front" };
  it.each([
    ["", true],
    ["all()", true],
    ["app == 'web server'", true],
    ['app == "web server"', true],
    ["app != 'web'", true],
    ["gone != 'web'", true],
    ["has(a.b/c)", true],
    ["!has(gone)", true],
    ["! ! has(gone)", false],
    ["tier in {'front', 'back'}", true],
    ["tier in {}", false],
    ["tier not in {'front'}", false],
    ["gone not in {'front'}", true],
    ["gone in {'front'}", false],
    ["app contains 'b s'", true],
    ["app starts with 'web'", true],
    ["app ends with 'web'", false],
    ["gone starts with ''", false],
    ["has(gone) || has(app) && has(tier)", true],
    ["(has(gone) || has(app)) && has(nobody)", false],
    ["has(app) || has(gone) && has(nobody)", true],
    ["!(has(gone) && has(app))", true],
  ])("%s: %s", (source, expected) => {
    expect(calicoSelector(source, "a case")(labels)).toBe(expected);
  });

  it.each([
    "app = 'x'",
    "app == x",
    "has (app)",
    "(has(app)",
    "has(app))",
    "app in 'x'",
    "in {'x'}",
    "has(app) &",
    "app",
    "'x' == app",
    "global()",
    "app like 'x'",
    "has(app) has(tier)",
    "app == 'x",
  ])("%s is none", (source) => {
    expect(() => calicoSelector(source, "a case")).toThrow("is no selector");
  });
});
