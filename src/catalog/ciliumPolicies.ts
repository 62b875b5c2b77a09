import type { Closing, Far, Passage } from "../model/policies.ts";
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
  const toPorts = portsOf(ports);
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

const portsOf = (ports: Flow["ports"]) =>
  ports.length === 0 ? undefined : [{ ports: ports.map(({ port, protocol }) => ({ port: String(port), protocol })) }];

const selector = ({ namespace, labels }: Pods) => ({ matchLabels: { [NAMESPACE]: namespace, ...labels } });

/** Only the whole agent looks without refusing, so all of the cluster is looked at (Cilium documentation, Policy Audit Mode). */
export const ciliumClosing: Closing = {
  audits: "cluster",
  deny: (namespace) => [
    {
      apiVersion: "cilium.io/v2",
      kind: "CiliumNetworkPolicy",
      metadata: { name: "default-deny", namespace },
      spec: {
        description: "what nothing allows is refused, both ways",
        endpointSelector: {},
        // An empty rule lets nobody through and selects the pods (Cilium documentation, Ingress and Egress Default Deny).
        ingress: [{}],
        egress: [{}],
      },
    },
  ],
  allow: (passage) => [
    {
      apiVersion: "cilium.io/v2",
      kind: "CiliumNetworkPolicy",
      metadata: { name: passage.name, namespace: passage.namespace },
      spec: {
        description: passage.because,
        endpointSelector: Object.keys(passage.labels).length === 0 ? {} : { matchLabels: passage.labels },
        // It lets through and closes nothing (Cilium documentation, enableDefaultDeny).
        enableDefaultDeny: { ingress: false, egress: false },
        [passage.direction]: rulesOf(passage),
      },
    },
  ],
};

/** One kind of peer a rule (pkg/policy/api, rule_validation.go). */
function rulesOf({ direction, far, ports }: Passage): readonly object[] {
  const [side, toPorts] = [direction === "ingress" ? "from" : "to", portsOf(ports)];
  const of = <Kind extends Far["kind"]>(kind: Kind) =>
    far.filter((one): one is Extract<Far, { kind: Kind }> => one.kind === kind);
  const pods = [
    ...of("pods").map((one) => selector(one.pods)),
    // An empty selector would be the pods of the namespace of the policy (Cilium documentation, Namespaces).
    ...of("every pod").map(() => ({ matchExpressions: [{ key: NAMESPACE, operator: "Exists" }] })),
  ];
  const networks = of("network").map(({ cidr, except }) => ({ cidr, except: except.length > 0 ? except : undefined }));
  const entities = [
    ...of("ingress").map(() => "ingress"),
    ...of("anyone").flatMap(() => (direction === "ingress" ? ["world", "cluster"] : ["all"])),
    ...of("nodes").flatMap(() => ["host", "remote-node"]),
  ];
  return [
    ...(pods.length > 0 ? [{ [`${side}Endpoints`]: pods, toPorts }] : []),
    ...(networks.length > 0 ? [{ [`${side}CIDRSet`]: networks, toPorts }] : []),
    ...(entities.length > 0 ? [{ [`${side}Entities`]: entities, toPorts }] : []),
    // As an entity it is all of a control plane, its kubelet and etcd too.
    ...of("api").map(({ port }) => ({
      [`${side}Entities`]: ["kube-apiserver"],
      toPorts: portsOf([{ port, protocol: "TCP" }]),
    })),
  ];
}
