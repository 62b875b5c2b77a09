import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { madeUpCatalog } from "../../test/fixtures/catalog.ts";
import { LARGE_SPEC, SMALL_SPEC } from "../../test/fixtures/specs.ts";
import { loadSpec } from "./load.ts";
import { setInSpec } from "./setInSpec.ts";

const catalog = madeUpCatalog();
const set = (text: string, path: string, value: unknown) => setInSpec(text, "homelab.yaml", path, value, catalog);

/** The lines that differ, `-` before and `+` after. */
function changes(before: string, after: string): readonly string[] {
  const [old, young] = [before.split("\n"), after.split("\n")];
  const gone = old.filter((line) => !young.includes(line)).map((line) => `- ${line.trim()}`);
  const come = young.filter((line) => !old.includes(line)).map((line) => `+ ${line.trim()}`);
  return [...gone, ...come];
}

describe("setInSpec changes the lines in question", () => {
  test.each<[string, string, unknown, readonly string[]]>([
    [
      "a scalar with a comment behind it",
      "lan.dhcp",
      "172.16.1.200-172.16.1.250",
      [
        "- dhcp: 172.16.1.100-172.16.1.199           # ask the router",
        "+ dhcp: 172.16.1.200-172.16.1.250           # ask the router",
      ],
    ],
    [
      "a key inside braces",
      "repository.branch",
      "next",
      [
        "- repository: { url: https://github.com/example/homelab.git, branch: main, path: clusters/home }",
        "+ repository: { url: https://github.com/example/homelab.git, branch: next, path: clusters/home }",
      ],
    ],
    [
      "text that looks like a number",
      "cluster.kubernetes",
      "1.31",
      [
        "- kubernetes: 1.30                          # YAML takes it for a number",
        '+ kubernetes: "1.31"                          # YAML takes it for a number',
      ],
    ],
    ["a new host", "lan.hosts.tv", "172.16.1.30", ["+ tv: 172.16.1.30"]],
    [
      "more about a host in short form",
      "lan.hosts.pve1.software",
      ["proxmox"],
      ["- pve1: 172.16.1.2", "+ pve1:", "+ ip: 172.16.1.2", "+ software:", "+ - proxmox"],
    ],
    [
      "an option of a slot in short form",
      "dns.split.address",
      "172.16.1.60",
      ["- split: none", "+ split:", "+ provider: none", "+ address: 172.16.1.60"],
    ],
    ["a switch in short form", "dns.split", "k8s-gateway", ["- split: none", "+ split: k8s-gateway"]],
    [
      "a switch that loses the keys of the old position",
      "cni",
      "calico",
      ["- provider: cilium", "- routing: native", "- loadBalancing: { mode: dsr }", "+ provider: calico"],
    ],
    [
      "a switch that keeps what both positions share",
      "loadBalancer.provider",
      "cilium",
      ["- provider: metallb", "- mode: l2"],
    ],
    [
      "a provider the catalog does not offer, for loading to refuse",
      "loadBalancer",
      "purelb",
      ["- provider: metallb", "+ provider: purelb"],
    ],
    [
      "an option of a component that is only there",
      "certificates.internal-ca.days",
      30,
      [
        "- internal-ca: true                         # for the printer",
        "+ internal-ca:                         # for the printer",
        "+ days: 30",
      ],
    ],
    [
      "an option inside the braces of a component",
      "certificates.letsencrypt.environment",
      "production",
      [
        "- letsencrypt: { solver: cloudflare }       # no port is open",
        "+ letsencrypt: { solver: cloudflare, environment: production }       # no port is open",
      ],
    ],
    [
      "a component that is taken away",
      "certificates.internal-ca",
      false,
      [
        "- internal-ca: true                         # for the printer",
        "+ internal-ca: false                         # for the printer",
      ],
    ],
    [
      "a component that is taken away with its options",
      "certificates.letsencrypt",
      false,
      ["- letsencrypt: { solver: cloudflare }       # no port is open", "+ letsencrypt: false       # no port is open"],
    ],
    ["a component that is there with options", "certificates.letsencrypt", true, []],
    [
      "what all components share",
      "certificates.default",
      "internal-ca",
      ["- default: letsencrypt", "+ default: internal-ca"],
    ],
    [
      "a key of an entry",
      "dns.publish.cloudflare.policy",
      "upsert-only",
      [
        "- cloudflare: { policy: sync, gateways: [external] }",
        "+ cloudflare: { policy: upsert-only, gateways: [external] }",
      ],
    ],
    [
      "a key of an entry in short form",
      "dns.publish.guests.policy",
      "sync",
      [
        "- guests: cloudflare                      # for parties",
        "+ guests:                      # for parties",
        "+ provider: cloudflare",
        "+ policy: sync",
      ],
    ],
    [
      "the provider of an entry in short form",
      "dns.publish.guests.provider",
      "unifi",
      ["- guests: cloudflare                      # for parties", "+ guests: unifi                      # for parties"],
    ],
    [
      "the provider of an entry, with what both know",
      "dns.publish.cloudflare",
      "unifi",
      [
        "- cloudflare: { policy: sync, gateways: [external] }",
        "+ cloudflare: { policy: sync, gateways: [external], provider: unifi }",
      ],
    ],
    ["an entry that is there with options", "dns.publish.cloudflare", true, []],
    [
      "a new entry",
      "dns.publish.router",
      { provider: "unifi", host: "nas" },
      ["+ router:", "+ provider: unifi", "+ host: nas"],
    ],
    ["an item of a list", "lan.dns.1", "nas", ["- dns: [adguard, 172.16.1.1]", "+ dns: [adguard, nas]"]],
    [
      "a key of a node",
      "cluster.nodes.cp-1.proxmox.cores",
      4,
      [
        "- cp-1: { ip: 172.16.1.50, role: control-plane, proxmox: { host: pve1 } }",
        "+ cp-1: { ip: 172.16.1.50, role: control-plane, proxmox: { host: pve1, cores: 4 } }",
      ],
    ],
  ])("%s", (_, path, value, lines) => {
    const after = set(LARGE_SPEC, path, value);
    expect(changes(LARGE_SPEC, after)).toEqual(lines);
    for (const comment of [
      "# ask the router",
      "# taken addresses",
      "# for parties",
      "# no port is open",
      "# for the printer",
      "# YAML takes it for a number",
      "# yaml-language-server",
    ])
      expect(after).toContain(comment);
  });
});

