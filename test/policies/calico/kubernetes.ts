/** NetworkPolicy of Kubernetes as one of Calico, in its usual tier at order 1000 (projectcalico/calico, libcalico-go/lib/backend/k8s/conversion). */
import { matches, type Selector } from "../labels.ts";
import {
  SPEC_KEYS,
  specOf,
  type KubernetesPeer,
  type KubernetesPolicy,
  type KubernetesRule,
} from "../kubernetes/policy.ts";
import { fields, oneOf, placedHeader } from "../read.ts";
import { UnreadableObject, type Labels } from "../world.ts";
import { IN_NAMESPACE, NAMESPACE_PREFIX } from "./labels.ts";
import { DEFAULT_TIER, type CalicoPolicy, type Direction } from "./policy.ts";
import type { CalicoRule, Entity } from "./rules.ts";

const ORDER = 1000;
const isPod = (labels: Labels): boolean => labels["projectcalico.org/orchestrator"] === "k8s";

export function fromKubernetes(policy: Omit<KubernetesPolicy, "name"> & { name: string }): CalicoPolicy {
  const { title, name, namespace, pods, ingress, egress } = policy;
  return {
    title,
    identity: `KubernetesNetworkPolicy ${namespace}/${name}`,
    name,
    tier: DEFAULT_TIER.name,
    order: ORDER,
    subject: (labels) => isPod(labels) && labels[IN_NAMESPACE] === namespace && matches(pods, labels),
    types: [
      ...(ingress === undefined ? [] : (["ingress"] as const)),
      ...(egress === undefined ? [] : (["egress"] as const)),
    ],
    rules: {
      ingress: (ingress ?? []).flatMap((rule, index) =>
        rulesOf(rule, "ingress", `${title}, ingress[${index}]`, namespace),
      ),
      egress: (egress ?? []).flatMap((rule, index) => rulesOf(rule, "egress", `${title}, egress[${index}]`, namespace)),
    },
  };
}

export function stagedKubernetes(object: unknown): CalicoPolicy {
  const { title, name, namespace } = placedHeader(object);
  const { spec } = fields(object, title, ["apiVersion", "kind", "metadata", "spec"]);
  const { stagedAction = "Set" } = fields(spec, title, [...SPEC_KEYS, "stagedAction"]);
  return {
    ...fromKubernetes({ title, name, namespace, ...specOf(spec, title, ["stagedAction"]) }),
    staged: oneOf(stagedAction, ["Set", "Delete"], `${title}, stagedAction`),
  };
}

/** One for each peer and port. */
function rulesOf(rule: KubernetesRule, direction: Direction, title: string, namespace: string): readonly CalicoRule[] {
  const peers = rule.peers?.map((peer) => peerOf(peer, namespace)) ?? [{}];
  return peers.flatMap((peer) =>
    (rule.ports ?? [undefined]).map((port): CalicoRule => {
      if (port?.protocol === "ICMP") throw new UnreadableObject(`${title} names a port of ICMP`);
      const range =
        port?.port === undefined
          ? undefined
          : typeof port.port === "string"
            ? port.port
            : ([port.port, port.endPort ?? port.port] as const);
      const ports = range === undefined ? {} : { ports: [range] };
      return {
        title,
        action: "Allow",
        ...(port !== undefined && { protocol: port.protocol }),
        source: direction === "ingress" ? peer : {},
        destination: direction === "ingress" ? ports : { ...peer, ...ports },
        inside: [],
      };
    }),
  );
}

function peerOf(peer: KubernetesPeer, namespace: string): Entity {
  if ("cidr" in peer) return { nets: [peer.cidr], ...(peer.except.length > 0 && { notNets: peer.except }) };
  const { pods = [], namespaces } = peer;
  return {
    selector: (labels) =>
      isPod(labels) &&
      matches(pods, labels) &&
      (namespaces === undefined ? labels[IN_NAMESPACE] === namespace : isInNamespace(namespaces, labels)),
  };
}

const isInNamespace = (wanted: Selector, labels: Labels): boolean =>
  labels[IN_NAMESPACE] !== undefined &&
  matches(
    wanted.map((one) => ({ ...one, key: `${NAMESPACE_PREFIX}${one.key}` })),
    labels,
  );
