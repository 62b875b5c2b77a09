import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { assembleCatalog } from "../cli/catalog.ts";
import { describe, expect, it, test } from "vitest";
import { madeUpCatalog } from "../../test/fixtures/catalog.ts";
import { LARGE_SPEC, SMALL_SPEC } from "../../test/fixtures/specs.ts";
import { read } from "../yaml/read.ts";
import { jsonSchema } from "./jsonSchema.ts";
import { loadSpec } from "./load.ts";

const catalog = madeUpCatalog();
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(jsonSchema(catalog));

function errors(text: string): readonly ErrorObject[] {
  validate(read(text, "homelab.yaml", { aliases: "refuse" }).value);
  return validate.errors ?? [];
}

// What YAML takes for a number the loader reads as text; an editor asks for the quotes.
const QUOTED = LARGE_SPEC.replace("kubernetes: 1.30", 'kubernetes: "1.30"');

const K3S = SMALL_SPEC.replace("distribution: talos", "distribution: k3s\n  datastore: etcd");

const withMore = (more: string): string => `${SMALL_SPEC}${more}\n`;

describe("what loads is valid", () => {
  test.each([
    ["much", QUOTED],
    ["little", SMALL_SPEC],
    ["another platform", K3S],
    ["short forms", SMALL_SPEC.replace("loadBalancer:", "cni: calico\ndns: { split: none }\nloadBalancer:")],
    ["a fallback without its name", SMALL_SPEC.replace("loadBalancer:", "cni: { routing: geneve }\nloadBalancer:")],
    ["a key of a component", SMALL_SPEC.replace("loadBalancer:", "loadBalancer:\n  provider: metallb\n  mode: bgp")],
    [
      "nodes that lean on nodeDefaults",
      SMALL_SPEC.replace("hardware: bare-metal", "hardware: proxmox").replace(
        "interface: eno1",
        "interface: eno1, proxmox: { host: pve1 }",
      ),
    ],
    ["components beside each other", withMore("certificates: { internal-ca: true, letsencrypt: { solver: route53 } }")],
    [
      "a component with nothing to say, and one that is off",
      withMore("certificates: { internal-ca: , letsencrypt: false }"),
    ],
    [
      "entries by the names of their providers",
      withMore("dns: { publish: { cloudflare: true, unifi: { host: udm } } }"),
    ],
    [
      "entries by other names",
      withMore("dns: { publish: { a: cloudflare, unifi: cloudflare, b: { provider: unifi, host: x } } }"),
    ],
    ["an entry that says its provider again", withMore("dns: { publish: { unifi: { provider: unifi, host: udm } } }")],
    [
      "an entry called as another provider",
      withMore("dns: { publish: { unifi: { provider: cloudflare, proxied: true } } }"),
    ],
    ["both IP families", SMALL_SPEC.replace("cidr: 192.168.1.0/24", "cidr: [192.168.1.0/24, fd00:1::/64]")],
    [
      "both IP families in short forms",
      SMALL_SPEC.replace("cluster:", "networks: { vpn: [10.8.0.0/24, fd08::/64] }\ncluster:"),
    ],
    ["a range with spaces", SMALL_SPEC.replace("192.168.1.60-192.168.1.69", "192.168.1.60 - 192.168.1.69")],
  ])("%s", (_, text) => {
    expect(loadSpec(text, "homelab.yaml", catalog).findings).toEqual([]);
    expect(errors(text)).toEqual([]);
  });
});

