import { describe, expect, it } from "vitest";
import { assembleCatalog } from "../cli/catalog.ts";
import type { Catalog, Component } from "../model/component.ts";
import type { SlotForOne } from "../model/slot.ts";
import { choicesOf } from "./choices.ts";

const real = assembleCatalog();

const standIn = (id: string, slot: string, more: Partial<Component> = {}): Component => ({
  ...(real.components[0] as Component),
  id,
  slot,
  ...more,
});

const slot = (id: string, ...components: readonly string[]): SlotForOne => ({
  id,
  form: "one",
  path: id,
  title: id,
  summary: id,
  shared: {},
  fallbacks: components.map((component) => ({ component, because: "of tests" })) as unknown as SlotForOne["fallbacks"],
});

const catalog: Catalog = {
  ...real,
  slots: [slot("network", "web"), slot("announcer", "spinner", "herald")],
  components: [
    standIn("web", "network", { distributions: ["talos"] }),
    standIn("net", "network"),
    standIn("spinner", "announcer", { partOf: "web" }),
    standIn("herald", "announcer", { distributions: ["talos"] }),
  ],
};

const chosen = (spec: Readonly<Record<string, unknown>>) =>
  [...choicesOf(spec, catalog).components].map(([, component]) => component?.id);

describe("what stands in a slot when the spec says nothing", () => {
  it("is the first that the slot names", () => {
    expect(chosen({ cluster: { distribution: "talos" } })).toEqual(["web", "spinner"]);
    expect(chosen({})).toEqual(["web", "spinner"]);
  });
  it("is no part of what was not chosen", () => {
    expect(chosen({ network: "net", cluster: { distribution: "talos" } })).toEqual(["net", "herald"]);
  });
  it("is the first all the same where nothing works, for a rule to say so", () => {
    const other = {
      ...catalog,
      platforms: catalog.platforms.map((one) => (one.id === "talos" ? { ...one, id: "k" } : one)),
    };
    const spec = { network: "net", cluster: { distribution: "k" } };
    expect([...choicesOf(spec, other).components.values()].map((component) => component?.id)).toEqual([
      "net",
      "spinner",
    ]);
  });
});
