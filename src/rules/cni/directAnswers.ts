/**
 * Which ways of answering clients directly go with which routing: Cilium's own table, in
 * pkg/kpr/initializer/kube_proxy_replacement.go.
 */
import { cilium } from "../../catalog/cilium.ts";
import { optionsOf } from "../../model/chosen.ts";
import type { Rule } from "../rule.ts";

export const dsrNeedsRouting: Rule = {
  id: "CIL-01",
  severity: "error",
  title: "direct server return does not go through VXLAN",
  because: 'The Cilium agent stops with "cannot be used with vxlan tunneling" and the node gets no network.',
  source: "cilium/cilium pkg/kpr/initializer/kube_proxy_replacement.go; documentation, Direct Server Return",
  *check(plan) {
    const options = optionsOf(plan, cilium);
    const mode = options?.loadBalancing.mode;
    if (options?.routing !== "vxlan" || mode === undefined || mode === "snat") return;
    yield {
      message: `load balancing in mode ${mode} needs native routing or Geneve, and the pods are routed through VXLAN`,
      paths: ["cni.loadBalancing.mode", "cni.routing"],
      fix: "cni.routing: native, or cni.loadBalancing.mode: snat",
    };
  },
};

export const dsrThroughGeneve: Rule = {
  id: "CIL-02",
  severity: "error",
  title: "direct server return through a Geneve tunnel says in the tunnel where answers come from",
  because: 'The Cilium agent stops with "requires geneve dispatch" and the node gets no network.',
  source:
    "cilium/cilium pkg/kpr/initializer/kube_proxy_replacement.go; documentation, Direct Server Return with Geneve",
  *check(plan) {
    const options = optionsOf(plan, cilium);
    if (options?.routing !== "geneve") return;
    const { mode, dispatch } = options.loadBalancing;
    if (mode === "snat" || dispatch === "geneve") return;
    yield {
      message: `load balancing in mode ${mode} says in IP options where answers come from, and the pods are routed through Geneve`,
      paths: ["cni.loadBalancing.dispatch", "cni.loadBalancing.mode", "cni.routing"],
      fix: "cni.loadBalancing.dispatch: geneve",
    };
  },
};
