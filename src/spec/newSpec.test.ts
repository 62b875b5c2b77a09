import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitrarySpec } from "../../test/fixtures/arbitrarySpec.ts";
import { madeUpCatalog } from "../../test/fixtures/catalog.ts";
import { jsonSchema } from "./jsonSchema.ts";
import { loadSpec } from "./load.ts";
import { newSpec } from "./newSpec.ts";
import { parseSpec } from "./parse.ts";

const catalog = madeUpCatalog();

const VALUE = {
  cni: { loadBalancing: { mode: "dsr" }, provider: "cilium", routing: "native" },
  dns: {
    publish: {
      home: { provider: "cloudflare" },
      unifi: { policy: "sync", host: "nas", gateways: ["internal"] },
      cloudflare: {},
    },
    split: { provider: "none" },
  },
  certificates: {
    "internal-ca": {},
    letsencrypt: { environment: "staging", solver: "cloudflare" },
    default: "internal-ca",
  },
  loadBalancer: { provider: "metallb", pools: { lan: "172.16.1.60-172.16.1.69" }, mode: undefined },
  ingress: { gateways: { internal: { default: true, address: "172.16.1.61" }, external: { address: "172.16.1.62" } } },
  silence: { "LB-POOL-DHCP": "the router reserves them: asked" },
  version: 1,
  name: "on",
  domains: ["ragas.cc"],
  repository: { branch: "main", url: "https://github.com/example/homelab.git" },
  cluster: {
    hardware: "proxmox",
    distribution: "talos",
    kubernetes: "1.30",
    nodes: {
      "cp-1": { role: "control-plane", ip: "172.16.1.50", proxmox: { host: "pve1" } },
      "007": {
        role: "worker",
        ip: "172.16.1.51",
        proxmox: {
          host: "pve1",
          memory: "a machine with so much memory that its line would never fit, {braces} and all",
        },
      },
    },
    nodeDefaults: { interface: "ens18" },
    api: { provider: "vip", address: "172.16.1.49" },
  },
  lan: {
    hosts: { router: { ip: "172.16.1.1" }, nas: { software: ["nfs-server"], ip: "172.16.1.12" } },
    dhcp: "172.16.1.100-172.16.1.199",
    cidr: "172.16.1.0/24",
    dns: ["router"],
  },
};

describe("newSpec", () => {
  it("lays the file out as a person would", () => {
    expect(newSpec(VALUE, catalog)).toBe(`# yaml-language-server: $schema=./.homelab-net/schema.json
# The network this repository describes. Keys that are not here have defaults.
version: 1
name: "on"
domains: [ragas.cc]
repository: { url: https://github.com/example/homelab.git, branch: main }

lan:
  cidr: 172.16.1.0/24
  dhcp: 172.16.1.100-172.16.1.199         # never used for the cluster
  dns: [router]
  hosts:                                  # taken addresses
    router: 172.16.1.1
    nas: { ip: 172.16.1.12, software: [nfs-server] }

cluster:
  distribution: talos
  hardware: proxmox
  kubernetes: "1.30"
  api: { provider: vip, address: 172.16.1.49 }
  nodeDefaults: { interface: ens18 }
  nodes:
    cp-1: { ip: 172.16.1.50, role: control-plane, proxmox: { host: pve1 } }
    "007":
      ip: 172.16.1.51
      role: worker
      proxmox:
        host: pve1
        memory: a machine with so much memory that its line would never fit, {braces} and all

cni:
  provider: cilium
  routing: native
  loadBalancing: { mode: dsr }

loadBalancer:
  provider: metallb
  pools: { lan: 172.16.1.60-172.16.1.69 }

ingress:
  gateways:
    internal: { address: 172.16.1.61, default: true }
    external: { address: 172.16.1.62 }

dns:
  split: none
  publish:
    home: cloudflare
    unifi: { gateways: [internal], policy: sync, host: nas }
    cloudflare: {}

certificates:
  default: internal-ca
  letsencrypt: { solver: cloudflare, environment: staging }
  internal-ca: {}

silence:
  LB-POOL-DHCP: "the router reserves them: asked"
`);
  });

  it("writes one component or entry that says no more on one line", () => {
    const text = newSpec(
      { certificates: { "internal-ca": true }, dns: { publish: { home: { provider: "cloudflare" } } } },
      catalog,
    );
    expect(text).toContain("\ncertificates: { internal-ca: true }\n");
    expect(text).toContain("\ndns:\n  publish: { home: cloudflare }\n");
  });

  it("takes another header", () => {
    const text = newSpec(VALUE, catalog, "The house at the lake.\n\nAsk Ragas.");
    expect(text.split("\n").slice(0, 5)).toEqual([
      "# yaml-language-server: $schema=./.homelab-net/schema.json",
      "# The house at the lake.",
      "#",
      "# Ask Ragas.",
      "version: 1",
    ]);
  });

  it("writes what the schema does not know as well, so that loading can say so", () => {
    const { findings } = loadSpec(newSpec({ ...VALUE, colour: "blue" }, catalog), "homelab.yaml", catalog);
    expect(findings.map(({ message }) => message)).toEqual(["unknown key `colour`"]);
  });

  it("gives any valid spec back, accepts its own layout, and satisfies the JSON Schema", () => {
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(jsonSchema(catalog));
    fc.assert(
      fc.property(arbitrarySpec, (value) => {
        const text = newSpec(value, catalog);
        const { spec, findings, reading } = loadSpec(text, "homelab.yaml", catalog);
        expect(findings).toEqual([]);
        expect(spec).toEqual(parseSpec(value, catalog).spec);
        expect(newSpec(reading.value as Record<string, unknown>, catalog)).toBe(text);
        expect(validate(reading.value), JSON.stringify(validate.errors)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it("keeps every line below 100 characters where a break is possible, and none ends in a space", () => {
    fc.assert(
      fc.property(arbitrarySpec, (value) => {
        for (const line of newSpec(value, catalog).split("\n")) {
          expect(line).not.toMatch(/\s$/);
          if (line.length > 100) expect(line).not.toMatch(/^\s*[\w-]+: \{/);
        }
      }),
    );
  });
});
