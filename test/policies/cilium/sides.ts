/**
 * What the agents of Cilium make of their policies: deny before allow, closed where a policy closes, and the node of a pod
 * let in whatever they say (Cilium documentation, Policy Enforcement Modes, Deny Policies, Access to/from local host).
 */
import { address, contains } from "../addresses.ts";
import { matches } from "../labels.ts";
import { kubernetesPolicy } from "../kubernetes/policy.ts";
import { isLocal, podsOf, type Endpoint, type Packet } from "../packet.ts";
import { header } from "../read.ts";
import type { Sides } from "../packet.ts";
import { UnreadableObject, type CiliumDatapath, type Service, type Side, type World } from "../world.ts";
import { isEntity } from "./entities.ts";
import { nodeLabels, observerOf, peerIdentity, selects, subjectIdentity, type Identity } from "./identity.ts";
import { fromKubernetes } from "./kubernetes.ts";
import type { CiliumPeer, CiliumPolicy, CiliumPort, CiliumRule, Direction } from "./model.ts";
import { ciliumPolicies } from "./policy.ts";

export function ciliumSides(world: World, datapath: CiliumDatapath): Sides {
  const policies = world.objects.flatMap((object) => {
    const { group, kind, title } = header(object);
    if (group === "networking.k8s.io") return [fromKubernetes(kubernetesPolicy(object))];
    if (group === "cilium.io" && /^Cilium(Clusterwide)?NetworkPolicy$/.test(kind)) return ciliumPolicies(object);
    throw new UnreadableObject(`${title} is read by nobody here`);
  });
  const around: Around = { policies, world, datapath, known: new Map() };
  const side = (packet: Packet, direction: Direction): Side => watched(judged(packet, direction, around), datapath);
  return { egress: (packet) => side(packet, "egress"), ingress: (packet) => side(packet, "ingress") };
}

interface Around {
  readonly policies: readonly CiliumPolicy[];
  readonly world: World;
  readonly datapath: CiliumDatapath;
  /** By whom policies are about. */
  readonly known: Map<object, Selecting>;
}

interface Selecting {
  readonly policies: readonly CiliumPolicy[];
  readonly rules: Readonly<Record<Direction, readonly CiliumRule[]>>;
}

const allowed = (because: string, looksInside: readonly string[] = []): Side => ({
  allowed: true,
  because,
  audited: false,
  ...(looksInside.length > 0 && { looksInside }),
});
const denied = (because: string): Side => ({ allowed: false, because, audited: false });

const watched = (side: Side, { policyAuditMode }: CiliumDatapath): Side =>
  policyAuditMode === true && !side.allowed ? { ...side, allowed: true, audited: true } : side;

function judged(packet: Packet, direction: Direction, around: Around): Side {
  const { world, datapath } = around;
  const [subject, other, at] =
    direction === "ingress"
      ? ([packet.to, packet.from, packet.source] as const)
      : ([packet.from, packet.to, packet.destination] as const);
  if (datapath.policyEnforcementMode === "never") return allowed("policies are not enforced");
  if (subject.kind === "outside") return allowed("policies end outside");
  if (subject.kind === "node" && datapath.hostFirewall !== true) return allowed("policies are not about nodes");
  const { policies: mine, rules } = selecting(subject, around);
  const peer = peerIdentity(other, at, observerOf(subject), packet, world, datapath);
  const matching = rules[direction].filter((rule) => isMatch(rule, peer, at, packet, other, world));

  const against = matching.find(({ denies }) => denies);
  if (against !== undefined) return denied(against.title);
  if (direction === "ingress" && isOwnNode(packet) && datapath.allowLocalhost !== "policy")
    return allowed("its own node");
  const open = matching.filter(({ denies }) => !denies);
  const [first] = open;
  if (first !== undefined)
    return allowed(
      first.title,
      open.flatMap(({ inside }) => inside),
    );
  const closing = mine.filter(({ closes }) => closes[direction]);
  if (closing.length > 0)
    return denied(`${closing.map(({ title }) => title).join(", ")}: no rule of ${direction} names it`);
  if (datapath.policyEnforcementMode === "always" && subject.kind !== "node")
    return denied("policies are always enforced");
  return allowed(mine.length > 0 ? "no policy closes it" : "no policy selects it");
}

