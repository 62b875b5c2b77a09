import type { Flow, KubernetesObject } from "../model/unit.ts";
import { described, networkPolicy, strangersIn } from "./networkPolicies.ts";

/**
 * NetworkPolicy of Kubernetes for pods and for nobody, and a policy of Calico beside it for who is no pod: an API server
 * on another node comes from an address of the LAN, or of the tunnel, which is out of the range of the pods. Calico
 * knows its pods, so what it lets in is whoever is none. Both kinds stand in one tier, where what any policy lets in is
 * let in. The node of a pod always reaches it (projectcalico/calico v3.32.1, felix/rules/static.go).
 */
export const calicoPolicies = (flows: readonly Flow[]): readonly KubernetesObject[] =>
  flows.flatMap((flow) => [networkPolicy(flow), forStrangers(flow)].flatMap((policy) => policy ?? []));

function forStrangers(flow: Flow): KubernetesObject | undefined {
  const { name, namespace, because, to, ports, from } = flow;
  if (strangersIn(flow).length === 0 || from.includes("cluster")) return undefined;
  const protocols = [...new Set(ports.map(({ protocol }) => protocol))];
  const rule = { action: "Allow", source: { notSelector: "has(projectcalico.org/namespace)" } };
  return {
    apiVersion: "projectcalico.org/v3",
    kind: "GlobalNetworkPolicy",
    // In a namespace, a rule about other endpoints is about those of the namespace alone (libcalico-go,
    // updateprocessors/rules.go). A dot in the name would be the end of the name of a tier.
    metadata: { name: `${namespace}-${name}`, annotations: described(because) },
    spec: {
      namespaceSelector: selector({ "kubernetes.io/metadata.name": namespace }),
      selector: selector(to),
      types: ["Ingress"],
      ingress:
        ports.length === 0
          ? [rule]
          : protocols.map((protocol) => ({
              ...rule,
              protocol,
              destination: { ports: ports.filter((one) => one.protocol === protocol).map(({ port }) => port) },
            })),
    },
  };
}

/** Calico documentation, Selectors. Neither keys nor values of labels hold quotes. */
export const selector = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key} == '${value}'`)
    .join(" && ");
