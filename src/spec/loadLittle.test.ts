import { describe, expect, it } from "vitest";
import { SMALL_SPEC } from "../../test/fixtures/specs.ts";
import { good } from "../../test/support/goodSpec.ts";

describe("a spec that says little", () => {
  const spec = good(SMALL_SPEC);

  it("takes the fallback of each slot", () => {
    expect(spec.entries.map(({ slot, component }) => [slot, component.id])).toEqual([
      ["gitops", "flux"],
      ["api", "single-api"],
      ["cni", "cilium"],
      ["load-balancer", "cilium-load-balancer"],
      ["ingress", "envoy-gateway"],
      ["split-dns", "k8s-gateway"],
    ]);
    expect(spec.entries.find(({ slot }) => slot === "cni")?.options).toEqual({
      routing: "native",
      loadBalancing: { mode: "snat", maglev: false },
    });
  });

  it("remembers what was not written, and why it is what it is", () => {
    expect(Object.fromEntries(spec.defaults)).toMatchInlineSnapshot(`
      {
        "certificates.default": {
          "because": "one of them has to",
          "value": "first",
        },
        "cluster.api.provider": {
          "because": "it needs no address of its own",
          "value": "none",
        },
        "cluster.kubernetes": {
          "because": "it is the newest that everything here was tried with",
          "value": "1.36",
        },
        "cluster.nodes.node-1.disk": {
          "because": "it is the first disk",
          "value": "/dev/sda",
        },
        "cluster.nodes.node-1.interface": {
          "because": "cluster.nodeDefaults says so for every node",
          "value": "eno1",
        },
        "cluster.pods": {
          "because": "it has room for 256 nodes, and few home networks use it",
          "value": "10.42.0.0/16",
        },
        "cluster.services": {
          "because": "it lies beside the network of the pods, and few home networks use it",
          "value": "10.43.0.0/16",
        },
        "cni.loadBalancing.maglev": {
          "because": "it is what most networks need",
          "value": false,
        },
        "cni.loadBalancing.mode": {
          "because": "it is what most networks need",
          "value": "snat",
        },
        "cni.provider": {
          "because": "it is all in one part",
          "value": "cilium",
        },
        "cni.routing": {
          "because": "one LAN needs no tunnel",
          "value": "native",
        },
        "dns.records": {
          "because": "every name goes through a gateway",
          "value": [],
        },
        "dns.split.provider": {
          "because": "no record is kept by hand",
          "value": "k8s-gateway",
        },
        "gitops.provider": {
          "because": "it is the first one",
          "value": "flux",
        },
        "ingress.gateways": {
          "because": "it is what most networks need",
          "value": {},
        },
        "ingress.provider": {
          "because": "it knows the whole Gateway API",
          "value": "envoy-gateway",
        },
        "lan.hosts": {
          "because": "no other machine was named",
          "value": {},
        },
        "lan.ntp": {
          "because": "a node with the wrong time trusts no certificate, and this server answers from nearby everywhere",
          "value": [
            "time.cloudflare.com",
          ],
        },
        "loadBalancer.provider": {
          "because": "the pod network announces addresses itself",
          "value": "cilium",
        },
        "networks": {
          "because": "no other network was named",
          "value": {},
        },
        "policies.allow": {
          "because": "nothing needs it where no namespace is closed",
          "value": [],
        },
        "policies.defaultDeny": {
          "because": "no namespace is closed until you have seen what its apps do",
          "value": {},
        },
        "policies.names": {
          "because": "gen add-app and gen add-route write down here what they give a name to",
          "value": {},
        },
        "repository.branch": {
          "because": "it is the branch a new repository begins with",
          "value": "main",
        },
        "repository.path": {
          "because": "the network has the repository to itself",
          "value": "",
        },
        "repository.private": {
          "because": "what is public needs no secret to be read",
          "value": false,
        },
        "silence": {
          "because": "no rule is silenced",
          "value": {},
        },
      }
    `);
  });

  it("takes a quoted number for a number, and an empty key for an empty map", () => {
    const text = SMALL_SPEC.replace("cluster:", 'cni: { provider: calico, mtu: "1450" }\nsilence:\ncluster:').replace(
      "lan:\n",
      "lan:\n  hosts:\n  ntp:\n",
    );
    const read = good(text);
    expect(read.entries.find(({ slot }) => slot === "cni")?.options).toMatchObject({ mtu: 1450 });
    expect(read.lan.hosts).toEqual([]);
    expect(read.lan.ntp).toEqual([]);
  });

  it("reads the same with CRLF and without the last line break", () => {
    const crlf = good(SMALL_SPEC.replaceAll("\n", "\r\n"));
    const open = good(SMALL_SPEC.trimEnd());
    expect(crlf).toEqual(spec);
    expect(open).toEqual(spec);
  });
});
