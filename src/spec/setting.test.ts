import { describe, expect, it, test } from "vitest";
import { madeUpCatalog } from "../../test/fixtures/catalog.ts";
import { parseSetting } from "./setting.ts";

const set = (path: string, text: string) => parseSetting(path, text, madeUpCatalog());

describe("the key decides what the text means", () => {
  test.each<[string, string, unknown]>([
    ["name", "007", "007"],
    ["name", "true", "true"],
    ["cluster.kubernetes", "1.30", "1.30"],
    ["cluster.api.port", "6443", 6443],
    ["cni.loadBalancing.maglev", "true", true],
    ["cni", "calico", "calico"],
    ["cni", "{ provider: calico, mtu: 1400 }", { provider: "calico", mtu: 1400 }],
    ["cni.mtu", "1400", 1400],
    ["cni.routing", "vxlan", "vxlan"],
    ["dns.split.address", "10.0.0.1", "10.0.0.1"],
    ["domains", "a.cc, b.cc", ["a.cc", "b.cc"]],
    ["domains", "[a.cc, b.cc]", ["a.cc", "b.cc"]],
    ["domains", '["a.cc"]', ["a.cc"]],
    ["domains", "a.cc", ["a.cc"]],
    ["domains.1", "b.cc", "b.cc"],
    ["lan.dns", "", []],
    ["lan.hosts.nas", "10.0.0.9", "10.0.0.9"],
    ["lan.hosts.nas", "{ ip: 10.0.0.9, software: nfs }", { ip: "10.0.0.9", software: "nfs" }],
    ["lan.hosts.nas.software", "[nfs, samba]", ["nfs", "samba"]],
    ["lan.hosts.nas.software", "12", "12"],
    ["loadBalancer.pools", '{"lan": "10.0.0.10-10.0.0.20"}', { lan: "10.0.0.10-10.0.0.20" }],
    [
      "cluster.nodes.a",
      "{ ip: 10.0.0.1, role: worker, proxmox: { host: 7, cores: 3 } }",
      { ip: "10.0.0.1", role: "worker", proxmox: { host: "7", cores: 3 } },
    ],
    ["cluster.nodeDefaults.proxmox.memory", "8", "8"],
    ["certificates.internal-ca", "true", true],
    ["certificates.internal-ca", "false", false],
    ["certificates.letsencrypt", "true", true],
    ["certificates.letsencrypt", "{solver: cloudflare}", { solver: "cloudflare" }],
    ["certificates.letsencrypt.solver", "cloudflare", "cloudflare"],
    ["certificates.internal-ca.days", "30", 30],
    ["certificates.internal-ca", '{ days: "30" }', { days: 30 }],
    ["certificates.default", "7", "7"],
    ["certificates", "{ internal-ca: true }", { "internal-ca": true }],
    ["dns.publish.cloudflare", "true", true],
    ["dns.publish.home", "cloudflare", "cloudflare"],
    ["dns.publish.unifi", "cloudflare", "cloudflare"],
    ["dns.publish.unifi.provider", "cloudflare", "cloudflare"],
    ["dns.publish.cloudflare.policy", "sync", "sync"],
    ["dns.publish.home.policy", "sync", "sync"],
    ["dns.publish.home.host", "udm", "udm"],
    ["dns.publish.cloudflare.ttl", "60", 60],
    ["dns.publish.home.ttl", "30s", "30s"],
    ["dns.publish.cloudflare", '{ ttl: "60" }', { ttl: 60 }],
    ["dns.publish.home", '{ provider: cloudflare, ttl: "60" }', { provider: "cloudflare", ttl: 60 }],
    ["dns.publish.home.gateways", "a, b", ["a", "b"]],
    ["dns.publish", "{ home: cloudflare, unifi: { host: 7 } }", { home: "cloudflare", unifi: { host: "7" } }],
    ["silence.LB-01", "because of: [this]", "because of: [this]"],
    ["silence", "{ LB-01: 1.50 }", { "LB-01": "1.50" }],
  ])("--set %s=%s", (path, text, value) => {
    expect(set(path, text)).toEqual({ value });
  });
});

