import { describe, expect, it } from "vitest";
import { z } from "zod";
import { withProposals } from "../../generators/create/draft.ts";
import { ipField } from "../../src/fields/fields.ts";
import type { Catalog, Component } from "../../src/model/component.ts";
import type { Slot } from "../../src/model/slot.ts";
import { openAddresses, propose } from "../../src/plan/propose.ts";
import { settle } from "../../src/plan/settle.ts";
import { loadSpec } from "../../src/spec/load.ts";
import { newSpec } from "../../src/spec/newSpec.ts";
import { rules } from "../../src/rules/index.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import { withMadeUp } from "../fixtures/madeUp.ts";
import { catalog, parse, textOf, values } from "./openSpecs.ts";

describe("components that stand beside each other", () => {
  const sockets: Slot = {
    id: "sockets",
    form: "each",
    path: "lights.sockets",
    title: "Sockets",
    summary: "for tests",
    shared: {
      first: z.string().default("kitchen").describe("the first one").meta({ because: "of tests" }),
    },
  };
  const socket = (id: string): Component => ({
    id,
    slot: "sockets",
    title: id,
    summary: "for tests",
    options: z.strictObject({ address: ipField().optional().describe("its address") }),
    addresses: [{ key: "address", from: "lan", owner: id, role: "service", note: "a socket" }],
    units: () => [],
  });
  const madeUp = withMadeUp(catalog);
  const larger: Catalog = {
    ...madeUp,
    slots: [...madeUp.slots, sockets],
    components: [...madeUp.components, socket("kitchen"), socket("garden"), socket("roof")],
  };
  const written = newSpec(
    {
      ...(parse(textOf({})) as object),
      loadBalancer: { pools: { lan: "172.16.1.60-172.16.1.69" } },
      lights: {
        lamps: {
          hall: "lava",
          lava: true,
          stairs: { provider: "lava", address: "172.16.1.61" },
          yard: { provider: "lava", brightness: 1 },
        },
        sockets: { kitchen: true, garden: { address: "172.16.1.44" }, roof: false },
      },
    },
    larger,
  );
  const loaded = () => {
    const { spec, findings } = loadSpec(written, "homelab.yaml", larger);
    if (spec === undefined) throw new Error(findings.map(({ message }) => message).join(", "));
    return spec;
  };

  it("are each offered an address, and none where one is written or nothing is there", () => {
    const open = openAddresses(loaded()).filter((path) => path.startsWith("lights."));
    expect([...open].sort()).toEqual([
      "lights.lamps.hall.address",
      "lights.lamps.lava.address",
      "lights.lamps.yard.address",
      "lights.sockets.kitchen.address",
    ]);
    const proposed = Object.entries(values(propose(loaded()))).filter(([path]) => path.startsWith("lights."));
    expect(proposed.map(([path]) => path).sort()).toEqual([...open].sort());
    const addresses = proposed.map(([, address]) => address);
    expect(new Set([...addresses, "172.16.1.61", "172.16.1.44"]).size).toBe(6);
  });

  it("have no provider settled: what they are stands there", () => {
    expect(settle(loaded(), catalog).filter(({ path }) => path.startsWith("lights."))).toEqual([]);
  });

  it("are written down in their long form, and nothing is open then", () => {
    const draft = withProposals(parse(written) as Record<string, unknown>, larger);
    const { plan } = planSpec(newSpec(draft, larger), "homelab.yaml", larger, rules);
    const owners = plan.addresses.claims.filter(({ path }) => path.startsWith("lights.")).map(({ owner }) => owner);
    expect([...owners].sort()).toEqual([
      "garden",
      "kitchen",
      "lava-lamp-hall",
      "lava-lamp-lava",
      "lava-lamp-stairs",
      "lava-lamp-yard",
    ]);
    expect(plan.settings.get("sockets")).toEqual({ first: "kitchen" });
    expect(plan.settings.get("lamps")).toEqual({});
    expect(plan.chosen.filter(({ slot }) => slot === "sockets")).toMatchObject([
      { path: "lights.sockets.kitchen", shared: { first: "kitchen" } },
      { path: "lights.sockets.garden", shared: { first: "kitchen" } },
    ]);
  });
});
