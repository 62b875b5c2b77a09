import { describe, expect, it } from "vitest";
import { assembleCatalog } from "../../src/cli/catalog.ts";
import { FindingsError } from "../../src/model/errors.ts";
import { openAddresses, propose, settle, type Proposal } from "../../src/plan/propose.ts";
import { rules } from "../../src/rules/index.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import { loadSpec } from "../../src/spec/load.ts";
import type { Spec } from "../../src/spec/spec.ts";

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

function specOf(given: Given): Spec {
  const { spec, findings } = loadSpec(textOf(given), "homelab.yaml", catalog);
  if (spec === undefined) throw new Error(findings.map(({ message }) => message).join(", "));
  return spec;
}

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
    expect(values(settle(specOf({})))).toMatchObject({
      "cluster.pods": "10.42.0.0/16",
      "cluster.services": "10.43.0.0/16",
      "cni.provider": "cilium",
    });
    const inside = specOf({ lan: "10.42.0.0/15", nodes: ["10.42.0.50"] });
    expect(values(settle(inside))).toMatchObject({
      "cluster.pods": "10.244.0.0/16",
      "cluster.services": "10.96.0.0/16",
    });
  });
});
