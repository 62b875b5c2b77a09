import { describe, expect, test } from "vitest";
import { unitsIn } from "../../test/fixtures/inUse.ts";
import { networks, type Given } from "../../test/fixtures/givens.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { catalog } from "../../test/fixtures/realCatalog.ts";
import type { Flow } from "../model/unit.ts";
import { readDocuments } from "../yaml/documents.ts";
import { cilium } from "./cilium.ts";

interface Values {
  readonly [key: string]: unknown;
  readonly operator: { readonly replicas: number };
  readonly bpf: object;
}

function valuesOf(given: Given): Values {
  const plan = planOf(given);
  const [unit] = unitsIn(plan, "cilium");
  if (unit?.release === undefined) throw new Error("cilium has a release");
  return readDocuments(catalog.templates.render(unit.release.values, unit.view), "values.yaml")[0] as Values;
}

test("bootstrap does not wait for Hubble's relay, which waits for names, which wait for the pod network", () => {
  const readyLater = (given: Given) => unitsIn(planOf(given), "cilium").map((unit) => unit.readyLater);
  expect(readyLater({})).toEqual([true]);
  expect(readyLater({ options: { cilium: { hubble: false } } })).toEqual([false]);
});

describe("values", () => {
  test("plain routes name the pod network, which stays unmasqueraded (CIL-05, CIL-07)", () => {
    expect(valuesOf({})).toMatchObject({
      routingMode: "native",
      ipv4NativeRoutingCIDR: "10.42.0.0/16",
      autoDirectNodeRoutes: true,
    });
  });

  test("a tunnel has no routes of its own (CIL-04)", () => {
    for (const routing of ["vxlan", "geneve"]) {
      const values = valuesOf({ options: { cilium: { routing } } });
      expect(values).toMatchObject({ routingMode: "tunnel", tunnelProtocol: routing });
      expect(values).not.toHaveProperty("autoDirectNodeRoutes");
      expect(values).not.toHaveProperty("ipv4NativeRoutingCIDR");
    }
  });

  test.each(["dsr", "hybrid"])(
    "in mode %s Geneve tells where answers come from, with plain routes too (CIL-03)",
    (mode) => {
      const told = (dispatch: string, routing = "native") =>
        valuesOf({ options: { cilium: { routing, loadBalancing: { mode, dispatch } } } });
      const dispatched = { loadBalancer: { mode, dsrDispatch: "geneve" }, tunnelProtocol: "geneve" };
      expect(told("geneve")).toMatchObject({ ...dispatched, routingMode: "native" });
      expect(told("geneve", "geneve")).toMatchObject({ ...dispatched, routingMode: "tunnel" });
      expect(told("opt")).not.toHaveProperty("tunnelProtocol");
      expect(told("opt")["loadBalancer"]).toEqual({ mode, acceleration: "disabled" });
    },
  );

  test("nothing is said about direct answers where there are none", () => {
    const values = valuesOf({ options: { cilium: { loadBalancing: { dispatch: "geneve" } } } });
    expect(values).not.toHaveProperty("tunnelProtocol");
    expect(values["loadBalancer"]).toEqual({ mode: "snat", acceleration: "disabled" });
  });

  test.each([
    ["native", undefined, true],
    ["native", false, false],
    ["geneve", undefined, false],
    ["geneve", true, true],
  ])("routed %s, with endpointRoutes %s pods have routes of their own: %s", (routing, endpointRoutes, expected) => {
    const values = valuesOf({ options: { cilium: { routing, endpointRoutes } } });
    expect(values["endpointRoutes"]).toEqual(expected ? { enabled: true } : undefined);
  });

  test("what encrypts is named, which the chart takes for IPsec otherwise (CIL-19)", () => {
    const encrypted = (nodeEncryption: boolean) =>
      valuesOf({ options: { cilium: { encryption: "wireguard", nodeEncryption } } })["encryption"];
    for (const nodeEncryption of [true, false])
      expect(encrypted(nodeEncryption)).toEqual({ enabled: true, type: "wireguard", nodeEncryption });
    expect(valuesOf({})).not.toHaveProperty("encryption");
  });

  test("tables of Maglev are small on every node (PI-05)", () => {
    const values = valuesOf({ options: { cilium: { loadBalancing: { algorithm: "maglev" } } } });
    expect(values).toMatchObject({ loadBalancer: { algorithm: "maglev" }, maglev: { tableSize: 1021 } });
    expect(valuesOf({})).not.toHaveProperty("maglev");
  });

  test("eBPF masquerading leaves pods their way to the resolver of Talos (TAL-04)", () => {
    expect(valuesOf({}).bpf).toEqual({ masquerade: true, hostLegacyRouting: true });
    expect(valuesOf({ options: { cilium: { masquerade: "iptables" } } }).bpf).toEqual({ masquerade: false });
  });

  test("one node has one operator, because two refuse to share it (CIL-23)", () => {
    expect(valuesOf(networks["one node"]).operator.replicas).toBe(1);
    expect(valuesOf(networks["a control plane and a worker"]).operator.replicas).toBe(2);
    expect(valuesOf({}).operator.replicas).toBe(2);
  });

  test("announcing raises the rate limit with it (CIL-12)", () => {
    expect(valuesOf({})).toMatchObject({
      l2announcements: { enabled: true },
      k8sClientRateLimit: { qps: 50, burst: 100 },
    });
  });

  test("Hubble is all or nothing", () => {
    expect(valuesOf({})["hubble"]).toMatchObject({ enabled: true, relay: { enabled: true }, ui: { enabled: true } });
    expect(valuesOf({ options: { cilium: { hubble: false } } })["hubble"]).toEqual({ enabled: false });
  });
});