describe("what does not fit is refused at once", () => {
  test.each<[string, string, string, string]>([
    ["cni.routng", "vxlan", "unknown key `cni.routng`", "did you mean `cni.routing`?"],
    [
      "cluster.nodes.a.interfce",
      "eno1",
      "unknown key `cluster.nodes.a.interfce`",
      "did you mean `cluster.nodes.a.interface`?",
    ],
    ["pools", "{}", "unknown key `pools`", "did you mean `loadBalancer.pools`?"],
    [
      "cni.colour",
      "blue",
      "unknown key `cni.colour`",
      "allowed in cni: provider, routing, devices, loadBalancing, dataplane, mtu",
    ],
    ["name.first", "a", "unknown key `name.first`", "nothing stands below name"],
    [
      "colour",
      "blue",
      "unknown key `colour`",
      "the first keys are version, name, domains, repository, gitops, lan, networks, cluster, bgp, cni, loadBalancer, ingress, dns, certificates, policies, silence",
    ],
    [
      "cni.routing",
      "vxlam",
      "`vxlam` is not offered for cni.routing",
      "did you mean `vxlan`? offered: native, vxlan, geneve",
    ],
    [
      "certificates.letsencrypt.solvr",
      "x",
      "unknown key `certificates.letsencrypt.solvr`",
      "did you mean `certificates.letsencrypt.solver`?",
    ],
    [
      "certificates.vault",
      "true",
      "unknown key `certificates.vault`",
      "allowed in certificates: default, letsencrypt, internal-ca",
    ],
    [
      "certificates.internal-ca",
      "maybe",
      "`certificates.internal-ca` is text, and true, false or a map of its options stands here",
      "for example certificates.internal-ca: true (Internal CA: an authority of your own)",
    ],
    ["dns.publish.home", "weave", "unknown provider `weave` for dns.publish.home", "offered: cloudflare, unifi"],
    [
      "dns.publish.cloudflare",
      "unify",
      "unknown provider `unify` for dns.publish.cloudflare",
      "did you mean `unifi`? offered: cloudflare, unifi",
    ],
    [
      "dns.publish.home.provider",
      "weave",
      "unknown provider `weave` for dns.publish.home",
      "offered: cloudflare, unifi",
    ],
    [
      "dns.publish.cloudflare.policy",
      "snyc",
      "`snyc` is not offered for dns.publish.cloudflare.policy",
      "did you mean `sync`? offered: upsert-only, sync",
    ],
    [
      "dns.publish.home.polcy",
      "sync",
      "unknown key `dns.publish.home.polcy`",
      "did you mean `dns.publish.home.policy`?",
    ],
    [
      "dns.publish.home.colour",
      "red",
      "unknown key `dns.publish.home.colour`",
      "allowed in dns.publish.home: provider, gateways, policy, proxied, ttl, host",
    ],
    ["cni", "weave", "unknown provider `weave` for cni", "offered: cilium, calico"],
    [
      "lan.hosts.nas",
      "10.0.0.256",
      "`10.0.0.256` is not an IP address",
      "for example lan.hosts.nas: 172.16.1.60 (its address)",
    ],
    [
      "lan.hosts",
      "nas",
      "`lan.hosts` is text, and a map of machines stands here",
      "for example lan.hosts: { nas: 192.168.1.20 } (machines that are no nodes, so that their addresses count as taken)",
    ],
    ["domains", "a.cc,b", "`b` is one word, and a domain has a dot", "for example ragas.cc"],
    [
      "name",
      "",
      "an empty text is not a name",
      "a name has lower-case letters, digits and hyphens, and begins and ends with a letter or digit",
    ],
    [
      "repository.url",
      "https://me:secret@example.com/a.git",
      "the address of the repository carries a user name or password",
      "repository.url: https://example.com/a.git (revoke that password or token: this file is pushed with the rest)",
    ],
  ])("--set %s=%s", (path, text, message, fix) => {
    const setting = set(path, text);
    expect("finding" in setting && setting.finding).toEqual({
      id: message.startsWith("unknown key") ? "SPEC-UNKNOWN-KEY" : expect.stringMatching(/^SPEC-(VALUE|TYPE)$/),
      severity: "error",
      message,
      paths: [expect.stringMatching(new RegExp(`^${path}(\\.\\d)?$`))],
      fix,
    });
  });

  it("a word where a number or a switch stands", () => {
    expect(set("cluster.api.port", "http")).toMatchObject({
      finding: { id: "SPEC-TYPE", message: "`cluster.api.port` is text, and a whole number stands here" },
    });
    expect(set("cni.loadBalancing.maglev", "yes")).toMatchObject({
      finding: { message: "`cni.loadBalancing.maglev` is text, and true or false stands here" },
    });
  });

  it("a bracket that is not closed", () => {
    expect(set("domains", "[a.cc")).toMatchObject({
      finding: { id: "YAML-SYNTAX", places: [{ file: "--set domains", line: 1 }] },
    });
  });
});
