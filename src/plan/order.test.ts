import { describe, expect, it } from "vitest";
import type { Unit } from "../model/unit.ts";
import { orderUnits } from "./order.ts";

const unit = (id: string, more: Partial<Unit> = {}): Unit => ({
  id,
  component: id,
  namespace: "default",
  view: {},
  ...more,
});
const chart = (id: string, ...installs: readonly string[]): Unit =>
  unit(id, { release: { name: id, chart: id, values: `${id}/values.yaml`, installs } });
const needs = (...pairs: readonly (readonly [string, readonly string[]])[]) =>
  new Map(pairs.map(([id, kinds]) => [id, new Set(kinds)]));
const ids = (units: readonly { readonly id: string }[]): readonly string[] => units.map(({ id }) => id);

describe("order of installation", () => {
  it("puts objects after the unit that installs their kind, whatever the order they are named in", () => {
    const ordered = orderUnits(
      [unit("route"), chart("crds", "gateway.networking.k8s.io/HTTPRoute")],
      needs(["route", ["gateway.networking.k8s.io/HTTPRoute"]]),
      [],
    );
    expect(ids(ordered)).toEqual(["crds", "route"]);
    expect(ordered[1]?.dependsOn).toEqual(["crds"]);
  });
  it("knows whole groups, and what every API server has", () => {
    const ordered = orderUnits(
      [unit("policy"), chart("cni", "cilium.io/*")],
      needs(["policy", ["cilium.io/CiliumNetworkPolicy", "/Service", "apps/Deployment"]]),
      [],
    );
    expect(ids(ordered)).toEqual(["cni", "policy"]);
  });
  it("keeps the given order where nothing depends", () => {
    expect(ids(orderUnits([unit("c"), unit("a"), unit("b")], new Map(), []))).toEqual(["c", "a", "b"]);
  });
  it("puts early units first and marks them", () => {
    const ordered = orderUnits([unit("app"), unit("cni")], new Map(), ["cni"]);
    expect(ordered.map(({ id, early }) => [id, early])).toEqual([
      ["cni", true],
      ["app", false],
    ]);
  });
  it("leaves out what another dependency implies", () => {
    const ordered = orderUnits(
      [unit("a"), unit("b", { after: ["a"] }), unit("c", { after: ["a", "b"] })],
      new Map(),
      [],
    );
    expect(ordered[2]?.dependsOn).toEqual(["b"]);
  });
  it("passes over what this network does not have", () => {
    expect(orderUnits([unit("a", { after: ["not-chosen"] })], new Map(), [])[0]?.dependsOn).toEqual([]);
  });
  it("refuses a kind nobody installs, and a circle, as mistakes of ours", () => {
    expect(() => orderUnits([unit("a")], needs(["a", ["example.com/Thing"]]), [])).toThrow(
      "carries a example.com/Thing, which no unit installs",
    );
    expect(() => orderUnits([unit("a", { after: ["b"] }), unit("b", { after: ["a"] })], new Map(), [])).toThrow(
      "a → b → a",
    );
  });
});