describe("the docs say whether requests from outside are encrypted between nodes", () => {
  const said = (options: Readonly<Record<string, unknown>>) => {
    const chosen = cilium.options.parse({ encryption: "wireguard", ...options });
    const view = cilium.docs?.view(planOf(), chosen, { component: cilium, options: chosen, shared: {} });
    return view?.["encryptsRequests"];
  };
  const geneve = { mode: "dsr", dispatch: "geneve" };

  test.each([
    [{ loadBalancing: { mode: "dsr" } }, false],
    [{ loadBalancing: geneve }, true],
    [{ loadBalancing: { ...geneve, acceleration: "native" } }, false],
    [{ loadBalancing: { ...geneve, mode: "hybrid" } }, false],
    [{ loadBalancing: { ...geneve, mode: "hybrid" }, routing: "geneve" }, true],
    [{}, false],
    [{ nodeEncryption: true }, true],
    [{ nodeEncryption: true, loadBalancing: { acceleration: "best-effort" } }, false],
    [{ routing: "vxlan" }, true],
  ])("%j: %s", (options, expected) => {
    expect(said(options)).toBe(expected);
  });
});

describe("policies", () => {
  const flow: Flow = {
    unit: "echo",
    namespace: "default",
    to: { app: "echo" },
    name: "echo",
    from: [
      { namespace: "network", labels: { gateway: "a" } },
      "world",
      { namespace: "network", labels: { gateway: "b" } },
      "host",
    ],
    ports: [
      { port: 53, protocol: "UDP" },
      { port: 53, protocol: "TCP" },
    ],
    because: "a reason",
  };
  const [policy] = cilium.policies?.([flow], planOf()) ?? [];
  const toPorts = [
    {
      ports: [
        { port: "53", protocol: "UDP" },
        { port: "53", protocol: "TCP" },
      ],
    },
  ];

  test("pods and entities stand in rules of their own", () => {
    expect(policy).toEqual({
      apiVersion: "cilium.io/v2",
      kind: "CiliumNetworkPolicy",
      metadata: { name: "echo", namespace: "default" },
      spec: {
        description: "a reason",
        endpointSelector: { matchLabels: { app: "echo" } },
        ingress: [
          {
            fromEndpoints: [
              { matchLabels: { "k8s:io.kubernetes.pod.namespace": "network", gateway: "a" } },
              { matchLabels: { "k8s:io.kubernetes.pod.namespace": "network", gateway: "b" } },
            ],
            toPorts,
          },
          { fromEntities: ["world", "host"], toPorts },
        ],
      },
    });
  });

  test("nobody is let in by a rule without peers", () => {
    const [closed] = cilium.policies?.([{ ...flow, from: [], ports: [] }], planOf()) ?? [];
    expect(closed).toMatchObject({ spec: { endpointSelector: { matchLabels: { app: "echo" } }, ingress: [{}] } });
  });
});