describe("setInSpec adds what was not there", () => {
  test.each<[string, string, unknown]>([
    ["a slot", "cni", "calico"],
    ["an option of a slot nobody wrote", "cni.routing", "vxlan"],
    ["a group", "dns.split.address", "192.168.1.60"],
    ["a component of several", "certificates.internal-ca", true],
    ["an option of a component of several", "certificates.internal-ca.days", 30],
    ["a component of several that is off", "certificates.letsencrypt", false],
    ["an entry", "dns.publish.cloudflare", true],
    ["an entry in short form", "dns.publish.home", "cloudflare"],
    ["a key of an entry nobody wrote", "dns.publish.cloudflare.policy", "sync"],
    ["a map", "ingress.gateways", { internal: { address: "192.168.1.61", default: true } }],
  ])("%s", (_, path, value) => {
    const after = set(SMALL_SPEC, path, value);
    expect(changes(SMALL_SPEC, after).filter((line) => line.startsWith("-"))).toEqual([]);
    const { findings, reading } = loadSpec(after, "homelab.yaml", catalog);
    expect(findings).toEqual([]);
    expect(path.split(".").reduce((at, key) => (at as Record<string, unknown>)[key], reading.value)).toEqual(value);
  });
});

it("does nothing twice", () => {
  const once = set(LARGE_SPEC, "cni", "calico");
  expect(set(once, "cni", "calico")).toBe(once);
  expect(set(LARGE_SPEC, "lan.gateway", "172.16.1.1")).toBe(LARGE_SPEC);
});

it("keeps line ends, and every line but the one it changes", () => {
  const paths = [
    "lan.cidr",
    "lan.gateway",
    "name",
    "repository.url",
    "cluster.pods",
    "cni.routing",
    "silence.LB-POOL-DHCP",
    "lan.hosts.nas.ip",
  ];
  const crlf = LARGE_SPEC.replaceAll("\n", "\r\n");
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.string({ minLength: 1, maxLength: 30 }), (path, value) => {
      const after = set(crlf, path, value);
      const [old, young] = [crlf.split("\r\n"), after.split("\r\n")];
      expect(young).toHaveLength(old.length);
      expect(young.filter((line, index) => line !== old[index]).length).toBeLessThanOrEqual(1);
    }),
  );
});

it("says where a text is unreadable", () => {
  expect(() => set("name: [home\n", "name", "x")).toThrow(/homelab\.yaml:/);
});
