/** Flows as objects every pod network that enforces policies reads: NetworkPolicy of Kubernetes. */
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
