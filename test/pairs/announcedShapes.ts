/** How addresses of Services are announced: what that changes in a network. */
import { all, asItIs, setting, type Needs, type Parameter, type SpecDraft } from "./parameter.ts";
import { value } from "./base.ts";

/** To routers, they are of a network of their own. */
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
export function apiToRouters(draft: SpecDraft): SpecDraft {
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

export const BALANCER = "loadBalancer.provider";
export const SHARING: Needs = { [BALANCER]: ["cilium", "metallb", "kube-vip"] };

/** After everything else: it moves what the others have written. */
export const announced: Parameter = {
  name: ANNOUNCED,
  values: [
    value("l2", asItIs, SHARING),
    value("bgp", toRouters, { [BALANCER]: ["cilium", "calico", "metallb", "kube-vip"] }),
    value("nodes", toNodes, { [BALANCER]: ["servicelb"] }),
  ],
};
