/** Parameters that take a number, a name or an address, or that change the shape of the network. */
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

export const value = (name: string, apply: Value["apply"], needs?: Needs): Value => ({
  name,
  apply,
  ...(needs && { needs }),
});
export const without = value(WITHOUT, asItIs);

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
  (change: (index: number, node: SpecDraft) => SpecDraft): Value["apply"] =>
  (draft) => {
    const nodes = (draft["cluster"] as SpecDraft)["nodes"] as Readonly<Record<string, SpecDraft>>;
    const changed = Object.entries(nodes).map(([name, node], index) => [name, { ...node, ...change(index, node) }]);
    return set(draft, "cluster.nodes", Object.fromEntries(changed));
  };

/** The last node, which is a worker where there are any. */
const lastNode =
  (change: SpecDraft): Value["apply"] =>
  (draft) => {
    const nodes = (draft["cluster"] as SpecDraft)["nodes"] as Readonly<Record<string, SpecDraft>>;
    const last = Object.keys(nodes).at(-1) ?? "";
    return set(draft, `cluster.nodes.${last}`, { ...nodes[last], ...change });
  };

/** The way in from the internet. */
export const PUBLIC = "ingress.gateways.external.public";

/** How addresses of Services are announced. To routers, they are of a network of their own. */
export const ANNOUNCED = "announced";

function toRouters(draft: SpecDraft): SpecDraft {
  const { lan, loadBalancer, ingress, dns } = draft as Readonly<Record<string, SpecDraft>>;
  const both = Array.isArray(lan?.["cidr"]);
  const address = both ? ["192.168.1.1", "fd00:1::1"] : "192.168.1.1";
  return {
    ...draft,
    loadBalancer: { ...moved(loadBalancer), mode: "bgp" },
    ingress: moved(ingress),
    dns: { ...dns, split: moved(dns?.["split"]) },
    bgp: { asn: 64_513, peers: { router: { asn: 64_512, address } } },
  };
}

const moved = (part: unknown): SpecDraft =>
  JSON.parse(
    JSON.stringify(part).replaceAll("192.168.1.", "10.50.0.").replaceAll("fd00:1::", "fd00:50::"),
  ) as SpecDraft;

/** An address, or a range of them, where those of Services are. */
export const ofServices =
  (path: string, text: string): Value["apply"] =>
  (draft) =>
    set(draft, path, draft["bgp"] === undefined ? text : text.replaceAll("192.168.1.", "10.50.0."));

const hex = (index: number): string => index.toString(16).padStart(2, "0");

/** Keys of machines that the distribution owns. */
export const OWNED: Needs = { distribution: ["talos"] };

export const shapes: readonly Parameter[] = [
  {
    name: "distribution",
    values: ["talos", "k3s"].map((id) => value(id, setting("cluster.distribution", id))),
  },
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
      value("raspberry-pi", setting("cluster.hardware", "raspberry-pi")),
    ],
  },
  {
    name: "processors",
    values: [without, value("arm64", setting("cluster.nodeDefaults.arch", "arm64"))],
  },
  {
    name: "graphics cards",
    values: [
      without,
      ...["nvidia", "intel", "amd"].map((maker) =>
        // The last of the workers; a network of one machine has none to keep for it.
        value(maker, lastNode({ gpu: maker }), { nodes: ["1 and a worker", "3 and a worker", "3 and 9 workers"] }),
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
      value("haproxy", setting("cluster.api", { provider: "haproxy", hosts: ["nas"] })),
      value(
        "haproxy, twice",
        setting("cluster.api", { provider: "haproxy", hosts: ["nas", "pve1"], address: "192.168.1.49" }),
      ),
    ],
  },
  {
    name: "link",
    values: [
      value("by name", setting("cluster.nodeDefaults.interface", "eth0")),
      value(
        "by MAC address",
        eachNode((index) => ({ mac: `02:00:00:00:00:${hex(index + 1)}` })),
        OWNED,
      ),
      value("left to the hardware", asItIs),
    ],
  },
  {
    name: "disk",
    values: [
      value("by name", setting("cluster.nodeDefaults.disk", "/dev/sda"), OWNED),
      value("left to the hardware", asItIs),
    ],
  },
  {
    name: "extensions",
    values: [without, value("one", setting("cluster.extensions", ["siderolabs/iscsi-tools"]), OWNED)],
  },
  {
    name: "VLAN and MTU",
    values: [
      without,
      value("both", all(setting("cluster.nodeDefaults.vlan", 30), setting("cluster.nodeDefaults.mtu", 9000)), OWNED),
    ],
  },
  {
    name: "devices",
    values: [
      without,
      value("by pattern", setting("cni.devices", ["en+", "eth+", "bond+", "net+"]), { "cni.provider": ["cilium"] }),
    ],
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
  {
    name: "families",
    values: [
      value("IPv4", asItIs),
      value(
        "IPv4 and IPv6",
        all(
          setting("lan.cidr", ["192.168.1.0/24", "fd00:1::/64"]),
          setting("cluster.pods", ["10.42.0.0/16", "fd00:1:0:4200::/56"]),
          setting("cluster.services", ["10.43.0.0/16", "fd00:1:0:4300::/112"]),
          setting("loadBalancer.pools.lan", ["192.168.1.60-192.168.1.69", "fd00:1::60-fd00:1::69"]),
          setting("ingress.gateways.internal.address", ["192.168.1.61", "fd00:1::61"]),
          setting("dns.split.address", ["192.168.1.60", "fd00:1::60"]),
          eachNode((index, { ip }) => ({ ip: [ip, `fd00:1::${100 + index}`] })),
        ),
      ),
    ],
  },
  {
    name: "other networks",
    values: [
      without,
      value("some", setting("networks", { vpn: "10.8.0.0/24", iot: { cidr: "192.168.40.0/24", vlan: 40 } })),
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
  { name: ANNOUNCED, values: [value("l2", asItIs), value("bgp", toRouters)] },
];
