import { describe, expect, it } from "vitest";
import { z } from "zod";
import { withProposals } from "../../generators/create/draft.ts";
import { assembleCatalog } from "../../src/cli/catalog.ts";
import { ipField } from "../../src/fields/fields.ts";
import type { Catalog, Component, Slot } from "../../src/model/component.ts";
import { FindingsError } from "../../src/model/errors.ts";
import { openAddresses, propose, settle, type Proposal } from "../../src/plan/propose.ts";
import { rules } from "../../src/rules/index.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import { loadSpec } from "../../src/spec/load.ts";
import { newSpec } from "../../src/spec/newSpec.ts";
import type { Spec } from "../../src/spec/spec.ts";
import { read } from "../../src/yaml/read.ts";
import { withMadeUp } from "../fixtures/madeUp.ts";

const catalog = assembleCatalog();

interface Given {
  readonly lan?: string;
  readonly more?: string;
  readonly nodes?: readonly string[];
}

const textOf = ({ lan = "172.16.1.0/24", more = "", nodes = ["172.16.1.50"] }: Given): string => `version: 1
name: home
domains: [ragas.cc]
repository: { url: https://github.com/example/homelab.git }
gitops: flux
lan:
  cidr: ${lan}
  ${more}
cluster:
  distribution: talos
  hardware: bare-metal
  nodeDefaults: { interface: eth0, disk: /dev/sda }
  nodes:
${nodes.map((ip, index) => `    cp-${index}: { ip: ${ip}, role: control-plane }`).join("\n")}
`;

const specOf = (given: Given): Spec => specIn(textOf(given));

function specIn(text: string): Spec {
  const { spec, findings } = loadSpec(text, "homelab.yaml", catalog);
  if (spec === undefined) throw new Error(findings.map(({ message }) => message).join(", "));
  return spec;
}

const parse = (text: string): unknown => read(text, "homelab.yaml", { aliases: "refuse" }).value;

const values = (proposals: readonly Proposal[]) =>
  Object.fromEntries(proposals.map(({ path, value }) => [path, value]));

describe("what a spec leaves open", () => {
  it("is proposed next to the nodes, outside DHCP and what is taken", () => {
    const spec = specOf({ more: "dhcp: 172.16.1.60-172.16.1.65\n  hosts: { nas: 172.16.1.49 }" });
    expect(values(propose(spec))).toEqual({
      "lan.gateway": "172.16.1.1",
      "cluster.api.address": "172.16.1.51",
      "loadBalancer.pools": { lan: "172.16.1.66-172.16.1.75" },
      "dns.split.address": "172.16.1.66",
      "ingress.gateways": { internal: { address: "172.16.1.67", default: true } },
    });
  });
  it("takes a smaller pool where the LAN has no larger gap", () => {
    const spec = specOf({ lan: "172.16.1.0/28", nodes: ["172.16.1.5"], more: "hosts: { nas: 172.16.1.9 }" });
    const { "loadBalancer.pools": pools } = values(propose(spec));
    expect(pools).toEqual({ lan: "172.16.1.10-172.16.1.12" });
  });
  it("is refused by every command but create, with the proposal as the cure", () => {
    const error = (() => {
      try {
        planSpec(textOf({}), "homelab.yaml", catalog, rules);
        return undefined;
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(FindingsError);
    const fixes = (error as FindingsError).findings.map(({ id, paths, fix }) => [id, paths[0], fix]);
    expect(fixes).toContainEqual([
      "SPEC-ADDRESS",
      "cluster.api.address",
      "cluster.api.address: 172.16.1.49  (free now)",
    ]);
    expect(fixes).toHaveLength(4);
  });
  it("is still open where nothing is free", () => {
    const spec = specOf({ lan: "172.16.1.0/29", nodes: ["172.16.1.2"], more: "dhcp: 172.16.1.3-172.16.1.6" });
    expect(openAddresses(spec)).toContain("loadBalancer.pools");
    expect(values(propose(spec))).not.toHaveProperty("loadBalancer.pools");
    expect(() =>
      planSpec(
        textOf({ lan: "172.16.1.0/29", nodes: ["172.16.1.2"], more: "dhcp: 172.16.1.3-172.16.1.6" }),
        "homelab.yaml",
        catalog,
        rules,
      ),
    ).toThrow(FindingsError);
  });
});

describe("what is settled once", () => {
  it("are the usual ranges, or others where the LAN has the usual one", () => {
    expect(values(settle(specOf({}), catalog))).toMatchObject({
      "cluster.pods": "10.42.0.0/16",
      "cluster.services": "10.43.0.0/16",
      "cni.provider": "cilium",
    });
    const inside = specOf({ lan: "10.42.0.0/15", nodes: ["10.42.0.50"] });
    expect(values(settle(inside, catalog))).toMatchObject({
      "cluster.pods": "10.244.0.0/16",
      "cluster.services": "10.96.0.0/16",
    });
  });
  it("is what components say, of the network as it was, and nothing that stands there", () => {
    const settled = (spec: Spec, was?: Spec) =>
      Object.entries(values(settle(spec, catalog, was))).filter(([path]) => /owner|node$/.test(path));
    const named = (name: string, owner = "") =>
      specIn(`${textOf({}).replace("name: home", `name: ${name}`)}  api: none
dns: { publish: { cloudflare: { gateways: [internal]${owner} }, away: { provider: cloudflare } } }
`);
    expect(settled(named("home"))).toEqual([
      ["cluster.api.node", "cp-0"],
      ["dns.publish.cloudflare.owner", "home-cloudflare"],
      ["dns.publish.away.owner", "home-away"],
    ]);
    expect(settled(named("new", ", owner: mine"), named("home"))).toEqual([
      ["cluster.api.node", "cp-0"],
      ["dns.publish.away.owner", "home-away"],
    ]);
  });
});

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
