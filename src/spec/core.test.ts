import { describe, expect, it } from "vitest";
import { madeUpCatalog } from "../../test/fixtures/catalog.ts";
import { SMALL_SPEC } from "../../test/fixtures/specs.ts";
import type { Engine } from "../model/component.ts";
import { loadSpec } from "./load.ts";

const made = madeUpCatalog();
const text = SMALL_SPEC.replace(/^gitops:.*\n/m, "");

const engines = made.engines.map(
  (engine) => Object.fromEntries(Object.entries(engine).filter(([key]) => key !== "proposed")) as unknown as Engine,
);

describe("the engine nobody chose", () => {
  it("is the one that is proposed, for its reason, wherever it stands", () => {
    const [first, ...others] = engines.map((engine, index) =>
      index === 1 ? { ...engine, proposed: "of tests" } : engine,
    );
    const { spec } = loadSpec(text, "homelab.yaml", { ...made, engines: [first as Engine, ...others] });
    expect(spec?.gitops).toBe(engines[1]?.id);
    expect(spec?.defaults.get("gitops")).toEqual({ value: engines[1]?.id, because: "of tests" });
  });
  it("is asked for where none is proposed", () => {
    const { findings } = loadSpec(text, "homelab.yaml", { ...made, engines });
    expect(findings.map(({ id, paths }) => [id, paths])).toEqual([["SPEC-MISSING", ["gitops"]]]);
  });
});
