import type { Flow, KubernetesObject, Peer, Pods } from "../model/unit.ts";

const NAMESPACE = "k8s:io.kubernetes.pod.namespace";

const isPods = (peer: Peer): peer is Pods => typeof peer === "object";

/**
 * One CiliumNetworkPolicy a flow, ingress only: the pods it selects accept what it names and nothing else, and may
 * still open any connection themselves. Kubelet probes from the pod's own node always pass (Cilium documentation,
 * Policy enforcement modes).
 */
export const ciliumPolicies = (flows: readonly Flow[]): readonly KubernetesObject[] => flows.map(policy);

function policy({ name, namespace, because, to, from, ports }: Flow): KubernetesObject {
  const toPorts =
    ports.length === 0 ? undefined : [{ ports: ports.map(({ port, protocol }) => ({ port: String(port), protocol })) }];
  const pods = from.filter(isPods);
  const entities = from.filter((peer) => !isPods(peer));
  return {
    apiVersion: "cilium.io/v2",
    kind: "CiliumNetworkPolicy",
    metadata: { name, namespace },
    spec: {
      description: because,
      endpointSelector: { matchLabels: to },
      // Cilium takes one kind of peer a rule (pkg/policy/api, rule_validation.go). A rule without peers lets nobody in
      // and selects the pods all the same (Cilium documentation, Ingress Default Deny).
      ingress: [
        ...(pods.length > 0 ? [{ fromEndpoints: pods.map(selector), toPorts }] : []),
        ...(entities.length > 0 ? [{ fromEntities: entities, toPorts }] : []),
        ...(from.length === 0 ? [{}] : []),
      ],
    },
  };
}

const selector = ({ namespace, labels }: Pods) => ({ matchLabels: { [NAMESPACE]: namespace, ...labels } });
