import { describe, expect, it } from "vitest";
import { repoPath } from "../../src/model/names.ts";
import type { GeneratorRecord } from "../../src/repo/record.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { rerender } from "./rerender.ts";

const FOLDER = "kubernetes/apps/default/echo/app";
const plan = planOf({ gateways: { internal: "172.16.1.61", external: "172.16.1.62" } });
const today = { plan, catalog, version: "1.0.0", specText: "" };

function record(changes: Readonly<Record<string, unknown>> = {}, ...files: readonly string[]): GeneratorRecord {
  const paths = files.length === 0 ? ["httproute-echo2.ragas.cc.yaml"] : files;
  return {
    generator: "add-route",
    instance: "echo2.ragas.cc",
    version: "0.9.0",
    inputs: {
      host: "echo2.ragas.cc",
      app: "default/echo",
      service: "echo",
      port: 8080,
      gateways: ["internal"],
      ...changes,
    },
    files: new Map(paths.map((name) => [repoPath(FOLDER, name), { sha256: "", kept: "managed" }])),
  };
}

function text(...args: Parameters<typeof rerender>): string {
  const rerendered = rerender(...args);
  if ("because" in rerendered) throw new Error(rerendered.because);
  return [...rerendered.tree.values()].map(({ content }) => content).join();
}

describe("a route that was added", () => {
  it("follows its gateway to another name and namespace", () => {
    const moved = plan.gateways.map((gateway) => ({ ...gateway, object: "front", namespace: "gateways" }));
    expect(text(record(), today)).toContain("name: envoy-internal");
    const now = text(record(), { ...today, plan: { ...plan, gateways: moved } });
    expect(now).toContain("name: front");
    expect(now).toContain("namespace: gateways");
    expect(now).toContain("name: echo2-ragas-cc");
  });
  it("is called like its app where it lies in the app's first file", () => {
    expect(text(record({}, "httproute.yaml"), today)).toContain("name: echo\n");
  });
  it("stays on the gateways that are left", () => {
    expect(text(record({ gateways: ["gone", "external"] }), today)).toContain("name: envoy-external");
  });
  it.each([
    [record({ gateways: ["gone"] }), "homelab.yaml has no gateway gone"],
    [record({ host: "../etc" }), "what it was asked for is not known"],
    [record({ app: "echo" }), "what it was asked for is not known"],
    [record({ port: "8080" }), "what it was asked for is not known"],
    [record({}, "a.yaml", "b.yaml"), "it is not one file"],
  ])("is left as it is where nobody can tell: %#", (given, because) => {
    expect(rerender(given, today)).toEqual({ because });
  });
});
