/** Traffic that somebody declared, and who has to do with it: what a network promises, whatever policies say. */
import { address, contains, net } from "../addresses.ts";
import type { Datapath, Labels } from "../world.ts";

/** Somebody who sends or is asked. */
export type Party =
  | { readonly pods: { readonly namespace: string; readonly labels: Labels } }
  | "ingress"
  | "host"
  | "remote-node"
  | "kube-apiserver"
  | "world"
  /** Pods, nodes and gateways of the pod network. */
  | "cluster"
  /** Whoever has such an address and is no part of the cluster. */
  | { readonly network: { readonly cidr: string; readonly except: readonly string[] } }
  /** API servers, as those who ask them know them. */
  | "api"
  /** Machines of the cluster and all pods, as those who ask them know them. */
  | "nodes"
  | "pods"
  | "anyone";

export interface Declared {
  /** For messages. */
  readonly title: string;
  /** Nobody, where it only closes. */
  readonly from: readonly Party[];
  readonly to: readonly Party[];
  /** As the receiver has them. None: every port. */
  readonly ports: readonly { readonly port: number; readonly protocol: "TCP" | "UDP" }[];
  /** It speaks of who may begin or of who may be asked alone; of both when absent. */
  readonly only?: Direction;
  /** False for what lets through and leaves everybody as open as he was. */
  readonly closes?: false;
}

export type Direction = "ingress" | "egress";

/** Who is at one end of a connection, as one who declares traffic sees it. */
export interface Actor {
  readonly kind: "pod" | "node" | "ingress" | "outside";
  readonly node?: string;
  readonly controlPlane?: boolean;
  readonly namespace?: string;
  readonly labels?: Labels;
  /** Of whoever is no pod. */
  readonly addresses?: readonly string[];
  /** Of nodes: it is one of the network, and none that is still to come. */
  readonly known?: boolean;
}

/** Which of the ends that are no pods an address cannot tell from each other, and whether it tells any. */
const alike = ({ cni }: Datapath): "told apart" | "all strangers" | "anybody" =>
  cni === "cilium" ? "told apart" : cni === "calico" ? "all strangers" : "anybody";

/** Whether somebody is who a declaration means, as closely as a pod network can tell. */
export function isMeant(party: Party, who: Actor, other: Actor, datapath: Datapath): boolean {
  if (party === "anyone") return true;
  if (party === "api") return who.kind === "node" && who.controlPlane === true;
  // Who tells nodes by their addresses has to be told of each.
  if (party === "nodes") return who.kind === "node" && (alike(datapath) === "told apart" || who.known === true);
  if (party === "pods") return who.kind === "pod";
  if (typeof party === "object" && "network" in party) return isInNetwork(party.network, who, datapath);
  if (typeof party === "object") {
    const { namespace, labels } = party.pods;
    return who.kind === "pod" && who.namespace === namespace && has(who.labels ?? {}, labels);
  }
  const telling = alike(datapath);
  if (party === "ingress") return who.kind === "ingress";
  if (party === "cluster") return telling === "told apart" ? who.kind !== "outside" : true;
  if (telling === "anybody") return true;
  if (telling === "all strangers") return who.kind !== "pod";
  switch (party) {
    case "world":
      return who.kind === "outside";
    case "kube-apiserver":
      return who.kind === "node" && who.controlPlane === true;
    case "host":
      return who.kind === "node" && who.node === other.node;
    case "remote-node":
      return who.kind === "node" && who.node !== other.node;
  }
}

/** Nodes are known by what they are, or by addresses that are left out of every network here. */
function isInNetwork(
  { cidr, except }: { readonly cidr: string; readonly except: readonly string[] },
  { kind, addresses = [] }: Actor,
  { cni }: Datapath,
): boolean {
  if (kind !== "outside" && (kind !== "node" || cni === "cilium")) return false;
  const [whole, holes] = [net(cidr), except.map(net)];
  return addresses.some(
    (text) => contains(whole, address(text)) && !holes.some((hole) => contains(hole, address(text))),
  );
}

const has = (labels: Labels, wanted: Labels): boolean =>
  Object.entries(wanted).every(([key, value]) => labels[key] === value);

interface Asked {
  readonly from: Actor;
  readonly to: Actor;
  readonly port: number;
  readonly protocol: string;
}

/** Whether a declaration lets a connection pass at one of its ends. */
export const permits = (
  { from, to, ports, only }: Declared,
  direction: Direction,
  { from: one, to: other, port, protocol }: Asked,
  datapath: Datapath,
) =>
  (only ?? direction) === direction &&
  from.some((party) => isMeant(party, one, other, datapath)) &&
  to.some((party) => isMeant(party, other, one, datapath)) &&
  (ports.length === 0 || ports.some((own) => own.port === port && own.protocol === protocol));

/** Whether pods are closed to what nobody declares. */
export type Closed = (pod: Actor, direction: Direction) => boolean;

/** Pods that some declaration says who may ask are closed to everybody else; none is kept from asking. */
export const closedByDeclarations =
  (declared: readonly Declared[]): Closed =>
  (pod, direction) =>
    direction === "ingress" &&
    declared.some(
      ({ to, only, closes = true }) =>
        closes &&
        only !== "egress" &&
        to.some(
          (party) =>
            typeof party === "object" &&
            "pods" in party &&
            pod.namespace === party.pods.namespace &&
            has(pod.labels ?? {}, party.pods.labels),
        ),
    );
