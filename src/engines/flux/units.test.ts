import { describe, expect, test } from "vitest";
import { networkOf } from "../../../test/fixtures/network.ts";
import { planOf } from "../../../test/fixtures/plan.ts";
import { catalog } from "../../../test/fixtures/realCatalog.ts";
import { appsOf } from "../../compose/apps.ts";
import { pinOf } from "../../model/pins.ts";
import type { Pin } from "../../model/unit.ts";
import { readDocuments } from "../../yaml/documents.ts";
import { flux } from "../flux.ts";

const usual = networkOf(planOf());

describe("a chart of a chart repository", () => {
  const app = appsOf(usual.units).find(({ name }) => name === "cilium");
  if (app === undefined) throw new Error("the network has Cilium");
  const filesWith = (more: Partial<Pin>) => {
    const pins = new Map(catalog.pins).set("cilium", {
      ...pinOf(catalog.pins, "cilium"),
      source: "https://helm.cilium.io",
      ...more,
    });
    const tree = flux.app(app, planOf(), usual.units, usual.tree, { ...catalog, pins });
    return (name: string): unknown => {
      const [, file] = [...tree].find(([path]) => path === `kubernetes/apps/kube-system/cilium/app/${name}`) ?? [];
      return readDocuments(file?.content ?? "", name)[0];
    };
  };

  test("is read through its index", () => {
    const file = filesWith({ chart: "cilium" });
    expect(file("helmrepository.yaml")).toMatchObject({
      kind: "HelmRepository",
      spec: { url: "https://helm.cilium.io" },
    });
    expect(file("helmrelease.yaml")).toMatchObject({
      spec: { chart: { spec: { chart: "cilium", sourceRef: { kind: "HelmRepository", name: "cilium" } } } },
    });
    expect(file("kustomization.yaml")).toMatchObject({
      resources: expect.arrayContaining(["./helmrelease.yaml", "./helmrepository.yaml"]),
    });
  });

  test("without the name of the chart is our bug", () => {
    expect(() => filesWith({})).toThrow("pin cilium names a chart repository and no chart in it");
  });
});
