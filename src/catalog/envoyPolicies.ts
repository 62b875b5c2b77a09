/** Who may ask a route of Envoy Gateway: one SecurityPolicy beside it, which is for that route alone. */
import type { KubernetesObject, Route } from "../model/unit.ts";

const GROUP = "gateway.envoyproxy.io";

/** `target`: the kind of the route. */
export function securityPolicies(route: Route, target: string): readonly KubernetesObject[] {
  const { name, namespace, allowFrom } = route;
  if (allowFrom === undefined) return [];
  return [
    {
      apiVersion: `${GROUP}/v1alpha1`,
      kind: "SecurityPolicy",
      metadata: { name, namespace },
      spec: {
        targetRefs: [{ group: "gateway.networking.k8s.io", kind: target, name }],
        ...(allowFrom !== undefined && { authorization: allowing(allowFrom) }),
      },
    },
  ];
}

const allowing = (clientCIDRs: readonly string[]) => ({
  defaultAction: "Deny",
  rules: [{ action: "Allow", principal: { clientCIDRs } }],
});
