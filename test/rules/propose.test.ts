import { describe, expect, it } from "vitest";
import { FindingsError } from "../../src/model/errors.ts";
import { openAddresses, propose } from "../../src/plan/propose.ts";
import { settle } from "../../src/plan/settle.ts";
import { rules } from "../../src/rules/index.ts";
import { planSpec } from "../../src/rules/planSpec.ts";
import { loadSpec } from "../../src/spec/load.ts";
import type { Spec } from "../../src/spec/spec.ts";
import { catalog, specIn, specOf, textOf, values } from "./openSpecs.ts";

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
  it("has a range of each family where the LAN has both, private whatever the LAN is", () => {
    const settled = (ipv6: string) => {
      const spec = specOf({ lan: `[172.16.1.0/24, ${ipv6}]`, nodes: ["[172.16.1.50, fd00:7::50]"] });
      const { "cluster.pods": pods, "cluster.services": services } = values(settle(spec, catalog));
      return [pods, services];
    };
    expect(settled("fd12:3456:789a:1::/64")).toEqual([
      ["10.42.0.0/16", "fd12:3456:789a:4200::/56"],
      ["10.43.0.0/16", "fd12:3456:789a:4300::/112"],
    ]);
    const elsewhere = [
      ["10.42.0.0/16", "fd00:10:0:4200::/56"],
      ["10.43.0.0/16", "fd00:10:0:4300::/112"],
    ];
    expect(settled("2a02:8071:1:2::/64")).toEqual(elsewhere);
    expect(settled("fd12:3456:789a:4300::/56")).toEqual([["10.42.0.0/16", "fd12:3456:789a:4200::/56"], elsewhere[1]]);
  });
  it("proposes addresses of the first family alone: the second is written by who wants it", () => {
    const spec = specOf({ lan: "[172.16.1.0/24, fd00:7::/64]", nodes: ["[172.16.1.50, fd00:7::50]"] });
    expect(values(propose(spec))).toMatchObject({
      "lan.gateway": "172.16.1.1",
      "cluster.api.address": "172.16.1.49",
      "loadBalancer.pools": { lan: "172.16.1.60-172.16.1.69" },
    });
  });
  it("keeps the ranges inside the cluster away from every network of the house", () => {
    const networks = "networks: { office: 10.42.0.0/15, vpn: { cidr: 10.244.1.0/24 } }\ncluster:\n";
    const { spec } = loadSpec(textOf({}).replace("cluster:\n", networks), "homelab.yaml", catalog);
    if (spec === undefined) throw new Error("the spec can be read");
    expect(values(settle(spec, catalog))).toMatchObject({
      "cluster.pods": "10.96.0.0/16",
      "cluster.services": "172.30.0.0/16",
    });
  });
  it("takes a smaller pool where the LAN has no larger gap", () => {
    const spec = specOf({ lan: "172.16.1.0/28", nodes: ["172.16.1.5"], more: "hosts: { nas: 172.16.1.9 }" });
    const { "loadBalancer.pools": pools } = values(propose(spec));
    expect(pools).toEqual({ lan: "172.16.1.10-172.16.1.12" });
  });
  it("is an address of no network of the house where routers are told, and a router to tell", () => {
    const routed = (more = "") =>
      values(
        propose(
          specIn(
            `${textOf({}).replace("distribution: talos", "distribution: k3s").replace(", disk: /dev/sda", "")}  api: { provider: kube-vip, mode: bgp }\n${more}`,
          ),
        ),
      );
    expect(routed()).toMatchObject({
      "cluster.api.address": "10.50.0.1",
      bgp: { asn: 64_513, peers: { router: { asn: 64_512, address: "172.16.1.1" } } },
      "loadBalancer.pools": { lan: "172.16.1.60-172.16.1.69" },
    });
    expect(routed("loadBalancer: { provider: metallb, mode: bgp }\n")).toMatchObject({
      "cluster.api.address": "10.50.0.1",
      "loadBalancer.pools": { lan: "10.60.0.0/24" },
    });
    const pools = "loadBalancer: { provider: metallb, mode: bgp, pools: { lan: 10.50.0.0/24 } }\n";
    expect(routed(pools)).toMatchObject({ "cluster.api.address": "10.60.0.1" });
    expect(routed(`networks: { office: 10.0.0.0/9 }\n${pools}`)).toMatchObject({
      "cluster.api.address": "172.30.50.1",
    });
    expect(openAddresses(specIn(`${textOf({})}  api: { provider: talos-vip }\n`))).not.toContain("bgp");
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
