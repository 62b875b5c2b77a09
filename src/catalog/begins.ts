/** What pods of components begin, in the words that most of them need. Every pod may ask for names and its neighbours. */
import { contains, familyOf, parseCidr, parseIp, type Ip } from "../model/address.ts";
import type { Plan } from "../model/plan.ts";
import type { Begun, PartyWord, PodPort } from "../model/policies.ts";
import type { Pods } from "../model/unit.ts";

export const tcp = (...ports: readonly number[]): readonly PodPort[] =>
  ports.map((port) => ({ port, protocol: "TCP" }));
export const udp = (...ports: readonly number[]): readonly PodPort[] =>
  ports.map((port) => ({ port, protocol: "UDP" }));

export const asksApi = (pods: Pods, because: string): Begun => ({ pods, to: word("api"), ports: [], because });

/** Whatever has an address outside the house. */
export const asksInternet = (pods: Pods, ports: readonly PodPort[], because: string): Begun => ({
  pods,
  to: word("internet"),
  ports,
  because,
});

/** Devices of the house that are no nodes. */
export const asksLan = (pods: Pods, ports: readonly PodPort[], because: string): Begun => ({
  pods,
  to: word("lan"),
  ports,
  because,
});

/** One address or a network, which is none of pods. */
export function asksAddress(pods: Pods, address: string, ports: readonly PodPort[], because: string): Begun {
  const cidr = parseCidr(address.includes("/") ? address : `${address}/${address.includes(":") ? 128 : 32}`);
  if (cidr === undefined) throw new Error(`${address} is no address`);
  return { pods, to: { kind: "network", text: address, cidr }, ports, because };
}

/** Some machines by their addresses: policies of Cilium know nodes by what they are and by no address. */
export function asksMachines(
  plan: Pick<Plan, "nodes" | "stacks">,
  pods: Pods,
  machines: readonly { readonly ip: Ip; readonly port: number }[],
  because: string,
): readonly Begun[] {
  const own = new Set<Ip>(plan.nodes.flatMap(({ ips }) => ips));
  const portsOf = (of: typeof machines) => tcp(...[...new Set(of.map(({ port }) => port))].toSorted((a, b) => a - b));
  const nodes = machines.filter(({ ip }) => own.has(ip));
  // Pods have addresses of these families.
  const reached = machines.filter(({ ip }) => plan.stacks.some(({ family }) => family === familyOf(ip)));
  const others = reached.filter(({ ip }) => !own.has(ip));
  return [
    ...(nodes.length > 0 ? [asksNodes(pods, portsOf(nodes), because)] : []),
    ...[...new Set(others.map(({ ip }) => ip))].map((ip) =>
      asksAddress(pods, ip, portsOf(others.filter((one) => one.ip === ip)), because),
    ),
  ];
}

/** Machines of the cluster, and what listens in their network. */
export const asksNodes = (pods: Pods, ports: readonly PodPort[], because: string): Begun => ({
  pods,
  to: { kind: "ground", text: "nodes" },
  ports,
  because,
});

/** Pods of every namespace, those of apps to come too. */
export const asksEveryPod = (pods: Pods, ports: readonly PodPort[], because: string): Begun => ({
  pods,
  to: { kind: "ground", text: "pods" },
  ports,
  because,
});

/** The LAN, and every other network of the house. */
export const asksHouse = (pods: Pods, ports: readonly PodPort[], plan: Plan, because: string): readonly Begun[] => [
  asksLan(pods, ports, because),
  ...plan.networks
    .flatMap(({ cidrs }) => cidrs)
    .filter(({ family }) => plan.stacks.some((stack) => stack.family === family))
    .map(({ text }) => asksAddress(pods, text, ports, because)),
];

/**
 * What routes may name, which come later: apps of every namespace and in the network of their machine, machines of the
 * house; and who is asked about requests, which may be anywhere.
 */
