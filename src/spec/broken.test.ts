/** What people read when a spec cannot be read: one slip a row; the findings stand in broken.findings.txt, to be read as prose. */
import { expect, it, test } from "vitest";
import { madeUpCatalog } from "../../test/fixtures/catalog.ts";
import { rowsOfSeveral, type Row } from "../../test/fixtures/brokenSeveral.ts";
import { SMALL_SPEC } from "../../test/fixtures/specs.ts";
import type { Finding } from "../model/finding.ts";
import { loadSpec } from "./load.ts";

const rows: readonly Row[] = [
  ["a key with a slip", "pools:", "pool:"],
  [
    "a key that belongs to another component",
    "loadBalancer:",
    "cni: { provider: cilium, dataplane: ebpf }\nloadBalancer:",
  ],
  ["a slip inside a slot", "loadBalancer:", "cni: { provider: cilium, routng: vxlan }\nloadBalancer:"],
  [
    "a slip deep inside a slot",
    "loadBalancer:",
    "cni: { provider: cilium, loadBalancing: { maglv: true } }\nloadBalancer:",
  ],
  ["a value that is not offered", "loadBalancer:", "cni: { provider: cilium, routing: vxlam }\nloadBalancer:"],
  ["an unknown provider, long form", "loadBalancer:", "cni: { provider: cillium, routing: vxlan }\nloadBalancer:"],
  ["an unknown provider, short form", "loadBalancer:", "cni: weave\nloadBalancer:"],
  ["a number for a provider", "loadBalancer:", "cni: 5\nloadBalancer:"],
  ["a list for a slot", "loadBalancer:", "cni: [cilium]\nloadBalancer:"],
  [
    "options that exclude each other",
    "loadBalancer:",
    "cni: { provider: cilium, routing: vxlan, loadBalancing: { mode: dsr } }\nloadBalancer:",
  ],
  ["a key of the wrong level", "loadBalancer:", "pools: { lan: 192.168.1.60 }\nloadBalancer:"],
  ["a key with dots", "loadBalancer:", "lan.gateway: 192.168.1.1\nloadBalancer:"],
  ["a key nobody knows", "loadBalancer:", "colour: blue\nloadBalancer:"],
  ["a dangerous key", "loadBalancer:", "__proto__: { polluted: true }\nloadBalancer:"],
  ["a dangerous name", "  gateway: 192.168.1.1", "  hosts: { __proto__: 192.168.1.9 }"],
  ["nothing where the LAN should be", "  cidr: 192.168.1.0/24\n", ""],
  ["a key without a value", "cidr: 192.168.1.0/24", "cidr:"],
  ["host bits", "cidr: 192.168.1.0/24", "cidr: 192.168.1.1/24"],
  ["no prefix length", "cidr: 192.168.1.0/24", "cidr: 192.168.1.0"],
  ["a netmask", "cidr: 192.168.1.0/24", "cidr: 192.168.1.0/255.255.255.0"],
  ["an IPv4 network in the form of IPv6", "cidr: 192.168.1.0/24", "cidr: ::ffff:192.168.1.0/120"],
  ["an IPv4 address in the form of IPv6", "gateway: 192.168.1.1", "gateway: ::ffff:192.168.1.1"],
  ["an address with an interface", "gateway: 192.168.1.1", "gateway: fe80::1%eth0"],
  ["an address that is none", "gateway: 192.168.1.1", "gateway: 192.168.1.300"],
  ["an address with a prefix length", "gateway: 192.168.1.1", "gateway: 192.168.1.1/24"],
  ["an address with leading zeros", "gateway: 192.168.1.1", "gateway: 192.168.001.001"],
  ["a host name for an address", "gateway: 192.168.1.1", "gateway: router.lan"],
  ["a fraction for an address", "gateway: 192.168.1.1", "gateway: 192.168"],
  ["two addresses of one family", "gateway: 192.168.1.1", "gateway: [192.168.1.1, 192.168.1.2]"],
  ["three addresses", "gateway: 192.168.1.1", "gateway: [192.168.1.1, fd00::1, fd00::2]"],
  ["no address in a list", "gateway: 192.168.1.1", "gateway: []"],
  ["an address that is none in a list", "gateway: 192.168.1.1", "gateway: [192.168.1.1, fd00::x]"],
  ["a DHCP range of IPv6", "  gateway: 192.168.1.1", "  dhcp: fd00::10-fd00::20"],
  ["a range that ends before it begins", "192.168.1.60-192.168.1.69", "192.168.1.69-192.168.1.60"],
  ["a range with a short end", "192.168.1.60-192.168.1.69", "192.168.1.60-69"],
  ["a range with host bits", "192.168.1.60-192.168.1.69", "192.168.1.60/28"],
  ["a range of two families", "192.168.1.60-192.168.1.69", "192.168.1.60-fd00::20"],
  ["two ranges of one family", "192.168.1.60-192.168.1.69", "[192.168.1.60-192.168.1.69, 192.168.1.80/31]"],
  ["no range at all", "192.168.1.60-192.168.1.69", "sixty to seventy"],
  ["text for a list", "domains: [example.com]", "domains: example.com"],
  ["an empty list", "domains: [example.com]", "domains: []"],
  ["a domain twice", "domains: [example.com]", "domains: [example.com, example.com]"],
  ["a domain with a scheme", "[example.com]", "[https://Example.com/]"],
  ["a wildcard", "[example.com]", '["*.example.com"]'],
  ["a domain of one word", "[example.com]", "[example]"],
  ["a map for a domain", "[example.com]", "[{ name: example.com }]"],
  ["an SSH repository", "https://github.com/example/homelab.git", "git@github.com:example/homelab.git"],
  ["an SSH address without a user", "https://github.com/example/homelab.git", "ssh://github.com/example/homelab.git"],
  ["a repository without encryption", "https://github.com/example/homelab.git", "http://git.example.com/homelab.git"],
  [
    "a repository with a password",
    "https://github.com/example/homelab.git",
    "https://me:s3cret@github.com/example/homelab.git",
  ],
  ["a repository that is none", "https://github.com/example/homelab.git", "github.com/example/homelab"],
  ["a host without a repository", "https://github.com/example/homelab.git", "https://github.com/"],
  ["a branch that is none", "homelab.git }", "homelab.git, branch: my branch }"],
  ["a folder outside", "homelab.git }", "homelab.git, path: ../other }"],
  ["a folder with a slash", "homelab.git }", "homelab.git, path: /clusters/home/ }"],
  ["an engine that is not offered", "version: 1", "version: 1\ngitops: argo"],
  ["another version", "version: 1", "version: 2"],
  ["a name with capitals", "name: home", "name: My Home"],
  ["a name that is too long", "name: home", "name: the-network-of-the-house-at-the-lake"],
  ["a node name with an underscore", "node-1:", "node_1:"],
  ["a bad name, and what is wrong below it", "node-1: { ip: 192.168.1.50", "Node: { ip: 192.168.1.500"],
  ["a node name YAML takes for a number", "node-1:", "01:"],
  ["no nodes", "    node-1: { ip: 192.168.1.50, role: control-plane }\n", ""],
  ["a node without an address", "ip: 192.168.1.50, ", ""],
  ["a role that does not exist", "role: control-plane", "role: controlplane"],
  ["a node that is only an address", "node-1: { ip: 192.168.1.50, role: control-plane }", "node-1: 192.168.1.50"],
  ["a slip in a node", "role: control-plane }", "role: control-plane, intrface: eno2 }"],
  [
    "a slip in nodeDefaults, said once",
    "nodeDefaults: { interface: eno1 }",
    "nodeDefaults: { interface: eno1, dsk: /dev/sdb }",
  ],
  [
    "nodeDefaults with an address",
    "nodeDefaults: { interface: eno1 }",
    "nodeDefaults: { interface: eno1, ip: 192.168.1.50 }",
  ],
  [
    "a wrong type in nodeDefaults, said once",
    "nodeDefaults: { interface: eno1 }",
    "nodeDefaults: { interface: [eno1] }",
  ],
  ["a key a node needs", "  nodeDefaults: { interface: eno1 }\n", ""],
  ["a key of the other platform", "hardware: bare-metal", "hardware: bare-metal\n  datastore: etcd"],
  ["a key of the other hardware", "role: control-plane }", "role: control-plane, proxmox: { host: pve1 } }"],
  ["a distribution that is not offered", "distribution: talos", "distribution: taloss"],
  ["a choice left out", "  distribution: talos\n", ""],
  ["more than a minor version", "distribution: talos", "distribution: talos\n  kubernetes: v1.36.4"],
  ["a word for a version", "distribution: talos", "distribution: talos\n  kubernetes: stable"],
  ["a slip in a host", "  gateway: 192.168.1.1", "  hosts: { nas: { ip: 192.168.1.20, sofware: nfs } }"],
  ["a host with a bad address", "  gateway: 192.168.1.1", "  hosts: { nas: 192.168.1.256 }"],
  ["a host that is a list", "  gateway: 192.168.1.1", "  hosts: { nas: [192.168.1.20, 192.168.1.x] }"],
  [
    "software that is a map",
    "  gateway: 192.168.1.1",
    "  hosts: { nas: { ip: 192.168.1.20, software: { nfs: true } } }",
  ],
  ["hosts as a list", "  gateway: 192.168.1.1", "  hosts: [192.168.1.20]"],
  ["a resolver that is neither", "  gateway: 192.168.1.1", '  dns: [192.168.1.1, "my router"]'],
  ["a time server that is neither", "  gateway: 192.168.1.1", '  ntp: [time, "2001:db8::x"]'],
  [
    "a number out of bounds",
    "  hardware: bare-metal",
    "  hardware: bare-metal\n  api: { provider: vip, address: 192.168.1.49, port: 70000 }",
  ],
  [
    "a fraction for a whole number",
    "  hardware: bare-metal",
    "  hardware: bare-metal\n  api: { provider: vip, address: 192.168.1.49, port: 6443.5 }",
  ],
  ["a required key of a component, short form", "  hardware: bare-metal", "  hardware: bare-metal\n  api: vip"],
  [
    "a switch that is text",
    "loadBalancer:",
    "ingress: { gateways: { internal: { address: 192.168.1.61, default: maybe } } }\nloadBalancer:",
  ],
  ...rowsOfSeveral,
  ["a silenced rule that is no rule id", "loadBalancer:", "silence: { lb-pool: because }\nloadBalancer:"],
  ["a silenced rule without a reason", "loadBalancer:", 'silence: { LB-POOL: "" }\nloadBalancer:'],
  ["a line break in a value", "name: home", 'name: "ho\\nme\\u202e"'],
  [
    "several slips at once",
    "  gateway: 192.168.1.1\n\ncluster:\n  distribution: talos",
    "  gatway: 192.168.1.1\n\ncluster:\n  distribution: k8s\n  pods: 10.42.0.1/16",
  ],
  ["a key twice", "name: home", "name: home\nname: house"],
  ["an anchor", "name: home", "name: &n home"],
  ["a tab", "  cidr:", "\tcidr:"],
  ["a list for the whole file", null, "- version: 1\n"],
  ["an empty file", null, ""],
];

