/** Flows as objects every pod network that enforces policies reads: NetworkPolicy of Kubernetes. */
import type { Closing, Far, Passage } from "../model/policies.ts";
import type { Flow, KubernetesObject, Peer, Pods } from "../model/unit.ts";

const isPods = (peer: Peer): peer is Pods => typeof peer === "object";

/** Who is no pod: API servers, nodes, and whoever comes from outside. Kubernetes has no word for them. */
export const strangersIn = ({ from }: Flow): readonly Peer[] =>
  from.filter((peer) => !isPods(peer) && peer !== "cluster");

/** Pods and nodes together are everybody: who is a node, an address does not tell. */
const isOpen = ({ from }: Flow): boolean => from.includes("cluster");

/**
 * One policy for what pods may send, or for nobody; none where only strangers send, which is for the caller to say. The
 * node of a pod always reaches it (Kubernetes documentation, Network Policies, The two sorts of pod isolation).
 */
export function networkPolicy(flow: Flow): KubernetesObject | undefined {
  const pods = flow.from.filter(isPods);
  if (flow.from.length > 0 && pods.length === 0 && !isOpen(flow)) return undefined;
  return policyOf(flow, isOpen(flow) ? [{}] : pods.length === 0 ? [] : [{ from: pods.map(peerOf) }]);
}

/** The same for who cannot tell strangers from anybody else: a flow that names one of them is open. */
export const openNetworkPolicy = (flow: Flow): KubernetesObject =>
  strangersIn(flow).length > 0 ? policyOf(flow, [{}]) : (networkPolicy(flow) ?? policyOf(flow, []));

function policyOf(
  { name, namespace, because, to, ports }: Flow,
  rules: readonly Readonly<Record<string, unknown>>[],
): KubernetesObject {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace, annotations: described(because) },
    spec: {
      podSelector: { matchLabels: to },
      policyTypes: ["Ingress"],
      ingress: rules.map((rule) => ({
        ...rule,
        ports: ports.length === 0 ? undefined : ports.map(({ port, protocol }) => ({ port, protocol })),
      })),
    },
  };
}

/** Kubernetes documentation, Well-Known Labels, Annotations and Taints. */
export const described = (because: string) => ({ "kubernetes.io/description": because });

const peerOf = ({ namespace, labels }: Pods) => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
  podSelector: { matchLabels: labels },
});

/** A policy that closes every pod of a namespace; what it is called is for the pod network. */
export const closedNamespace = (kind: "NetworkPolicy" | "StagedKubernetesNetworkPolicy", namespace: string) => ({
  apiVersion: kind === "NetworkPolicy" ? "networking.k8s.io/v1" : "projectcalico.org/v3",
  kind,
  metadata: { name: "default-deny", namespace, annotations: described("what nothing allows is refused, both ways") },
  spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
});

/**
 * For pod networks that know nothing but policies of Kubernetes. None of those lets through without closing to all
 * others, so a pod that something is allowed to ask is closed in an open namespace as well.
 */
export const networkPolicyClosing: Closing = {
  deny: (namespace) => [closedNamespace("NetworkPolicy", namespace)],
  allow: ({ name, namespace, because, labels, direction, far, ports }) => [
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name, namespace, annotations: described(because) },
      spec: {
        podSelector: Object.keys(labels).length === 0 ? {} : { matchLabels: labels },
        policyTypes: [direction === "ingress" ? "Ingress" : "Egress"],
        [direction]: rulesOf(direction, far, ports),
      },
    },
  ],
};

/** The API is on a port of its own, whatever was asked for; a rule without peers is about everybody. */
function rulesOf(direction: Passage["direction"], far: readonly Far[], ports: Passage["ports"]): readonly object[] {
  const side = direction === "ingress" ? "from" : "to";
  const named = far.filter(({ kind }) => kind !== "api" && kind !== "anyone");
  const written = ports.length === 0 ? undefined : ports.map(({ port, protocol }) => ({ port, protocol }));
  return [
    ...(named.length > 0 ? [{ [side]: named.flatMap(farPeer), ports: written }] : []),
    ...(far.some(({ kind }) => kind === "anyone") ? [{ ports: written }] : []),
    ...far.flatMap((one) =>
      one.kind === "api" ? [{ [side]: one.addresses.map(ownBlock), ports: [{ port: one.port, protocol: "TCP" }] }] : [],
    ),
  ];
}

const ownBlock = (ip: string) => ({ ipBlock: { cidr: `${ip}/${ip.includes(":") ? 128 : 32}` } });

function farPeer(far: Far): readonly object[] {
  if (far.kind === "pods") {
    const isAll = Object.keys(far.pods.labels).length === 0;
    return [isAll ? { namespaceSelector: peerOf(far.pods).namespaceSelector } : peerOf(far.pods)];
  }
  if (far.kind === "every pod") return [{ namespaceSelector: {} }];
  if (far.kind === "nodes") return far.addresses.map(ownBlock);
  if (far.kind !== "network") return [];
  return [{ ipBlock: { cidr: far.cidr, except: far.except.length > 0 ? far.except : undefined } }];
}
