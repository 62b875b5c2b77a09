/** NetworkPolicy of Kubernetes in the words of Cilium (cilium/cilium, pkg/k8s/network_policy.go). */
import type { Selector } from "../labels.ts";
import type { KubernetesPeer, KubernetesPolicy, KubernetesRule } from "../kubernetes/policy.ts";
import { NAMESPACE_LABELS } from "./identity.ts";
import {
  inNamespace,
  ofAnyNamespace,
  type CiliumPeer,
  type CiliumPolicy,
  type CiliumRule,
  type Direction,
} from "./model.ts";

export function fromKubernetes(policy: KubernetesPolicy): CiliumPolicy {
  const { title, namespace } = policy;
  return {
    title,
    subject: [...ofPods(policy.pods), inNamespace(namespace)],
    ofNodes: false,
    rules: (["ingress", "egress"] as const).flatMap((direction) => {
      const own = policy[direction];
      if (own === undefined) return [];
      // No rule closes it all the same, which is an empty rule here.
      if (own.length === 0)
        return [{ title: `${title}, ${direction}`, direction, denies: false, peers: "nobody" as const, inside: [] }];
      return own.map((rule, index) => ruleOf(rule, `${title}, ${direction}[${index}]`, direction, namespace));
    }),
    closes: { ingress: policy.ingress !== undefined, egress: policy.egress !== undefined },
  };
}

const ruleOf = (
  { peers, ports }: KubernetesRule,
  title: string,
  direction: Direction,
  namespace: string,
): CiliumRule => ({
  title,
  direction,
  denies: false,
  peers: peers === undefined ? "anybody" : peers.map((peer) => peerOf(peer, namespace)),
  ...(ports !== undefined && {
    ports: ports.map(({ protocol, port = 0, endPort }) => ({
      protocol: protocol as "TCP" | "UDP" | "SCTP",
      port: typeof port === "string" ? port.toLowerCase() : port,
      ...(endPort !== undefined && { endPort }),
    })),
  }),
  inside: [],
});

function peerOf(peer: KubernetesPeer, namespace: string): CiliumPeer {
  if ("cidr" in peer) return { cidr: peer.cidr, except: peer.except };
  if (peer.namespaces === undefined) return { endpoints: [...ofPods(peer.pods ?? []), inNamespace(namespace)] };
  const namespaces =
    peer.namespaces.length === 0
      ? [ofAnyNamespace]
      : peer.namespaces.map((requirement) => ({ ...requirement, key: `k8s:${NAMESPACE_LABELS}.${requirement.key}` }));
  // Whoever is no pod has no label that a selector could ask not to be there.
  return { endpoints: [...namespaces, ofAnyNamespace, ...ofPods(peer.pods ?? [])] };
}

const ofPods = (selector: Selector): Selector => selector.map((one) => ({ ...one, key: `k8s:${one.key}` }));
