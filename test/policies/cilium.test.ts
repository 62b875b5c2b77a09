import { describe, expect, it } from "vitest";
import { CILIUM, untrue, worldOf } from "./cases/case.ts";
import { ciliumCases, cnp } from "./cases/cilium.ts";
import { ciliumHostCases } from "./cases/ciliumHosts.ts";
import { ciliumModeCases } from "./cases/ciliumModes.ts";
import { ciliumNamespaceCases } from "./cases/ciliumNamespaces.ts";
import { verdict } from "./verdict.ts";

const cases = [...ciliumCases, ...ciliumNamespaceCases, ...ciliumHostCases, ...ciliumModeCases];

describe("policies of Cilium", () => {
  it.each(cases)("$name ($source)", ({ objects, says, datapath = CILIUM, world }) => {
    expect(untrue(worldOf(datapath, objects, world), says)).toEqual([]);
  });

  it("tell which rules look at requests", () => {
    const world = worldOf(
      CILIUM,
      cnp(
        '{ endpointSelector: {}, egress: [{ toEntities: [world], toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{ method: GET }] } }] }] }',
      ),
    );
    const { allowed, egress } = verdict(world, {
      from: { namespace: "shop", pod: "a" },
      to: { outside: "internet" },
      port: 80,
      protocol: "TCP",
    });
    expect({ allowed, egress }).toEqual({
      allowed: true,
      egress: {
        allowed: true,
        because: "CiliumNetworkPolicy shop/one, egress[0]",
        audited: false,
        looksInside: ['http {"method":"GET"}'],
      },
    });
  });
});
