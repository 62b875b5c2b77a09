/** What parameters are made of: the network they change, and values. */
import { asItIs, set, WITHOUT, type Needs, type SpecDraft, type Value } from "./parameter.ts";

/** The way in from the internet. */
export const PUBLIC = "ingress.gateways.external.public";

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
  cluster: { distribution: "talos", pods: "10.42.0.0/16", services: "10.43.0.0/16" },
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

/** Each node in its own way: addresses of cards, hosts of machines. */
export const eachNode =
  (change: (index: number, node: SpecDraft) => SpecDraft): Value["apply"] =>
  (draft) => {
    const nodes = (draft["cluster"] as SpecDraft)["nodes"] as Readonly<Record<string, SpecDraft>>;
    const changed = Object.entries(nodes).map(([name, node], index) => [name, { ...node, ...change(index, node) }]);
    return set(draft, "cluster.nodes", Object.fromEntries(changed));
  };

/** Their names: control planes first. */
export const nodesOf = (draft: SpecDraft): readonly string[] =>
  Object.keys((draft["cluster"] as Readonly<Record<string, object>>)["nodes"] ?? {});
