import { describe, expect, it } from "vitest";
import { z } from "zod";
import { madeUpCatalog } from "../../test/fixtures/catalog.ts";
import { matches, specKeys } from "./keys.ts";

const keys = specKeys(madeUpCatalog());
const key = (path: string) => keys.find((candidate) => candidate.path === path);

describe("specKeys", () => {
  it("has every key once, in the order of a new file", () => {
    const paths = keys.map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths.filter((path) => !path.includes("."))).toEqual([
      "version",
      "name",
      "domains",
      "repository",
      "gitops",
      "lan",
      "networks",
      "cluster",
      "bgp",
      "cni",
      "loadBalancer",
      "ingress",
      "dns",
      "certificates",
      "policies",
      "silence",
    ]);
    expect(paths.filter((path) => /^cluster\.\w+$/.test(path)).map((path) => path.slice(8))).toEqual([
      "distribution",
      "hardware",
      "kubernetes",
      "datastore",
      "api",
      "pods",
      "services",
      "nodeDefaults",
      "nodes",
    ]);
  });

  it("describes a key: type, values, default", () => {
    expect(key("lan.hosts.*.ip")).toEqual({
      path: "lan.hosts.*.ip",
      description: "its address",
      type: "an IP address, or one for each IP family",
      example: "172.16.1.60",
    });
    expect(key("cluster.pods")).toMatchObject({
      type: "a network as a CIDR, or one for each IP family",
      default: "10.42.0.0/16",
    });
    expect(key("cluster.nodes.*.role")).toMatchObject({ values: ["control-plane", "worker"] });
    expect(key("gitops.provider")).toMatchObject({ values: ["flux", "argocd"], default: "flux" });
    expect(key("cni.loadBalancing.maglev")).toMatchObject({ type: "true or false", default: false });
  });

  it("says who has a key that not every choice has", () => {
    expect(key("cni.mtu")?.only).toEqual(["calico"]);
    expect(key("cluster.nodes.*.disk")?.only).toEqual(["talos"]);
    expect(key("cluster.nodeDefaults.proxmox.cores")?.only).toEqual(["proxmox"]);
    expect(key("cluster.nodes.*.interface")).not.toHaveProperty("only");
    expect(key("loadBalancer.pools.*")).not.toHaveProperty("only");
  });

  it("has the keys of components that stand side by side, under their own", () => {
    expect(keys.map(({ path }) => path).filter((path) => path.startsWith("certificates"))).toEqual([
      "certificates",
      "certificates.default",
      "certificates.letsencrypt",
      "certificates.letsencrypt.solver",
      "certificates.letsencrypt.environment",
      "certificates.internal-ca",
      "certificates.internal-ca.days",
      "certificates.internal-ca.renewAfter",
      "certificates.internal-ca.subject",
      "certificates.internal-ca.subject.country",
    ]);
    expect(key("certificates.letsencrypt.solver")).toEqual({
      path: "certificates.letsencrypt.solver",
      description: "who proves that a domain is yours",
      type: "one of cloudflare, route53",
      values: ["cloudflare", "route53"],
      example: "cloudflare",
    });
    expect(key("certificates.internal-ca")).toMatchObject({
      description: "Internal CA: an authority of your own",
      type: "true, false or a map of its options",
    });
  });

  it("has the keys of entries once, with the providers that know them", () => {
    expect(keys.filter(({ path }) => path.startsWith("dns.publish")).map(({ path, only }) => [path, only])).toEqual([
      ["dns.publish", undefined],
      ["dns.publish.*", undefined],
      ["dns.publish.*.provider", undefined],
      ["dns.publish.*.gateways", undefined],
      ["dns.publish.*.policy", undefined],
      ["dns.publish.*.proxied", ["cloudflare"]],
      ["dns.publish.*.ttl", undefined],
      ["dns.publish.*.host", ["unifi"]],
    ]);
    expect(key("dns.publish.*.provider")).toEqual({
      path: "dns.publish.*.provider",
      description: "cloudflare: Cloudflare, names for everybody\nunifi: UniFi, names for the house",
      type: "one of cloudflare, unifi",
      values: ["cloudflare", "unifi"],
    });
    expect(key("dns.publish.*.policy")).toMatchObject({ values: ["upsert-only", "sync"], default: "upsert-only" });
  });

  it("gives each key a description", () => {
    const undescribed = keys.filter(({ path, description }) => description === "" && !path.endsWith(".*"));
    expect(undescribed).toEqual([]);
  });

  it("merges the values two components offer under one key", () => {
    const options = z.strictObject({ routing: z.enum(["native", "bgp"]).describe("another way") });
    const other = {
      id: "kube-router",
      slot: "cni",
      title: "kube-router",
      summary: "for tests",
      options,
      units: () => [],
    };
    const found = specKeys(madeUpCatalog({ components: [other] })).find(({ path }) => path === "cni.routing");
    expect(found).toMatchObject({ values: ["native", "vxlan", "geneve", "bgp"], only: ["cilium", "kube-router"] });
  });
});

it("matches takes names for stars and nothing else", () => {
  expect(matches("cluster.nodes.*.ip", ["cluster", "nodes", "a", "ip"])).toBe(true);
  expect(matches("cluster.nodes.*.ip", ["cluster", "nodes", "a"])).toBe(false);
  expect(matches("cluster.nodes.*.ip", ["cluster", "pods", "a", "ip"])).toBe(false);
});
