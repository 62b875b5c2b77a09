/**
 * What Felix makes of policies of Calico: tier after tier, policy after policy, rule after rule, until one decides; whoever
 * a tier is about and none of its policies decides on is dropped at its end (Calico documentation, Policy tiers, Network
 * policy; felix/rules/endpoints.go). A node always reaches its own pods (felix/rules/static.go).
 */
import { address, isIn, sameAddress } from "../addresses.ts";
import { once } from "../once.ts";
import { isLocal, namedPort, namespaceLabels, podsOf, type Packet } from "../packet.ts";
import { header } from "../read.ts";
import { kubernetesPolicy } from "../kubernetes/policy.ts";
import type { Sides } from "../packet.ts";
import { UnreadableObject, type CalicoDatapath, type Labels, type Pod, type Side, type World } from "../world.ts";
import { fromKubernetes, stagedKubernetes } from "./kubernetes.ts";
import { ACCOUNT_PREFIX, IN_NAMESPACE, NAMESPACE_PREFIX } from "./labels.ts";
import {
  calicoPolicy,
  DEFAULT_TIER,
  networkSet,
  tier,
  type CalicoPolicy,
  type Direction,
  type NetworkSet,
  type Tier,
} from "./policy.ts";
import { isProtocol, type CalicoRule, type Entity, type PortRange } from "./rules.ts";

interface Known {
  readonly world: World;
  readonly sets: readonly NetworkSet[];
  readonly tiers: readonly Tier[];
  /** What somebody with an address has for labels, and what the labels of a pod are; found once. */
  readonly atAddress: Map<string, readonly Labels[]>;
  readonly ofPods: Map<Pod, Labels>;
}

export function calicoSides(world: World, datapath: CalicoDatapath): Sides {
  const policies: CalicoPolicy[] = [];
  const sets: NetworkSet[] = [];
  const tiers: Tier[] = [];
  for (const object of world.objects) {
    const { group, apiVersion, kind, title } = header(object);
    const isCalico = apiVersion === "projectcalico.org/v3" || apiVersion === "crd.projectcalico.org/v1";
    if (group === "networking.k8s.io") policies.push(fromKubernetes(kubernetesPolicy(object)));
    else if (isCalico && kind === "StagedKubernetesNetworkPolicy") policies.push(stagedKubernetes(object));
    else if (isCalico && /^(Staged)?(Global)?NetworkPolicy$/.test(kind)) policies.push(calicoPolicy(object));
    else if (isCalico && kind === "Tier") tiers.push(tier(object));
    else if (isCalico && /^(Global)?NetworkSet$/.test(kind)) sets.push(networkSet(object));
    else throw new UnreadableObject(`${title} is read by nobody here`);
  }
  const all = inOrder(tiers.some(({ name }) => name === DEFAULT_TIER.name) ? tiers : [...tiers, DEFAULT_TIER]);
  for (const { tier: name, title } of policies)
    if (!all.some((one) => one.name === name))
      throw new UnreadableObject(`${title} is in the tier ${name}, which is not there`);

  const known: Known = { world, sets, tiers: all, atAddress: new Map(), ofPods: new Map() };
  const enforced = selectingOf(inOrder(policies.filter(({ staged }) => staged === undefined)), known);
  const wanted = policies.some(({ staged }) => staged !== undefined)
    ? selectingOf(inOrder(asStaged(policies)), known)
    : enforced;
  const side = (packet: Packet, direction: Direction): Side => {
    const real = judged(packet, direction, enforced, known, datapath);
    const isStaged = wanted !== enforced && real.allowed;
    const staged = isStaged ? judged(packet, direction, wanted, known, datapath) : real;
    return real.allowed && !staged.allowed ? { ...real, stagedDeny: staged.because } : real;
  };
  return { egress: (packet) => side(packet, "egress"), ingress: (packet) => side(packet, "ingress") };
}

/** By order, then by name. */
const inOrder = <One extends { readonly order: number; readonly name: string }>(all: readonly One[]): readonly One[] =>
  all.toSorted((one, other) =>
    one.order === other.order ? (one.name < other.name ? -1 : 1) : one.order < other.order ? -1 : 1,
  );

/** What would be enforced if all that is staged were: in place of what has its name, or that taken away. */
function asStaged(policies: readonly CalicoPolicy[]): readonly CalicoPolicy[] {
  const staged = policies.filter((one) => one.staged !== undefined);
  const kept = policies.filter(
    (one) => one.staged === undefined && !staged.some(({ identity }) => identity === one.identity),
  );
  return [...kept, ...staged.filter((one) => one.staged === "Set")];
}

const allowed = (because: string, looksInside: readonly string[] = []): Side => ({
  allowed: true,
  because,
  audited: false,
  ...(looksInside.length > 0 && { looksInside }),
});
const denied = (because: string): Side => ({ allowed: false, because, audited: false });

function judged(
  packet: Packet,
  direction: Direction,
  selecting: Selecting,
  known: Known,
  { endpointToHost = "Accept" }: CalicoDatapath,
): Side {
  const subject = direction === "ingress" ? packet.to : packet.from;
  if (subject.kind !== "pod")
    return direction === "ingress" && packet.from.kind === "pod" && isLocal(packet) && endpointToHost === "Drop"
      ? denied("defaultEndpointToHostAction")
      : allowed("policies are about pods");
  if (direction === "ingress" && isLocal(packet) && packet.from.kind === "node") return allowed("its own node");
  const stages = selecting(subject.pod)[direction];
  for (const { tier: one, policies, rules } of stages) {
    const decided = rules.find((rule) => isMatch(rule, packet, known));
    if (decided?.action === "Allow") return allowed(decided.title, decided.inside);
    if (decided?.action === "Deny") return denied(decided.title);
    if (decided === undefined && one.defaultAction === "Deny")
      return denied(`${policies.map(({ title }) => title).join(", ")}: no rule of ${direction} names it`);
  }
  return allowed(stages.length > 0 ? "every tier passes it on" : "no policy selects it");
}

