/** Parameters that take a number, a name or an address, or that change the shape of the network. */
import { all, ANY, asItIs, set, setting, WITHOUT, type Needs, type Parameter, type SpecDraft } from "./parameter.ts";
import { eachNode, nodesOf, PUBLIC, value, without } from "./base.ts";
import { dnsShapes } from "./dnsShapes.ts";
import { machineShapes } from "./machineShapes.ts";

/** How addresses of Services are announced. To routers, they are of a network of their own. */
export const ANNOUNCED = "announced";

function toRouters(draft: SpecDraft): SpecDraft {
  const { lan, loadBalancer, ingress, dns } = draft as Readonly<Record<string, SpecDraft>>;
  const both = Array.isArray(lan?.["cidr"]);
  const address = both ? ["192.168.1.1", "fd00:1::1"] : "192.168.1.1";
  return {
    ...draft,
    // Calico knows no other way.
    loadBalancer: { ...moved(loadBalancer), ...(loadBalancer?.["provider"] !== "calico" && { mode: "bgp" }) },
    ingress: moved(ingress),
    dns: { ...dns, split: moved(dns?.["split"]) },
    bgp: routersWith(address, draft),
  };
}

/** Beside what is said of the router already. */
const routersWith = (address: unknown, draft: SpecDraft): SpecDraft => {
  const peers = (draft["bgp"] as SpecDraft | undefined)?.["peers"] as Readonly<Record<string, SpecDraft>> | undefined;
  return { asn: 64_513, peers: { router: { asn: 64_512, address, ...peers?.["router"] } } };
};

/** The address of the API as well, or it alone; it is in no pool either. */
function apiToRouters(draft: SpecDraft): SpecDraft {
  const both = Array.isArray((draft["lan"] as SpecDraft)["cidr"]);
  const address = both ? ["10.60.0.49", "fd00:60::49"] : "10.60.0.49";
  const told = all(setting("cluster.api.mode", "bgp"), setting("cluster.api.address", address))(draft);
  return { ...told, bgp: routersWith(both ? ["192.168.1.1", "fd00:1::1"] : "192.168.1.1", draft) };
}

const moved = (part: unknown): SpecDraft =>
  JSON.parse(
    JSON.stringify(part).replaceAll("192.168.1.", "10.50.0.").replaceAll("fd00:1::", "fd00:50::"),
  ) as SpecDraft;

/** Gateways on machines of their own, as far as there are any; the DNS server beside the first of them. */
function toNodes(draft: SpecDraft): SpecDraft {
  const { loadBalancer, ingress, dns, cluster } = draft as Readonly<Record<string, SpecDraft>>;
  const { pools: _pools, shared: _shared, ...balancer } = loadBalancer ?? {};
  const nodes = Object.values((cluster?.["nodes"] ?? {}) as Readonly<Record<string, SpecDraft>>)
    .filter(({ gpu }) => gpu === undefined)
    .map(({ ip }) => ip)
    .reverse();
  const gateways = Object.entries((ingress?.["gateways"] ?? {}) as Readonly<Record<string, SpecDraft>>).map(
    ([name, gateway], index) => [name, { ...gateway, address: nodes[index] ?? nodes.at(-1) }] as const,
  );
  const split = dns?.["split"] as SpecDraft | string | undefined;
  return {
    ...draft,
    loadBalancer: balancer,
    ingress: { ...ingress, gateways: Object.fromEntries(gateways) },
    dns: { ...dns, ...(typeof split === "object" && { split: { ...split, address: nodes[0] } }) },
  };
}

const BALANCER = "loadBalancer.provider";
const SHARING: Needs = { [BALANCER]: ["cilium", "metallb", "kube-vip"] };

/** After everything else: it moves what the others have written. */
export const announced: Parameter = {
  name: ANNOUNCED,
  values: [
    value("l2", asItIs, SHARING),
    value("bgp", toRouters, { [BALANCER]: ["cilium", "calico", "metallb", "kube-vip"] }),
    value("nodes", toNodes, { [BALANCER]: ["servicelb"] }),
  ],
};

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
  ...dnsShapes,
];
