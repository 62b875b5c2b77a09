/**
 * Every option with few positions is a parameter of its own, read off the schema; what takes a number, a name or an
 * address, or changes the shape of the network, is written here. A new option of the catalog is in the array by itself.
 */
import type { Catalog } from "../../src/model/component.ts";
import { specKeys } from "../../src/spec/keys.ts";
import type { SpecKey } from "../../src/spec/spec.ts";
import {
  all,
  ANY,
  asItIs,
  set,
  setting,
  WITHOUT,
  type Needs,
  type Parameter,
  type SpecDraft,
  type Value,
} from "./parameter.ts";

/** A network that says only what it has to. */
export const BASE: SpecDraft = {
  version: 1,
  name: "home",
  domains: ["example.com"],
  repository: { url: "https://github.com/example/homelab.git" },
  lan: {
    cidr: "192.168.1.0/24",
    gateway: "192.168.1.1",
    dhcp: "192.168.1.100-192.168.1.199",
    hosts: { pve1: "192.168.1.2", pve2: "192.168.1.3", nas: "192.168.1.20" },
  },
  cluster: { distribution: "talos" },
  loadBalancer: { pools: { lan: "192.168.1.60-192.168.1.69" } },
  ingress: { gateways: { internal: { address: "192.168.1.61", default: true } } },
  dns: { split: { address: "192.168.1.60" } },
};

const value = (name: string, apply: Value["apply"], needs?: Needs): Value => ({ name, apply, ...(needs && { needs }) });
const without = value(WITHOUT, asItIs);

/** Control planes, workers. */
function machines(planes: number, workers: number): Value["apply"] {
  const node = (index: number, role: string) => [
    `${role === "worker" ? "worker" : "cp"}-${index}`,
    { ip: `192.168.1.${(role === "worker" ? 70 : 50) + index}`, role },
  ];
  const nodes = Object.fromEntries([
    ...Array.from({ length: planes }, (_, index) => node(index + 1, "control-plane")),
    ...Array.from({ length: workers }, (_, index) => node(index + 1, "worker")),
  ]);
  return setting("cluster.nodes", nodes);
}

/** Each node in its own way: addresses of cards, hosts of machines. */
const eachNode =
  (change: (index: number) => SpecDraft): Value["apply"] =>
  (draft) => {
    const nodes = (draft["cluster"] as SpecDraft)["nodes"] as Readonly<Record<string, SpecDraft>>;
    const changed = Object.entries(nodes).map(([name, node], index) => [name, { ...node, ...change(index) }]);
    return set(draft, "cluster.nodes", Object.fromEntries(changed));
  };

/** The way in from the internet. */
const PUBLIC = "ingress.gateways.external.public";

const hex = (index: number): string => index.toString(16).padStart(2, "0");

const shapes: readonly Parameter[] = [
  {
    name: "nodes",
    values: [
      value("1", machines(1, 0)),
      value("1 and a worker", machines(1, 1)),
      value("3", machines(3, 0)),
      value("3 and a worker", machines(3, 1)),
      value("3 and 9 workers", machines(3, 9)),
    ],
  },
  {
    name: "hardware",
    values: [
      value("bare-metal", setting("cluster.hardware", "bare-metal")),
      value(
        "proxmox",
        all(
          setting("cluster.hardware", "proxmox"),
          eachNode((index) => ({ proxmox: { host: index % 2 === 0 ? "pve1" : "pve2" } })),
        ),
      ),
    ],
  },
  {
    name: "VMs",
    values: [
      without,
      value("large, in a VLAN", setting("cluster.nodeDefaults.proxmox", { cores: 8, memory: "32GiB", vlan: 20 }), {
        hardware: ["proxmox"],
      }),
    ],
  },
  {
    name: "API",
    values: [
      value("talos-vip", setting("cluster.api", { provider: "talos-vip", address: "192.168.1.49" })),
      value("none", setting("cluster.api", { provider: "none", node: "cp-1" })),
    ],
  },
  {
    name: "link",
    values: [
      value("by name", setting("cluster.nodeDefaults.interface", "eth0")),
      value(
        "by MAC address",
        eachNode((index) => ({ mac: `02:00:00:00:00:${hex(index + 1)}` })),
      ),
      value("left to the hardware", asItIs),
    ],
  },
  {
    name: "disk",
    values: [value("by name", setting("cluster.nodeDefaults.disk", "/dev/sda")), value("left to the hardware", asItIs)],
  },
  { name: "extensions", values: [without, value("one", setting("cluster.extensions", ["siderolabs/iscsi-tools"]))] },
  {
    name: "VLAN and MTU",
    values: [
      without,
      value("both", all(setting("cluster.nodeDefaults.vlan", 30), setting("cluster.nodeDefaults.mtu", 9000))),
    ],
  },
  {
    name: "devices",
    values: [without, value("by pattern", setting("cni.devices", ["en+", "eth+", "bond+", "net+"]))],
  },
  {
    name: "pools",
    values: [
      value("one", asItIs),
      value(
        "two",
        setting("loadBalancer.pools", { lan: "192.168.1.60-192.168.1.69", more: "192.168.1.80-192.168.1.89" }),
      ),
    ],
  },
  {
    name: "gateways",
    values: [
      value("one", asItIs),
      value("two", setting("ingress.gateways.guests", { address: "192.168.1.62" })),
      value(
        "two, the second is the default",
        setting("ingress.gateways", {
          internal: { address: "192.168.1.61" },
          guests: { address: "192.168.1.62", default: true },
        }),
      ),
    ],
  },
  {
    name: "tunnel",
    values: [
      value("by name", asItIs, { [PUBLIC]: [ANY] }),
      value("by id", setting("ingress.gateways.external.tunnel", "6ff42ae2-765d-4adf-8112-31c55c1551ef"), {
        [PUBLIC]: [ANY],
      }),
    ],
  },
  {
    name: "records",
    values: [without, value("some", setting("dns.records", [{ name: "files.example.com", to: "nas" }]))],
  },
  {
    name: "domains",
    values: [value("one", asItIs), value("two", setting("domains", ["example.com", "home.arpa"]))],
  },
  { name: "DHCP", values: [value("known", asItIs), value("unknown", setting("lan.dhcp", undefined))] },
  {
    name: "resolver",
    values: [
      value("the router", asItIs),
      ...["adguard-home", "technitium", "opnsense"].map((software) =>
        value(software, all(setting("lan.hosts.dns", { ip: "192.168.1.10", software }), setting("lan.dns", ["dns"]))),
      ),
    ],
  },
  { name: "NTP", values: [value("usual", asItIs), value("the router", setting("lan.ntp", ["192.168.1.1"]))] },
  {
    name: "repository",
    values: [
      value("GitHub", asItIs),
      value("GitLab", setting("repository.url", "https://gitlab.com/example/group/homelab.git")),
      value("Codeberg, by ssh", setting("repository.url", "ssh://git@codeberg.org/example/homelab.git")),
    ],
  },
  { name: "folder", values: [value("root", asItIs), value("below", setting("repository.path", "clusters/home"))] },
];