const broken = ([, from, to]: Row): string => (from === null ? to : SMALL_SPEC.replace(from, () => to));
const load = (row: Row) => loadSpec(broken(row), "homelab.yaml", madeUpCatalog());

/** Id, path, line:column+length, then message and fix. */
function prose({ id, paths, places = [], message, fix }: Finding): string {
  const where = [
    ...paths.filter((path) => path !== ""),
    ...places.map(({ line, column, length }) => `${line}:${column}+${length}`),
  ];
  return [`${[id, ...where].join(" ")}`, `  ${message}`, ...(fix === undefined ? [] : [`  fix: ${fix}`])].join("\n");
}

const change = (sign: string, text: string): string => text.replace(/\n$/, "").replace(/^/gm, `${sign} `);

test.each(rows)("%s is refused", (...row) => {
  const [, from] = row;
  expect(SMALL_SPEC).toContain(from ?? "");
  const { spec, findings } = load(row);
  expect(spec).toBeUndefined();
  expect(findings).not.toEqual([]);
});

it("says of each what is wrong, where, and what to do", async () => {
  const chapters = rows.map((row) => {
    const [title, from, to] = row;
    const { findings } = load(row);
    return [`# ${title}`, ...(from === null ? [] : [change("-", from)]), change("+", to), ...findings.map(prose)].join(
      "\n",
    );
  });
  await expect(`${chapters.join("\n\n")}\n`).toMatchFileSnapshot("broken.findings.txt");
});

it("never repeats a password", () => {
  const url = "https://me:s3cret@github.com/example/homelab.git";
  const texts = [
    SMALL_SPEC.replace("https://github.com/example/homelab.git", url),
    SMALL_SPEC.replace("name: home", `name: ${url}`),
    SMALL_SPEC.replace("version: 1", `version: 1\ncolour: ${url}`),
    SMALL_SPEC.replace("domains: [example.com]", `domains: ${url}`),
    SMALL_SPEC.replace("domains: [example.com]", `domains: [ ${url}`),
    SMALL_SPEC.replace("repository: {", `repository: &a {`).replace("https://github.com/example/homelab.git", url),
  ];
  for (const text of texts) {
    const { findings } = loadSpec(text, "homelab.yaml", madeUpCatalog());
    expect(findings).not.toEqual([]);
    expect(JSON.stringify(findings)).not.toContain("s3cret");
  }
});
