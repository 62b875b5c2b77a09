import { describe, expect, it } from "vitest";
import { parseIp, type Ip } from "../../src/model/address.ts";
import { repoPath } from "../../src/model/names.ts";
import { addressBook } from "../../src/plan/addressBook.ts";
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

describe("a route to a machine", () => {
  const claim = { ip: parseIp("172.16.1.21") as Ip, owner: "nas", role: "host", path: "lan.hosts.nas" } as const;
  const home = { ...plan, addresses: addressBook([claim], 4) };
  const remembered = (to: unknown, more: Readonly<Record<string, unknown>> = {}): GeneratorRecord => ({
    ...record({ app: "lan/nas", host: "nas.ragas.cc", to, service: undefined, port: undefined, ...more }),
    files: new Map([[repoPath("kubernetes/apps/lan/namespace.yaml"), { sha256: "", kept: "managed" }]]),
  });
  const NAS = { kind: "machine", machine: "nas", port: 5000 };

  it("leads to the address its machine has now, and brings its namespace along where it made it", () => {
    const rerendered = rerender(remembered(NAS), { ...today, plan: home });
    if ("because" in rerendered) throw new Error(rerendered.because);
    const files = [...rerendered.tree];
    expect(files.map(([path]) => path)).toContain("kubernetes/apps/lan/namespace.yaml");
    expect(files.map(([, { content }]) => content).join()).toContain("- 172.16.1.21\n");
    expect(files.filter(([, { kept }]) => kept !== "managed")).toEqual([]);
  });
  it("finds the machine by the address that was remembered before", () => {
    const { machine: _, ...to } = { ...NAS, address: "172.16.1.21" };
    expect(text(remembered(to), { ...today, plan: home })).toContain("- 172.16.1.21\n");
  });
  it("follows its gateway to another name", () => {
    const moved = home.gateways.map((gateway) => ({ ...gateway, object: "front" }));
    expect(text(remembered(NAS), { ...today, plan: { ...home, gateways: moved } })).toContain("name: front");
  });
  it.each([
    [{ ...NAS, machine: "gone" }, {}, "homelab.yaml has no machine gone"],
    [NAS, { gateways: ["gone"] }, "homelab.yaml has no gateway gone"],
    [NAS, { app: "default/nas" }, "what it was asked for is not known"],
    [NAS, { host: "../etc" }, "what it was asked for is not known"],
    [{ ...NAS, port: 0 }, {}, "what it was asked for is not known"],
    [{ ...NAS, tls: true }, {}, "what it was asked for is not known"],
    [{ ...NAS, tls: { name: "a b" } }, {}, "what it was asked for is not known"],
    ["nas", {}, "what it was asked for is not known"],
  ])("is left as it is where nobody can tell: %#", (to, more, because) => {
    expect(rerender(remembered(to, more), { ...today, plan: home })).toEqual({ because });
  });
});
