/** Labels that nodes have from the start, beside those Kubernetes gives them. */
import { chosenIn } from "./chosen.ts";
import type { Node, Plan } from "./plan.ts";

/** No prefix of kubernetes.io: a kubelet may not give itself those (Kubernetes documentation, NodeRestriction). */
export function labelsOf(
  { name, gpu }: Pick<Node, "name" | "gpu">,
  plan: Pick<Plan, "chosen" | "addresses">,
): Readonly<Record<string, string>> {
  const balancer = chosenIn(plan, "load-balancer")[0]?.component;
  return {
    ...(gpu !== undefined && { gpu }),
    ...balancer?.nodeLabels?.(name, carriersOf(plan).has(name)),
  };
}

/** Nodes whose addresses Services have, where they have any of nodes. */
export const carriersOf = ({ addresses }: Pick<Plan, "addresses">): ReadonlySet<string> =>
  new Set(addresses.claims.flatMap(({ onNode }) => onNode?.name ?? []));
