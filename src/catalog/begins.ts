/** What pods of components begin, in the words that most of them need. Every pod may ask for names and its neighbours. */
import { parseCidr, type Ip } from "../model/address.ts";
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
  plan: Pick<Plan, "nodes">,
  pods: Pods,
  machines: readonly { readonly ip: Ip; readonly port: number }[],
  because: string,
): readonly Begun[] {
  const own = new Set<Ip>(plan.nodes.flatMap(({ ips }) => ips));
  const portsOf = (of: typeof machines) => tcp(...[...new Set(of.map(({ port }) => port))].toSorted((a, b) => a - b));
  const nodes = machines.filter(({ ip }) => own.has(ip));
  const others = machines.filter(({ ip }) => !own.has(ip));
  return [
    ...(nodes.length > 0 ? [asksNodes(pods, portsOf(nodes), because)] : []),
    ...[...new Set(others.map(({ ip }) => ip))].map((ip) =>
      asksAddress(pods, ip, portsOf(others.filter((one) => one.ip === ip)), because),
    ),
  ];
}

/** Whoever carries requests to apps. */
export const asksGateways = (pods: Pods, because: string): Begun => ({ pods, to: word("gateway"), ports: [], because });

/** At an address that nobody but the owner knows: of the internet, of the house, or a name of a gateway. */
export const asksAnywhere = (pods: Pods, ports: readonly PodPort[], because: string): readonly Begun[] => [
  asksInternet(pods, ports, because),
  asksLan(pods, ports, because),
  asksGateways(pods, because),
];

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

const word = (text: PartyWord) => ({ kind: "word", text }) as const;
