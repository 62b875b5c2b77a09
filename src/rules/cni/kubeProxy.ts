/** What of Cilium stands on its carrying traffic to Services in place of kube-proxy. */
import { ciliumLoadBalancer } from "../../catalog/cilium-load-balancer.ts";
import { CILIUM_GATEWAY } from "../../catalog/cilium-gateway.ts";
import { cilium } from "../../catalog/cilium.ts";
import type { CiliumOptions } from "../../catalog/ciliumOptions.ts";
import { isChosen, optionsOf } from "../../model/chosen.ts";
import type { Plan } from "../../model/plan.ts";
import type { Rule } from "../rule.ts";

const KEY = "cni.kubeProxyReplacement";

/** Of a Cilium beside kube-proxy; undefined where there is none. */
const besideKubeProxy = (plan: Plan): CiliumOptions | undefined => {
  const options = optionsOf(plan, cilium);
  return options?.kubeProxyReplacement === false ? options : undefined;
};

export const announcesInPlace: Rule = {
  id: "CIL-08",
  severity: "error",
  title: "Cilium announces addresses and makes gateways only in place of kube-proxy",
  because:
    "The agents announce nothing and the operator makes no gateways: both work on Services that Cilium carries itself.",
  source: "Cilium documentation, L2 Announcements and Gateway API, Prerequisites",
  *check(plan) {
    if (besideKubeProxy(plan) === undefined) return;
    if (isChosen(plan, ciliumLoadBalancer.id) && announcesByArp(plan))
      yield {
        message: "addresses are announced by Cilium, and kube-proxy is to carry traffic to Services",
        paths: ["loadBalancer.provider", KEY],
        fix: "loadBalancer.provider: metallb, or cni.kubeProxyReplacement: true",
      };
    if (isChosen(plan, CILIUM_GATEWAY))
      yield {
        message: "gateways are made by Cilium, and kube-proxy is to carry traffic to Services",
        paths: ["ingress.provider", KEY],
        fix: "ingress.provider: envoy-gateway, or cni.kubeProxyReplacement: true",
      };
  },
};

const announcesByArp = ({ chosen }: Plan): boolean =>
  chosen.some(({ component, shared }) => component.id === ciliumLoadBalancer.id && shared["mode"] === "l2");

export const rewritesInPlace: Rule = {
  id: "CIL-31",
  severity: "error",
  title: "eBPF rewrites addresses of pods only where it carries traffic to Services",
  because:
    "The agent stops, because what rewrites addresses in eBPF is a part of what carries Services; the node gets no network.",
  source: "Cilium documentation, Masquerading, eBPF-based: depends on the BPF NodePort feature",
  *check(plan) {
    if (besideKubeProxy(plan)?.masquerade !== "bpf") return;
    yield {
      message: "masquerade: bpf needs Cilium in place of kube-proxy, and kubeProxyReplacement is false",
      paths: [KEY, "cni.masquerade"],
      fix: "cni.masquerade: iptables, or cni.kubeProxyReplacement: true",
    };
  },
};

export const servicesInPlace: Rule = {
  id: "CIL-SERVICES",
  severity: "error",
  title: "how Cilium carries traffic to Services is said where it does",
  because: "kube-proxy carries the traffic then, in its own way, and nobody reads what is said of Cilium's.",
  source: "Cilium documentation, Kubernetes Without kube-proxy: DSR, Maglev and XDP are parts of the replacement",
  *check(plan) {
    const { mode, algorithm, acceleration } = besideKubeProxy(plan)?.loadBalancing ?? {};
    const [first] = [
      ...(mode === undefined || mode === "snat" ? [] : [`mode: ${mode}`]),
      ...(algorithm === undefined || algorithm === "random" ? [] : [`algorithm: ${algorithm}`]),
      ...(acceleration === undefined || acceleration === "disabled" ? [] : [`acceleration: ${acceleration}`]),
    ];
    if (first === undefined) return;
    yield {
      message: `loadBalancing has ${first}, and kube-proxy is to carry traffic to Services`,
      paths: ["cni.loadBalancing", KEY],
      fix: "leave out cni.loadBalancing, or cni.kubeProxyReplacement: true",
    };
  },
};
