/** BGP as a network has it: its number, the routers it talks to, and who talks to them. */
import type { Ip } from "./address.ts";
import type { SpecPath } from "./finding.ts";
import type { Label } from "./names.ts";
import type { Chosen, Node, Plan } from "./plan.ts";

/** How a network learns where the address of a Service is: nodes answer ARP and NDP for it, or tell routers the way. */
export type Announcement = "l2" | "bgp";

/** In seconds. */
export interface BgpTimers {
  readonly hold: number;
  readonly keepalive: number;
  readonly connectRetry: number;
}

/** A router of `bgp.peers`. A name of `lan.hosts` brings address and software with it. */
export interface BgpPeer {
  readonly name: Label;
  readonly asn: number;
  /** A session each, one a family at most. None where nobody has the name: a finding. */
  readonly ips: readonly Ip[];
  /** What runs on it: `opnsense`, `frr`. */
  readonly software: readonly string[];
  /** Whether sessions have a password, which stands in no file. */
  readonly password: boolean;
  readonly timers: BgpTimers;
  /** Hops a packet may make to it; undefined for a router of the LAN. */
  readonly multihop: number | undefined;
  readonly bfd: boolean;
  /** `bgp.peers.opnsense` */
  readonly path: SpecPath;
  /** Where its address is written. */
  readonly addressPath: SpecPath;
}

export interface Bgp {
  /** Number of the nodes. */
  readonly asn: number;
  readonly peers: readonly BgpPeer[];
}

/** What a peer may ask for and not every speaker can do. */
export type BgpAbility = "asn" | "bfd" | "multihop" | "password" | "timers";

/** A component that speaks BGP. */
export interface BgpSpeaker {
  readonly nodes: readonly Node[];
  /** Whether it has sessions with the routers of `bgp.peers`. One that only connects the nodes has none. */
  readonly toRouters: boolean;
  /** Whether it takes connections at port 179 of its nodes, which one program can. */
  readonly listens: boolean;
  /** Its identifier is the first address of the node, which has to be of IPv4 then. */
  readonly calledByFirstAddress?: true;
  /** Why, as the end of a sentence, and where that is said. */
  readonly lacks: Readonly<Partial<Record<BgpAbility, { readonly because: string; readonly source: string }>>>;
}

export interface Speaking extends BgpSpeaker {
  readonly chosen: Chosen;
}

export const speakersOf = (plan: Plan): readonly Speaking[] =>
  plan.chosen.flatMap((chosen) => {
    const speaker = chosen.component.speaksBgp?.(plan, chosen.options);
    return speaker === undefined ? [] : [{ ...speaker, chosen }];
  });

/** Nodes that routers have a session with, each once, in the order of the plan. */
export function speakingNodes(plan: Plan): readonly Node[] {
  const speaking = new Set(
    speakersOf(plan).flatMap(({ toRouters, nodes }) => (toRouters ? nodes.map(({ name }) => name) : [])),
  );
  return plan.nodes.filter(({ name }) => speaking.has(name));
}

/**
 * Nodes that Kubernetes does not keep away from load balancers: workers, and control planes that carry ordinary pods. A
 * taint for a graphics card keeps nobody away who tolerates it.
 */
export const announcingNodes = ({ nodes, cluster }: Pick<Plan, "nodes" | "cluster">): readonly Node[] =>
  nodes.filter(({ role }) => role === "worker" || cluster.traits.controlPlanesRunPods);

/** How addresses of Services are announced; undefined where nobody does. */
export function announcementOf({ chosen }: Pick<Plan, "chosen">): Announcement | undefined {
  const balancer = chosen.find(({ slot }) => slot === "load-balancer");
  return balancer?.component.announces?.(balancer.options);
}