/** What of a tier is about a pod, in the order in which it is asked. */
interface Stage {
  readonly tier: Tier;
  readonly policies: readonly CalicoPolicy[];
  readonly rules: readonly CalicoRule[];
}

type Selecting = (pod: Pod) => Readonly<Record<Direction, readonly Stage[]>>;

function selectingOf(policies: readonly CalicoPolicy[], known: Known): Selecting {
  const stagesOf = (labels: Labels, direction: Direction): readonly Stage[] => {
    const mine = policies.filter(({ types, subject }) => types.includes(direction) && subject(labels));
    return known.tiers
      .map((one) => ({ tier: one, policies: mine.filter((policy) => policy.tier === one.name) }))
      .filter((stage) => stage.policies.length > 0)
      .map((stage) => ({
        ...stage,
        rules: stage.policies.flatMap(({ rules }) => rules[direction]).filter(({ action }) => action !== "Log"),
      }));
  };
  return once((pod) => {
    const labels = podLabels(pod, known);
    return { ingress: stagesOf(labels, "ingress"), egress: stagesOf(labels, "egress") };
  });
}

function isMatch(rule: CalicoRule, packet: Packet, known: Known): boolean {
  const { protocol, family, port } = packet;
  if (rule.ipVersion !== undefined && rule.ipVersion !== family) return false;
  if (rule.protocol !== undefined && !isProtocol(rule.protocol, protocol, family)) return false;
  if (rule.notProtocol !== undefined && isProtocol(rule.notProtocol, protocol, family)) return false;
  if (rule.icmpType !== undefined && rule.icmpType !== port) return false;
  return (
    isEntity(rule.source, packet.source, undefined, packet, known) &&
    isEntity(rule.destination, packet.destination, port, packet, known)
  );
}

function isEntity(wanted: Entity, at: string, port: number | undefined, packet: Packet, known: Known): boolean {
  const { selector, notSelector, nets, notNets, ports, notPorts, service } = wanted;
  const has = (matches: (labels: Labels) => boolean): boolean => labelsAt(at, known).some(matches);
  const isOneOf = (ranges: readonly PortRange[]): boolean => ranges.some((range) => isPort(range, packet));
  return (
    (selector === undefined || has(selector)) &&
    (notSelector === undefined || !has(notSelector)) &&
    (nets === undefined || isIn(at, nets)) &&
    (notNets === undefined || !isIn(at, notNets)) &&
    (ports === undefined || isOneOf(ports)) &&
    (notPorts === undefined || !isOneOf(notPorts)) &&
    (service === undefined || isBehind(service, at, port, packet, known))
  );
}

/** Labels of whatever is known to have an address: pods and sets of networks; nodes have none. */
function labelsAt(at: string, known: Known): readonly Labels[] {
  const { world, sets, atAddress } = known;
  const found = atAddress.get(at);
  if (found !== undefined) return found;
  const pods = world.pods.filter((pod) => !pod.hostNetwork && pod.addresses.some((one) => sameAddress(one, at)));
  const all = [
    ...pods.map((pod) => podLabels(pod, known)),
    ...sets.filter(({ nets }) => isIn(at, nets)).map(({ labels }) => labels),
  ];
  atAddress.set(at, all);
  return all;
}

function podLabels(pod: Pod, { world, ofPods }: Known): Labels {
  const labels = ofPods.get(pod) ?? labelsOf(pod, world);
  ofPods.set(pod, labels);
  return labels;
}

function labelsOf({ namespace, labels, serviceAccount }: Pod, world: World): Labels {
  const prefixed = (of: Labels, prefix: string): Labels =>
    Object.fromEntries(Object.entries(of).map(([key, value]) => [`${prefix}${key}`, value]));
  return {
    ...labels,
    ...prefixed({ ...namespaceLabels(world, namespace), "projectcalico.org/name": namespace }, NAMESPACE_PREFIX),
    ...prefixed(
      { ...serviceAccount?.labels, "projectcalico.org/name": serviceAccount?.name ?? "default" },
      ACCOUNT_PREFIX,
    ),
    [IN_NAMESPACE]: namespace,
    "projectcalico.org/orchestrator": "k8s",
    "projectcalico.org/serviceaccount": serviceAccount?.name ?? "default",
  };
}

function isPort(range: PortRange, { port, protocol, to }: Packet): boolean {
  if (typeof range !== "string") return port >= range[0] && port <= range[1];
  return (
    to.kind === "pod" &&
    (to.pod.ports ?? []).some((one) => one.name === range && one.protocol === protocol && one.port === port)
  );
}

/** An address behind a Service; where packets go to, with its port as well. */
function isBehind(
  { name, namespace }: NonNullable<Entity["service"]>,
  at: string,
  port: number | undefined,
  { protocol, family }: Packet,
  { world }: Known,
): boolean {
  const service = world.services.find((one) => one.name === name && one.namespace === namespace);
  if (service === undefined) return false;
  const isOpen = (own: (targetPort: number | string) => number): boolean =>
    port === undefined || service.ports.some((one) => one.protocol === protocol && own(one.targetPort) === port);
  const isIts = (one: string): boolean => address(one).family === family && sameAddress(one, at);
  return (
    (service.endpoints ?? []).some((one) => isIts(one) && isOpen(Number)) ||
    podsOf(service, world).some(
      (pod) =>
        pod.addresses.some(isIts) &&
        isOpen((targetPort) => (typeof targetPort === "number" ? targetPort : namedPort(pod, targetPort, protocol))),
    )
  );
}