describe("what does not load for a slip is not valid either", () => {
  test.each<[string, string, string]>([
    ["loadBalancer:", "cni: { provider: cilium, routng: vxlan }\nloadBalancer:", "/cni"],
    ["loadBalancer:", "cni: { provider: cilium, dataplane: ebpf }\nloadBalancer:", "/cni"],
    ["loadBalancer:", "cni: { provider: cilium, routing: vxlam }\nloadBalancer:", "/cni/routing"],
    ["loadBalancer:", "cni: weave\nloadBalancer:", "/cni"],
    ["loadBalancer:", "cni: { dataplane: ebpf }\nloadBalancer:", "/cni"],
    ["loadBalancer:", "colour: blue\nloadBalancer:", ""],
    ["  pools: { lan: 192.168.1.60-192.168.1.69 }", "  provider: metallb", "/loadBalancer"],
    ["loadBalancer:\n  pools: { lan: 192.168.1.60-192.168.1.69 }\n", "", ""],
    ["name: home", "name: My Home", "/name"],
    ["name: home\n", "", ""],
    ["  cidr: 192.168.1.0/24\n", "", "/lan"],
    ["cidr: 192.168.1.0/24", "cidr: fd00::1", "/lan/cidr"],
    ["cidr: 192.168.1.0/24", "cidr: [192.168.1.0/24, fd00::/64, fd01::/64]", "/lan/cidr"],
    ["cidr: 192.168.1.0/24", "cidr: [192.168.1.0/24, fd00::1]", "/lan/cidr/1"],
    ["https://github.com/example/homelab.git", "git@github.com:example/homelab.git", "/repository/url"],
    ["domains: [example.com]", "domains: []", "/domains"],
    ["role: control-plane", "role: controlplane", "/cluster/nodes/node-1/role"],
    ["node-1:", "node_1:", "/cluster/nodes"],
    ["role: control-plane }", "role: control-plane, intrface: eno2 }", "/cluster/nodes/node-1"],
    ["hardware: bare-metal", "hardware: bare-metal\n  datastore: etcd", "/cluster/datastore"],
    ["role: control-plane }", "role: control-plane, proxmox: { host: pve1 } }", "/cluster/nodes/node-1/proxmox"],
    ["distribution: talos", "distribution: k3s", "/cluster"],
    ["hardware: bare-metal", "hardware: bare-metal\n  api: vip", "/cluster/api"],
    ["loadBalancer:", "silence: { lb-pool: because }\nloadBalancer:", "/silence"],
    ["loadBalancer:", "certificates: { letsencript: {} }\nloadBalancer:", "/certificates"],
    ["loadBalancer:", "certificates: { letsencrypt: true }\nloadBalancer:", "/certificates/letsencrypt"],
    ["loadBalancer:", "certificates: { letsencrypt: {} }\nloadBalancer:", "/certificates/letsencrypt"],
    ["loadBalancer:", "certificates:\n  letsencrypt:\nloadBalancer:", "/certificates/letsencrypt"],
    ["loadBalancer:", "certificates: { internal-ca: on }\nloadBalancer:", "/certificates/internal-ca"],
    ["loadBalancer:", "certificates: { internal-ca: { days: 0 } }\nloadBalancer:", "/certificates/internal-ca/days"],
    ["loadBalancer:", "certificates: internal-ca\nloadBalancer:", "/certificates"],
    ["loadBalancer:", "dns: { publish: cloudflare }\nloadBalancer:", "/dns/publish"],
    ["loadBalancer:", "dns: { publish: { home: true } }\nloadBalancer:", "/dns/publish/home"],
    ["loadBalancer:", "dns: { publish: { home: {} } }\nloadBalancer:", "/dns/publish/home"],
    ["loadBalancer:", "dns: { publish: { home: unifi } }\nloadBalancer:", "/dns/publish/home"],
    ["loadBalancer:", "dns: { publish: { home: bind } }\nloadBalancer:", "/dns/publish/home"],
    ["loadBalancer:", "dns: { publish: { home: { provider: bind } } }\nloadBalancer:", "/dns/publish/home/provider"],
    ["loadBalancer:", "dns: { publish: { cloudflare: false } }\nloadBalancer:", "/dns/publish/cloudflare"],
    ["loadBalancer:", "dns: { publish: { unifi: true } }\nloadBalancer:", "/dns/publish/unifi"],
    ["loadBalancer:", "dns: { publish: { cloudflare: { host: udm } } }\nloadBalancer:", "/dns/publish/cloudflare"],
    [
      "loadBalancer:",
      "dns: { publish: { home: { provider: cloudflare, host: x } } }\nloadBalancer:",
      "/dns/publish/home",
    ],
    [
      "loadBalancer:",
      "dns: { publish: { cloudflare: { policy: sink } } }\nloadBalancer:",
      "/dns/publish/cloudflare/policy",
    ],
    ["loadBalancer:", "dns: { publish: { provider: cloudflare } }\nloadBalancer:", "/dns/publish"],
    ["loadBalancer:", "dns: { publish: { My Home: cloudflare } }\nloadBalancer:", "/dns/publish"],
  ])("%j → %j", (from, to, path) => {
    expect(SMALL_SPEC).toContain(from);
    const text = SMALL_SPEC.replace(from, to);
    expect(loadSpec(text, "homelab.yaml", catalog).spec).toBeUndefined();
    expect(errors(text).map(({ instancePath }) => instancePath)).toContain(path);
  });
});

describe("the text of the schema", () => {
  const text = JSON.stringify(jsonSchema(catalog));

  it("shows the words of software that something follows from, and takes others", () => {
    const { properties } = jsonSchema(assembleCatalog()) as {
      properties: { lan: { properties: { hosts: { additionalProperties: unknown } } } };
    };
    const text = JSON.stringify(properties.lan.properties.hosts);
    for (const word of ["adguard-home", "frr", "mikrotik", "opnsense", "pfsense", "unifi", "vyos"])
      expect(text).toContain(`"${word}"`);
    expect(text).toMatch(/"examples":\["adguard-home",/);
    expect(text).not.toContain('"enum"');
  });
  it("describes keys and shows examples", () => {
    expect(jsonSchema(catalog)).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      properties: { lan: { properties: { cidr: { description: "your LAN", examples: ["192.168.1.0/24"] } } } },
    });
  });

  it("has no words only this program knows", () => {
    for (const word of [
      "because",
      "comment",
      "example",
      "kind",
      "short",
      "toggle",
      "nameFor",
      "layout",
      "needed",
      "$ref",
    ])
      expect(text).not.toContain(`"${word}":`);
  });

  it("is the same each time", () => {
    expect(JSON.stringify(jsonSchema(madeUpCatalog()))).toBe(text);
  });
});