export const asksForRequests = (pods: Pods, plan: Plan): readonly Begun[] => [
  asksEveryPod(pods, [], "it hands requests on to apps of every namespace"),
  asksNodes(pods, [], "apps may be in the network of their machine"),
  ...asksHouse(pods, [], plan, "routes may lead to machines of the house"),
  asksInternet(pods, tcp(443), "whoever signs people in may be outside the house"),
];

/** At an address that nobody but the owner knows: of the internet, of the house, or a name of a gateway. */
export const asksAnywhere = (pods: Pods, ports: readonly PodPort[], plan: Plan, because: string): readonly Begun[] => [
  asksInternet(pods, ports, because),
  ...asksHouse(pods, ports, plan, because),
  ...asksGateways(pods, plan, because),
];

/** A server by its name or address, where it can be told; by a name that nobody here knows, it is anywhere. */
export function asksServer(
  pods: Pods,
  host: string,
  ports: readonly PodPort[],
  plan: Plan,
  because: string,
): readonly Begun[] {
  const ips = addressesOf(host, plan);
  if (ips.length > 0) return once(ips.flatMap((ip) => asksIp(pods, ip, ports, plan, because)));
  const service = /^[a-z0-9-]+\.([a-z0-9-]+)\.svc(\.cluster\.local)?$/.exec(host);
  // A Service may have other ports than its pods.
  if (service?.[1] !== undefined) {
    const [, namespace] = service;
    return [
      { pods, to: { kind: "pods", text: `${namespace}/*`, pods: { namespace, labels: {} } }, ports: [], because },
    ];
  }
  return [
    asksInternet(pods, ports, because),
    ...asksHouse(pods, ports, plan, because),
    // A name of the house may be that of an app.
    ...(plan.domains.some((domain) => host.endsWith(`.${domain}`)) ? asksGateways(pods, plan, because) : []),
  ];
}

function addressesOf(host: string, { lan, nodes, records }: Plan): readonly Ip[] {
  const ip = parseIp(host);
  if (ip !== undefined) return [ip];
  const machine = [...lan.hosts, ...nodes].find(({ name }) => name === host);
  return machine?.ips ?? records.filter(({ name }) => name === host).flatMap(({ ips }) => ips);
}

function asksIp(pods: Pods, ip: Ip, ports: readonly PodPort[], plan: Plan, because: string): readonly Begun[] {
  // No pod has an address of the family.
  if (!plan.stacks.some(({ family }) => family === familyOf(ip))) return [];
  if (plan.nodes.some(({ ips }) => ips.includes(ip))) return [asksNodes(pods, ports, because)];
  if (plan.gateways.some(({ addresses }) => addresses.includes(ip))) return asksGateways(pods, plan, because);
  const isService =
    plan.pools.some(({ range }) => contains(range, ip)) ||
    plan.stacks.some(({ services }) => services !== undefined && contains(services.value, ip));
  // Whose pods these are, and which ports they have, nobody here knows.
  return isService ? [asksEveryPod(pods, [], because)] : [asksAddress(pods, ip, ports, because)];
}

/**
 * Those that have pods: what is asked of the gateway of a pod network gets there before policies are looked at (cilium/cilium,
 * bpf_lxc.c, "Forward to L7 LB first before applying network policy").
 */
function asksGateways(pods: Pods, plan: Plan, because: string): readonly Begun[] {
  return plan.chosen
    .flatMap(({ component }) => component.gateways?.dataPlane(plan) ?? [])
    .filter((carrier) => carrier !== "ingress")
    .filter(({ namespace }) => namespace !== pods.namespace)
    .map((carrier) => ({
      pods,
      to: { kind: "pods", text: `${carrier.namespace}/gateway`, pods: carrier },
      ports: [],
      because,
    }));
}

/** Each end once, with the ports of the first. */
const once = (begun: readonly Begun[]): readonly Begun[] => [
  ...new Map(begun.map((one) => [one.to.text, one])).values(),
];

const word = (text: PartyWord) => ({ kind: "word", text }) as const;
