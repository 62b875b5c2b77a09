/** The sections `bgp` and `loadBalancer` of homelab.yaml, as everybody below the questions reads them. */
import { describe, expect, it } from "vitest";
import { assembleCatalog } from "../../src/cli/catalog.ts";
import { parseIp, type Ip } from "../../src/model/address.ts";
import { speakingNodes } from "../../src/model/bgp.ts";
import type { Plan } from "../../src/model/plan.ts";
import { toldIn } from "../../src/model/told.ts";
import { planNetwork } from "../../src/plan/plan.ts";
import { loadSpec } from "../../src/spec/load.ts";
import { reference } from "../fixtures/reference.ts";
import { edit, edited, ON_K3S, type Edit } from "../rules/edits.ts";

const catalog = assembleCatalog();
const ip = (text: string): Ip => parseIp(text) as Ip;

function planWith(...edits: readonly Edit[]): Plan {
  const { spec, findings } = loadSpec(edited(reference, edits), "homelab.yaml", catalog);
  if (spec === undefined) throw new Error(findings.map(({ message }) => message).join("\n"));
  return planNetwork(spec, catalog);
}

const bgp = (text: string): Edit => edit("cni:\n", `bgp: ${text}\ncni:\n`);
const pools = (text: string): Edit => edit("pools: { lan: 172.16.1.60-172.16.1.69 }", text);

describe("bgp", () => {
  it("is nothing without the section", () => {
    expect(planWith().bgp).toBeUndefined();
  });
  it("has the address and the software of a machine from lan.hosts", () => {
    const { bgp: found } = planWith(
      edit("    router: 172.16.1.1\n", "    edge: { ip: 172.16.1.1, software: opnsense }\n"),
      bgp("{ asn: 64513, peers: { edge: { asn: 64512, password: true } } }"),
    );
    expect(found).toEqual({
      asn: 64513,
      peers: [
        {
          name: "edge",
          asn: 64512,
          ips: ["172.16.1.1"],
          software: ["opnsense"],
          password: true,
          timers: { hold: 30, keepalive: 10, connectRetry: 10 },
          multihop: undefined,
          bfd: false,
          path: "bgp.peers.edge",
          addressPath: "lan.hosts.edge",
        },
      ],
    });
  });
  it("has peers of its own in the address book, once", () => {
    const { addresses } = planWith(
      bgp(
        "{ asn: 64513, peers: { router: { asn: 64512, address: 172.16.1.1 }, far: { asn: 64514, address: 10.9.9.9 } } }",
      ),
    );
    expect(addresses.ownersOf(ip("172.16.1.1")).map(({ owner, sameAs }) => [owner, sameAs ?? false])).toEqual([
      ["router", false],
      ["router", true],
    ]);
    expect(addresses.ownersOf(ip("10.9.9.9"))).toEqual([
      { ip: "10.9.9.9", owner: "far", role: "host", note: "router, speaks BGP", path: "bgp.peers.far.address" },
    ]);
  });
  it("leaves the address of a router nobody knows open", () => {
    expect(planWith(bgp("{ asn: 64513, peers: { nobody: { asn: 64512 } } }")).bgp?.peers[0]?.ips).toEqual([]);
  });
});

describe("an address of which routers alone know where it is", () => {
  const routed = (mode: string, address: string) =>
    planWith(
      ...ON_K3S,
      edit("api: none", `api: { provider: kube-vip, mode: ${mode}, address: ${address} }`),
      bgp("{ asn: 64513, peers: { router: { asn: 64512, address: 172.16.1.1 } } }"),
    );
  it("says so in the address book", () => {
    expect(routed("bgp", "10.50.0.1").addresses.ownersOf(ip("10.50.0.1"))).toEqual([
      {
        ip: "10.50.0.1",
        owner: "Kubernetes API",
        role: "api",
        note: "VIP, moves between control planes",
        path: "cluster.api.address",
        routed: true,
      },
    ]);
    expect(routed("l2", "172.16.1.49").addresses.ownersOf(ip("172.16.1.49"))[0]?.routed).toBeUndefined();
  });
  it("is told to routers, and pools are where they are announced so alone", () => {
    const texts = (plan: Plan) => toldIn(plan).map(({ what, range }) => `${what} ${range.text}`);
    expect(texts(routed("bgp", "10.50.0.1"))).toEqual(["the Kubernetes API 10.50.0.1"]);
    expect(texts(routed("l2", "172.16.1.49"))).toEqual([]);
    expect(
      texts(
        planWith(
          edit("  mode: l2\n", "  mode: bgp\n"),
          bgp("{ asn: 64513, peers: { router: { asn: 64512, address: 172.16.1.1 } } }"),
        ),
      ),
    ).toEqual(["the pool lan 172.16.1.60-172.16.1.69"]);
  });
  it("is announced by control planes, which routers have a session with and nobody else", () => {
    expect(speakingNodes(routed("bgp", "10.50.0.1")).map(({ name }) => name)).toEqual([
      "talos-cp-1",
      "talos-cp-2",
      "talos-cp-3",
    ]);
    expect(speakingNodes(routed("l2", "172.16.1.49"))).toEqual([]);
  });
});

describe("a pool", () => {
  it("is a range, or a map with one", () => {
    const { pools: found } = planWith(
      pools(
        "pools:\n    lan: 172.16.1.60-172.16.1.69\n    things: { addresses: 172.16.1.70-172.16.1.79, auto: false }",
      ),
    );
    expect(found.map(({ name, range, onRequest, path }) => [name, range.text, onRequest, path])).toEqual([
      ["lan", "172.16.1.60-172.16.1.69", false, "loadBalancer.pools.lan"],
      ["things", "172.16.1.70-172.16.1.79", true, "loadBalancer.pools.things.addresses"],
    ]);
  });
  it.each([
    ["cilium", { "pool.homelab-net/things": "true" }],
    ["metallb", {}],
  ])("for those that ask is asked by %s with labels", (provider, labels) => {
    const plan = planWith(
      edit("loadBalancer:\n  provider: cilium", `loadBalancer:\n  provider: ${provider}`),
      pools(
        "pools:\n    lan: 172.16.1.60-172.16.1.69\n    things: { addresses: 172.16.1.70-172.16.1.79, auto: false }",
      ),
    );
    expect(plan.addressLabels([ip("172.16.1.70")])).toEqual(labels);
    expect(plan.addressLabels([ip("172.16.1.60")])).toEqual({});
  });
});

describe("an address that Services have together", () => {
  it.each([
    ["cilium", { "lbipam.cilium.io/sharing-key": "shared", "lbipam.cilium.io/sharing-cross-namespace": "*" }],
    ["metallb", { "metallb.io/allow-shared-ip": "shared" }],
    ["kube-vip", { "kube-vip.io/leaseName": "kube-system/kubevip-shared" }],
  ])("is asked for with a key of %s", (provider, key) => {
    const plan = planWith(
      edit("loadBalancer:\n  provider: cilium", `loadBalancer:\n  provider: ${provider}`),
      pools("pools: { lan: 172.16.1.60-172.16.1.69 }\n  shared: [172.16.1.60]"),
    );
    expect(plan.addressAnnotations([ip("172.16.1.60")])).toMatchObject(key);
    expect(Object.keys(plan.addressAnnotations([ip("172.16.1.61")]))).toHaveLength(1);
  });
});
