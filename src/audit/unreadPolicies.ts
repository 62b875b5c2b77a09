/** Policies of another pod network than the one in use. */
import { chosenIn } from "../model/chosen.ts";
import type { Finding } from "../model/finding.ts";
import { toFinding, type Audit } from "./audit.ts";
import type { Cluster } from "./cluster.ts";

export const unreadPolicy: Audit = {
  id: "POLICY-UNREAD",
  severity: "error",
  title: "A policy is one that the pod network does not read.",
  because:
    "Kubernetes takes the object, or has no definition of it, and nothing is enforced: whoever can reach the pods may.",
  source:
    "Cilium and Calico documentation, Network Policy: each reads its own kinds and those of Kubernetes; flannel documentation: no policies",
};

/** Those of Kubernetes for all who enforce any, then those of one pod network each. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  "networking.k8s.io": ["NetworkPolicy"],
  "cilium.io": ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"],
  "projectcalico.org": ["NetworkPolicy", "GlobalNetworkPolicy"],
  "crd.projectcalico.org": ["NetworkPolicy", "GlobalNetworkPolicy"],
};

export function* unreadPolicies({ ofKind, plan }: Cluster): Generator<Finding> {
  const { enforces } = plan.cluster.podNetwork;
  const title = chosenIn(plan, "cni")[0]?.component.title ?? "the pod network";
  for (const [group, kinds] of Object.entries(KINDS)) {
    if (enforces.includes(group)) continue;
    for (const { object, name, isPatched } of kinds.flatMap((kind) => ofKind(kind, group))) {
      if (isPatched) continue;
      yield toFinding(unreadPolicy, {
        message: `${object.kind} ${name} is of ${group}, and ${title} ${enforces.length === 0 ? "enforces no policies" : "does not read it"}`,
        places: [object.place(["apiVersion"], "value")],
        fix: enforces.length === 0 ? "take it out, or cni: cilium or calico" : `a policy of ${enforces[0]}`,
      });
    }
  }
}
