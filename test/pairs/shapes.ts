/** Parameters that take a number, a name or an address, or that change the shape of the network. */
import { all, ANY, asItIs, set, setting, WITHOUT, type Needs, type Parameter, type SpecDraft } from "./parameter.ts";
import { eachNode, nodesOf, PUBLIC, value, without } from "./base.ts";
import { apiToRouters, BALANCER, SHARING } from "./announcedShapes.ts";
import { observedShapes } from "./observedShapes.ts";
import { policyShapes } from "./policyShapes.ts";
import { dnsShapes } from "./dnsShapes.ts";
import { machineShapes } from "./machineShapes.ts";

const ON_TRAEFIK: Needs = { [PUBLIC]: [ANY], "ingress.provider": ["traefik"] };

/** The address of a gateway answers for names as well. */
function together(draft: SpecDraft): SpecDraft {
  const { gateways } = draft["ingress"] as { readonly gateways: Readonly<Record<string, SpecDraft>> };
  const address = gateways["internal"]?.["address"];
  return all(setting("dns.split.address", address), setting("loadBalancer.shared", [address].flat()))(draft);
}

const ends = (nodes: readonly string[]): readonly unknown[] => [...new Set([nodes.at(0), nodes.at(-1)])];

const BY_KUBE_VIP: Needs = { "cluster.api.provider": ["kube-vip"] };

/** A network that pods stand in. */
const ATTACHED: Needs = { "networks.iot.tagged": [ANY] };

const FETCHED: Needs = { "secrets.provider": ["external-secrets"] };

const storeAt = (store: string, server: string) =>
  all(setting("secrets.store", store), setting("secrets.server", server));

export const shapes: readonly Parameter[] = [
  ...machineShapes,
  {
    name: "devices",
    values: [
      without,
      value("by pattern", setting("cni.devices", ["eth+", "bond+", "net+"]), { "cni.provider": ["cilium"] }),
    ],
  },
  {
    name: "pools",
    values: [
      value("one", asItIs),
      value(
        "two",
        setting("loadBalancer.pools", { lan: "192.168.1.60-192.168.1.69", more: "192.168.1.80-192.168.1.89" }),
        { [BALANCER]: ["cilium", "calico", "metallb", "kube-vip"] },
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
      value("by name", asItIs, { [PUBLIC]: ["cloudflare-tunnel"] }),
      value("by id", setting("ingress.gateways.external.tunnel", "6ff42ae2-765d-4adf-8112-31c55c1551ef"), {
        [PUBLIC]: ["cloudflare-tunnel"],
      }),
    ],
  },
  {
    name: "entrypoints",
    values: [
      value("as the chart has them", asItIs, ON_TRAEFIK),
      value("by name", setting("ingress.gateways.external.entrypoints", ["web239", "websecure239"]), {
        ...ON_TRAEFIK,
        "ingress.gateways.external.provider": [WITHOUT, "traefik"],
      }),
    ],
  },
  {
    name: "attachment",
    values: [
      value("everywhere", asItIs, ATTACHED),
      value(
        "on some nodes, by a name",
        all(setting("networks.iot.attach.name", "things"), (draft) =>
          set(draft, "networks.iot.attach.nodes", ends(nodesOf(draft))),
        ),
        ATTACHED,
      ),
    ],
  },
  {
    name: "records",
    values: [without, value("some", setting("dns.records", [{ name: "files.example.com", to: "nas" }]))],
  },
  {
    name: "zones",
    values: [without, value("both", setting("dns.zones", { machines: "nodes", services: "services" }))],
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
      value(
        "some",
        all(
          setting("networks.vpn", "10.8.0.0/24"),
          setting("networks.iot.cidr", "192.168.40.0/24"),
          setting("networks.iot.vlan", 40),
        ),
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
  { name: "shared", values: [without, value("by names and requests", together, SHARING)] },
  { name: "the API is announced", values: [value("l2", asItIs, BY_KUBE_VIP), value("bgp", apiToRouters, BY_KUBE_VIP)] },
  {
    name: "hosts",
    values: [
      value("their owner's", asItIs),
      value(
        "kept by Ansible",
        setting("lan.hosts.nas", { ip: "192.168.1.20", managed: true, exports: "/srv/k8s", nodeExporter: true }),
      ),
    ],
  },
  {
    name: "volumes",
    values: [
      without,
      value("on disks", setting("storage.local-path", true)),
      value("in copies", setting("storage.longhorn", { host: "longhorn.example.com" })),
      value("in copies, with snapshots", all(setting("storage.longhorn", true), setting("storage.snapshots", true))),
    ],
  },
  { name: "images", values: [without, value("shared by nodes", setting("platform.spegel", true))] },
  { name: "descheduler", values: [without, value("moves pods", setting("platform.descheduler", true))] },
  {
    name: "Nomad",
    values: [without, value("on a host", setting("hashicorp.nomad", { servers: ["nas"], clients: ["nas"] }))],
  },
  {
    name: "store of secrets",
    values: [
      value("1Password", asItIs, FETCHED),
      value(
        "Bitwarden",
        all(
          setting("secrets.store", "bitwarden"),
          setting("secrets.organization", "7c0d21ec-10d9-4972-bdf8-ec52df99cc86"),
          setting("secrets.project", "9c713cd6-728c-437a-a783-252b0773a0bb"),
        ),
        FETCHED,
      ),
      value("Vault", storeAt("vault", "https://192.168.1.20:8200"), FETCHED),
      value("another cluster", storeAt("kubernetes", "https://192.168.1.21:6443"), FETCHED),
    ],
  },
  ...observedShapes,
  ...policyShapes,
  ...dnsShapes,
];