/** A place with a name that the user gives, with the name used here. */
const NAMES: Readonly<Record<string, string>> = {
  "cluster.nodes.*": "cluster.nodeDefaults",
  "ingress.gateways.*": "ingress.gateways.external",
  "dns.publish.*": "dns.publish.site",
};

/** What has to be there before a key below it can be set, and makes a position of its own where it is absent. */
const PARTS: readonly { readonly path: string; readonly with: Value["apply"]; readonly needs?: Needs }[] = [
  { path: "cluster.nodeDefaults.bond", with: setting("cluster.nodeDefaults.bond.interfaces", ["eno1", "eno2"]) },
  { path: "cluster.nodeDefaults.diskSelector", with: asItIs },
  { path: "ingress.gateways.external", with: setting("ingress.gateways.external.address", "192.168.1.63") },
  {
    path: "dns.publish.site",
    with: setting("dns.publish.site.gateways", ["external"]),
    needs: { [PUBLIC]: [ANY] },
  },
  { path: "certificates.letsencrypt", with: setting("certificates.letsencrypt.email", "me@example.com") },
  { path: "notifications.push", with: asItIs },
  { path: "notifications.alerts", with: asItIs },
];

/** Set by a shape, or of no interest: one value, or what its neighbour of the same part decides. */
const SHAPED = [
  "version",
  "cluster.distribution",
  "cluster.hardware",
  "cluster.api.provider",
  "cluster.nodes.*.role",
  "ingress.gateways.*.default",
];

const isClosed = ({ values, type }: SpecKey): boolean => values !== undefined || type === "true or false";

const positionsOf = ({ values }: SpecKey): readonly unknown[] => values ?? [true, false];

/** `cluster.nodeDefaults.bond.mode` for what stands at `cluster.nodes.*.bond.mode`. */
export function placeOf(path: string): string {
  const pattern = Object.keys(NAMES).find((prefix) => path === prefix || path.startsWith(`${prefix}.`));
  return pattern === undefined ? path : `${NAMES[pattern]}${path.slice(pattern.length)}`;
}

/** Keys with few positions, by the place they are set at here. */
export function closedKeys(catalog: Catalog): ReadonlyMap<string, SpecKey> {
  const keys = specKeys(catalog).filter((key) => isClosed(key) && !SHAPED.includes(key.path));
  return new Map(keys.map((key) => [placeOf(key.path), key]));
}

export function parametersOf(catalog: Catalog): readonly Parameter[] {
  const closed = [...closedKeys(catalog)];
  // The first key of a part decides whether the part is there; the others stand below it.
  const leading = new Map(
    PARTS.flatMap(({ path }) => {
      const first = closed.find(([place]) => place.startsWith(`${path}.`))?.[0];
      return first === undefined ? [] : [[path, first] as const];
    }),
  );
  return [...shapes, ...minors(catalog), ...closed.map(([place, key]) => parameter(place, key, leading))];
}

function minors(catalog: Catalog): readonly Parameter[] {
  const offered = catalog.platforms.flatMap(({ kubernetes = [] }) => kubernetes);
  const versions = offered.map((id) => /1\.\d+/.exec(catalog.pins.get(id)?.version ?? "")?.[0] ?? "");
  return [{ name: "kubernetes", values: versions.map((minor) => value(minor, setting("cluster.kubernetes", minor))) }];
}

function parameter(place: string, key: SpecKey, leading: ReadonlyMap<string, string>): Parameter {
  const part = PARTS.find(({ path }) => place.startsWith(`${path}.`));
  const first = part === undefined ? undefined : leading.get(part.path);
  const needs = place === first || first === undefined ? part?.needs : { [first]: [ANY] };
  const positions = positionsOf(key).map((position) =>
    value(String(position), all(part?.with ?? asItIs, setting(place, position)), needs),
  );
  return { name: place, values: place === first ? [without, ...positions] : positions };
}