const EVERYBODY = {};

/** Found once for everybody who is in the world more than once. */
function selecting(subject: Endpoint, { policies, known, world, datapath }: Around): Selecting {
  const key = subject.kind === "pod" ? subject.pod : subject.kind === "node" ? subject.node : EVERYBODY;
  const before = known.get(key);
  if (before !== undefined) return before;
  const mine = policies.filter((policy) => isSubject(policy, subject, world, datapath));
  const rulesOf = (direction: Direction) =>
    mine.flatMap(({ rules }) => rules.filter((rule) => rule.direction === direction));
  const found = { policies: mine, rules: { ingress: rulesOf("ingress"), egress: rulesOf("egress") } };
  known.set(key, found);
  return found;
}

const isOwnNode = (packet: Packet): boolean => packet.from.kind === "node" && isLocal(packet);

function isSubject(policy: CiliumPolicy, subject: Endpoint, world: World, datapath: CiliumDatapath): boolean {
  if (subject.kind === "node") return policy.ofNodes && selects(policy.subject, nodeLabels(subject.node.labels));
  const identity = subjectIdentity(subject, world, datapath);
  return !policy.ofNodes && identity !== undefined && selects(policy.subject, identity);
}

function isMatch(rule: CiliumRule, peer: Identity, at: string, packet: Packet, other: Endpoint, world: World): boolean {
  if (!isOpen(rule, packet)) return false;
  if (typeof rule.peers === "string") return rule.peers === "anybody";
  return rule.peers.some((one) => isPeer(one, peer, at, packet, other, world));
}

function isPeer(
  wanted: CiliumPeer,
  peer: Identity,
  at: string,
  { family }: Packet,
  other: Endpoint,
  world: World,
): boolean {
  if ("endpoints" in wanted) return selects(wanted.endpoints, peer);
  if ("entity" in wanted) return isEntity(wanted.entity, peer, family);
  if ("cidr" in wanted) return isInNet(wanted, peer, family);
  if ("name" in wanted)
    return (
      peer.address !== undefined &&
      other.kind === "outside" &&
      (other.outside.names ?? []).some((name) => wanted.name.test(name.toLowerCase()))
    );
  return servicesOf(wanted, world).some((service) =>
    service.selector === undefined
      ? peer.address !== undefined && (service.endpoints ?? []).includes(at)
      : other.kind === "pod" && podsOf(service, world).includes(other.pod),
  );
}

/** A client that a tunnel has made the world of has no address left, and is in the network of everybody. */
function isInNet(
  { cidr, except }: Extract<CiliumPeer, { readonly cidr: unknown }>,
  peer: Identity,
  family: 4 | 6,
): boolean {
  if (peer.address === undefined)
    return peer.labels.has("reserved:world") && cidr.prefix === 0 && cidr.family === family && except.length === 0;
  const one = address(peer.address);
  return contains(cidr, one) && !except.some((net) => contains(net, one));
}

const servicesOf = (
  { service: { name, namespace, labels } }: Extract<CiliumPeer, { readonly service: unknown }>,
  { services }: World,
): readonly Service[] =>
  services.filter(
    (one) =>
      (name === undefined || one.name === name) &&
      (namespace === undefined || one.namespace === namespace) &&
      (labels === undefined || matches(labels, one.labels ?? {})),
  );

function isOpen({ ports, icmps }: CiliumRule, packet: Packet): boolean {
  if (icmps !== undefined)
    return (
      packet.protocol === "ICMP" && icmps.some(({ family, type }) => family === packet.family && type === packet.port)
    );
  return ports?.some((port) => isPort(port, packet)) ?? true;
}

function isPort({ protocol, port, endPort }: CiliumPort, packet: Packet): boolean {
  if (packet.protocol === "ICMP" || (protocol !== "ANY" && protocol !== packet.protocol)) return false;
  if (typeof port === "number") return port === 0 || (packet.port >= port && packet.port <= (endPort ?? port));
  if (packet.to.kind !== "pod") return false;
  return (packet.to.pod.ports ?? []).some(
    (one) => one.name.toLowerCase() === port && one.protocol === packet.protocol && one.port === packet.port,
  );
}
