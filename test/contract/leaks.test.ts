/**
 * Nothing of one network stands in the tree of another: addresses, names and URLs come from the spec and from nowhere
 * else. Each preset is held against the others, and against a network that shares no name and no address with any.
 */
import { describe, expect, it } from "vitest";
import { presetNames } from "../../generators/create/start.ts";
import { literally } from "../../src/model/text.ts";
import { isMap } from "../../src/model/unknown.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { emitted, emittedCatalog } from "../fixtures/emitted.ts";

const UNLIKE = `version: 1
name: zebra
domains: [quagga.example]
repository: { url: https://git.okapi.example/stripes/zebra.git, branch: savanna }
gitops: flux
lan:
  cidr: 10.99.96.0/21
  gateway: 10.99.96.254
  dhcp: 10.99.99.10-10.99.99.20
  dns: [10.99.96.253]
  hosts: { giraffe: 10.99.96.251 }
cluster:
  distribution: talos
  hardware: bare-metal
  kubernetes: "1.36"
  api: { provider: talos-vip, address: 10.99.96.249 }
  pods: 10.201.0.0/16
  services: 10.202.0.0/16
  nodeDefaults: { interface: enp77s0, disk: /dev/disk/by-id/hyena }
  nodes:
    antelope: { ip: 10.99.96.31, role: control-plane }
    warthog: { ip: 10.99.96.32, role: worker }
loadBalancer: { pools: { watering-hole: 10.99.97.60-10.99.97.69 } }
ingress: { gateways: { meerkat: { address: 10.99.97.61, default: true } } }
dns: { split: { address: 10.99.97.60 } }
`;

interface Spec {
  readonly name: string;
  readonly text: string;
}

const specs: readonly Spec[] = [
  ...presetNames(emittedCatalog).map((name) => ({
    name,
    text: emittedCatalog.templates.render(`presets/${name}.yaml`, {}),
  })),
  { name: "a network unlike all others", text: UNLIKE },
];

/** Keys whose entries people name. */
const NAMED = ["hosts", "nodes", "pools", "gateways", "networks", "peers"];

/** Keys whose values are choices, and words of every network that makes the same. */
const CHOICES = ["provider", "distribution", "kubernetes"];

/** What only this network has: values with digits, dots or slashes, and names of machines, pools and gateways. */
function literalsOf(value: unknown, key = ""): readonly string[] {
  if (CHOICES.includes(key)) return [];
  if (Array.isArray(value)) return value.flatMap((item) => literalsOf(item, key));
  if (!isMap(value)) return typeof value === "string" && /[\d./]/.test(value) ? value.split(/-(?=\d+\.)/) : [];
  const names = NAMED.includes(key) ? Object.keys(value) : [];
  return [...names, ...Object.entries(value).flatMap(([below, item]) => literalsOf(item, below))];
}

/** Names that pages and objects of every network have for reasons of their own. */
const COMMON = [
  "internal",
  "external",
  "lan",
  "main",
  "router",
  "adguard",
  "technitium",
  "opnsense",
  // What Proxmox calls its first bridge and virtual machines their cards.
  "vmbr0",
  "ens18",
  "ens19",
  // Words of values and of the files of HAProxy and Traefik, and a size.
  "global",
  "8GiB",
];

const own = ({ text }: Spec, other: Spec): readonly string[] =>
  [...new Set(readDocuments(text, "homelab.yaml").flatMap((document) => literalsOf(document)))].filter(
    (literal) => literal.length > 3 && !COMMON.includes(literal) && !other.text.includes(literal),
  );

const whole = (literal: string): RegExp => new RegExp(`(?<![\\w.-])${literally(literal)}(?![\\w-]|\\.\\d)`);

describe.each(specs)("the tree of $name", (spec) => {
  const files = [...emitted(spec.text).tree].filter(([path]) => path !== ".homelab-net/schema.json");
  const others = specs.filter((other) => other !== spec);

  it.each(others)("has nothing of $name", (other) => {
    const literals = own(other, spec);
    expect(literals.length).toBeGreaterThan(10);
    const leaks = literals.flatMap((literal) =>
      files.flatMap(([path, { content }]) =>
        whole(literal).test(content) || path.includes(literal) ? [`${literal} in ${path}`] : [],
      ),
    );
    expect(leaks).toEqual([]);
  });
});

it("is found where something does leak", () => {
  const [first, second] = specs as readonly [Spec, Spec];
  const [literal = ""] = own(second, first);
  expect(whole(literal).test(`address: ${literal}\n`)).toBe(true);
  expect(whole(literal).test(`address: 1${literal}5\n`)).toBe(false);
});
