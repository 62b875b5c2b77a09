import { describe, expect, test } from "vitest";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import { reference } from "../../test/fixtures/reference.ts";
import { rules } from "../rules/index.ts";
import { planSpec } from "../rules/planSpec.ts";
import { closable, keptOpenBy } from "./closable.ts";
import type { Plan } from "./plan.ts";

const { plan } = planSpec(reference, "homelab.yaml", catalog, rules);

/** As if of these components nobody had written down what they need. */
const unknown = (...ids: readonly string[]): Plan => ({
  ...plan,
  chosen: plan.chosen.map((chosen) => {
    const { begins: _, ...component } = chosen.component;
    return ids.includes(component.id) ? { ...chosen, component } : chosen;
  }),
});

describe("a namespace stays open", () => {
  test("for the one who would have to open it again", () => {
    expect(keptOpenBy("flux-system", plan)).toBe("Flux runs there, which would have to open it again");
  });

  test("where the needs of one or of several are known to nobody", () => {
    expect(keptOpenBy("network", plan)).toBeUndefined();
    expect(keptOpenBy("network", unknown("k8s-gateway"))).toBe(
      "nobody has written down what k8s-gateway needs, which runs there",
    );
    expect(keptOpenBy("network", unknown("k8s-gateway", "gateway-api", "envoy-gateway"))).toBe(
      "nobody has written down what Gateway API, Envoy Gateway and k8s-gateway need, which run there",
    );
  });
});

test("those that may be closed have titles, and guests are no part of the network", () => {
  expect(closable(plan).get("network")).toEqual([
    "Owners of host names",
    "Gateway API",
    "Envoy Gateway",
    "k8s-gateway",
  ]);
  expect([...closable(plan).keys()]).toEqual(["network", "default"]);
});
