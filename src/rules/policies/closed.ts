/** Namespaces that are closed: whether anybody refuses, and what would be locked out. */
import { keptOpenBy } from "../../model/closable.ts";
import { namespacesWithPolicies } from "../../model/passages.ts";
import { closingOf, enforcesNothing } from "../../model/policies.ts";
import type { Rule } from "../rule.ts";

const KEY = "policies.defaultDeny";

export const policiesEnforced: Rule = {
  id: "POLICY-NETWORK",
  severity: "error",
  title: "who may talk to whom is said where somebody enforces it",
  because: "The objects are applied and nobody reads them: all is open, and looks closed.",
  source: "Kubernetes documentation, Network Policies, Prerequisites; flannel's README",
  *check(plan) {
    if (closingOf(plan) !== undefined || namespacesWithPolicies(plan).length === 0) return;
    yield {
      message: "the pod network enforces no policies, and policies says who may talk to whom",
      paths: [plan.policies.closed.size > 0 ? KEY : "policies.allow", "cni"],
      fix: "cni: cilium or calico; or leave policies out",
    };
  },
};

export const canLook: Rule = {
  id: "POLICY-LOOK",
  severity: "error",
  title: "a namespace is looked at where the pod network can look without refusing",
  because: "A policy of Kubernetes refuses or is not there: nothing in between could be written.",
  source: "Kubernetes documentation, NetworkPolicy v1: no field for it",
  *check(plan) {
    const closing = closingOf(plan);
    if (closing === undefined || closing.audits !== undefined) return;
    for (const [namespace, denial] of plan.policies.closed) {
      if (denial !== "audit") continue;
      yield {
        message: `${namespace} is to be looked at, and this pod network only refuses`,
        paths: [`${KEY}.${namespace}`, "cni"],
        fix: `${KEY}.${namespace}: enforce or none; or cni: cilium or calico`,
      };
    }
  },
};

export const closedKeepsRunning: Rule = {
  id: "POLICY-CUT",
  severity: "error",
  title: "no namespace is closed that the network itself runs in",
  because:
    "What runs there would be refused what it needs, up to GitOps that could take nothing back: the way out would be by hand.",
  source: "Cilium and Calico documentation, default deny: system namespaces are left out; facts of each component",
  *check(plan) {
    if (closingOf(plan) === undefined) return;
    for (const namespace of plan.policies.closed.keys()) {
      const who = keptOpenBy(namespace, plan);
      if (who === undefined) continue;
      yield {
        message: `${namespace} would be closed, and ${who}`,
        paths: [`${KEY}.${namespace}`],
        fix: `leave ${KEY}.${namespace} out: policies of single parts protect them there`,
      };
    }
  },
};

export const nothingEnforced: Rule = {
  id: "POLICY-AUDITED",
  severity: "warning",
  title: "while Cilium looks, it refuses nothing",
  because: "Every policy in the cluster is only told of, also those of apps and of the network itself: all is open.",
  source: "Cilium documentation, Creating Policies from Verdicts: no network policy is enforced in audit mode",
  *check(plan) {
    if (!enforcesNothing(plan)) return;
    const audited = [...plan.policies.closed].filter(([, denial]) => denial === "audit").map(([name]) => name);
    yield {
      message: `Cilium refuses nothing in the whole cluster while it looks at ${audited.join(" and ")}`,
      paths: audited.map((name) => `${KEY}.${name}`),
      fix: `${audited.map((name) => `${KEY}.${name}: enforce`).join(", ")} when you have seen enough, or none`,
    };
  },
};
