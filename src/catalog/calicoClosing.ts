import type { Closing, Far, Passage } from "../model/policies.ts";
import type { KubernetesObject } from "../model/unit.ts";
import { selector } from "./calicoPolicies.ts";
import { closedNamespace, described } from "./networkPolicies.ts";

/** The tier of what is allowed by name. */
const TIER = "allowed";
export const TIER_UNIT = "calico/tiers";

/**
 * A namespace is closed by a policy of Kubernetes, or by one that is staged. What is allowed stands in a tier before
 * that, which hands on what it does not know: so it lets through and closes nothing, in whatever state the namespace is
 * (projectcalico/calico v3.32, api/pkg/apis/projectcalico/v3/tier.go, defaultAction; documentation, Staged policies).
 */
export const calicoClosing: Closing = {
  audits: "namespace",
  // The server of these objects takes no policy of a tier that is not there (libcalico-go/lib/clientv3/networkpolicy.go).
  after: [TIER_UNIT],
  deny: (namespace, denial) => [
    closedNamespace(denial === "audit" ? "StagedKubernetesNetworkPolicy" : "NetworkPolicy", namespace),
  ],
  allow: (passage) => [
    {
      apiVersion: "projectcalico.org/v3",
      kind: "NetworkPolicy",
      // What stands before the dot is the tier.
      metadata: {
        name: `${TIER}.${passage.name}`,
        namespace: passage.namespace,
        annotations: described(passage.because),
      },
      spec: {
        tier: TIER,
        selector: Object.keys(passage.labels).length === 0 ? "all()" : selector(passage.labels),
        types: [passage.direction === "ingress" ? "Ingress" : "Egress"],
        [passage.direction]: passage.far.flatMap((far) => rulesOf(far, passage)),
      },
    },
  ],
};

/** Between what administrators of Kubernetes lay down and the tier of all other policies (tier.go, orders). */
export const tier: KubernetesObject = {
  apiVersion: "projectcalico.org/v3",
  kind: "Tier",
  metadata: { name: TIER },
  spec: { order: 100_000, defaultAction: "Pass" },
};

/** A rule names ports of one protocol. */
function rulesOf(far: Far, { direction, ports }: Passage): readonly object[] {
  if (far.kind === "ingress") return [];
  const end = endOf(far);
  const asked = far.kind === "api" ? [{ port: far.port, protocol: "TCP" as const }] : ports;
  if (asked.length === 0) return [ruled(end, direction)];
  const protocols = [...new Set(asked.map(({ protocol }) => protocol))];
  return protocols.map((protocol) =>
    ruled(end, direction, {
      protocol,
      ports: asked.filter((one) => one.protocol === protocol).map(({ port }) => port),
    }),
  );
}

interface Asked {
  readonly protocol: string;
  readonly ports: readonly number[];
}

function ruled(end: object, direction: Passage["direction"], asked?: Asked): object {
  const [source, destination] = direction === "ingress" ? [end, {}] : [{}, end];
  const whole = { ...destination, ...(asked && { ports: asked.ports }) };
  return {
    action: "Allow",
    ...(asked && { protocol: asked.protocol }),
    ...(Object.keys(source).length > 0 && { source }),
    ...(Object.keys(whole).length > 0 && { destination: whole }),
  };
}

function endOf(far: Exclude<Far, { kind: "ingress" }>): object {
  switch (far.kind) {
    case "anyone":
      return {};
    case "pods":
      return {
        ...(Object.keys(far.pods.labels).length > 0 && { selector: selector(far.pods.labels) }),
        namespaceSelector: selector({ "kubernetes.io/metadata.name": far.pods.namespace }),
      };
    case "network":
      return { nets: [far.cidr], ...(far.except.length > 0 && { notNets: far.except }) };
    case "every pod":
      return { namespaceSelector: "all()" };
    case "api":
    case "nodes":
      return { nets: far.addresses.map((ip) => `${ip}/${ip.includes(":") ? 128 : 32}`) };
  }
}
