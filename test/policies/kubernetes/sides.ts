/**
 * What Kubernetes asks of every pod network, and no more (Kubernetes documentation, Network Policies): whoever is selected
 * in a direction is open to what some policy names, and a node always reaches its own pods.
 */
import { address, contains } from "../addresses.ts";
import { matches } from "../labels.ts";
import { once } from "../once.ts";
import { isLocal, namespaceLabels, type Endpoint, type Packet } from "../packet.ts";
import { header } from "../read.ts";
import type { Sides } from "../packet.ts";
import { UnreadableObject, type Pod, type Side, type World } from "../world.ts";
import { kubernetesPolicy, type KubernetesPeer, type KubernetesPolicy, type KubernetesPort } from "./policy.ts";

type Direction = "ingress" | "egress";

export function kubernetesSides(world: World): Sides {
  const policies = world.objects.map((object) => {
    const { group, title } = header(object);
    if (group !== "networking.k8s.io") throw new UnreadableObject(`${title} is read by nobody here`);
    return kubernetesPolicy(object);
  });
  const selecting = once((pod: Pod) =>
    policies.filter((policy) => policy.namespace === pod.namespace && matches(policy.pods, pod.labels ?? {})),
  );
  const side = (packet: Packet, direction: Direction): Side => judged(packet, direction, selecting, world);
  return { egress: (packet) => side(packet, "egress"), ingress: (packet) => side(packet, "ingress") };
}

const allowed = (because: string): Side => ({ allowed: true, because, audited: false });
const denied = (because: string): Side => ({ allowed: false, because, audited: false });

function judged(
  packet: Packet,
  direction: Direction,
  policiesOf: (pod: Pod) => readonly KubernetesPolicy[],
  world: World,
): Side {
  const [subject, other] = direction === "ingress" ? [packet.to, packet.from] : [packet.from, packet.to];
  if (subject.kind !== "pod") return allowed("policies are about pods");
  if (direction === "ingress" && isLocal(packet) && packet.from.kind === "node") return allowed("its own node");
  const selecting = policiesOf(subject.pod).filter((policy) => policy[direction] !== undefined);
  const [first] = selecting;
  if (first === undefined) return allowed("no policy selects it");
  for (const policy of selecting)
    for (const [index, { peers, ports }] of (policy[direction] ?? []).entries()) {
      const at = direction === "ingress" ? packet.source : packet.destination;
      const isNamed = peers?.some((peer) => isPeer(peer, other, at, packet, policy.namespace, world)) ?? true;
      const isOpen = ports?.some((port) => isPort(port, packet)) ?? true;
      if (isNamed && isOpen) return allowed(`${policy.title}, ${direction}[${index}]`);
    }
  return denied(`${selecting.map(({ title }) => title).join(", ")}: no rule of ${direction} names it`);
}

function isPeer(
  peer: KubernetesPeer,
  other: Endpoint,
  at: string,
  packet: Packet,
  namespace: string,
  world: World,
): boolean {
  if ("cidr" in peer) {
    const one = address(at);
    return contains(peer.cidr, one) && !peer.except.some((net) => contains(net, one));
  }
  if (other.kind !== "pod" || packet.handedOnBy !== undefined) return false;
  const { pod } = other;
  const inNamespace =
    peer.namespaces === undefined
      ? pod.namespace === namespace
      : matches(peer.namespaces, namespaceLabels(world, pod.namespace));
  return inNamespace && matches(peer.pods ?? [], pod.labels ?? {});
}

function isPort({ protocol, port, endPort }: KubernetesPort, packet: Packet): boolean {
  if (protocol !== packet.protocol) return false;
  if (port === undefined) return true;
  if (typeof port === "number") return packet.port >= port && packet.port <= (endPort ?? port);
  if (packet.to.kind !== "pod") return false;
  return (packet.to.pod.ports ?? []).some(
    (one) => one.name === port && one.protocol === protocol && one.port === packet.port,
  );
}
