import { z } from "zod";
import { firstIp, lastIp, size } from "../model/address.ts";
import { announcementOf, announcingNodes } from "../model/bgp.ts";
import { both } from "../model/families.ts";
import type { Component } from "../model/component.ts";
import type { Plan } from "../model/plan.ts";
import type { View } from "../model/unit.ts";
import { announcingQuestion, modeOf, poolLabel } from "./announcing.ts";
import { bgpSecretName, bgpSecrets, sessionsOf } from "./bgpSessions.ts";
import { hasIpv6Pool, poolsByName } from "./pools.ts";

const options = z.strictObject({ mode: modeOf(["l2", "bgp"]) });

/**
 * LB IPAM hands the addresses out. L2 announcements answer ARP for them, and NDP since Cilium 1.19 (cilium/cilium#39648);
 * the BGP control plane tells routers the way. The agent does all of it; see cilium.ts for its values.
 */
export const ciliumLoadBalancer: Component<z.output<typeof options>> = {
  id: "cilium-load-balancer",
  slot: "load-balancer",
  provider: "cilium",
  title: "Cilium LB IPAM",
  summary:
    "gives Services addresses and announces them from the agents that are there already, by ARP and NDP or by BGP",
  options,
  questions: [announcingQuestion],
  partOf: "cilium",
  // Each implementation reads a key of its own and ignores the others (Cilium documentation, LB IPAM, Requesting IPs).
  addressAnnotations: (ips, sharing) => ({
    "lbipam.cilium.io/ips": ips.join(","),
    // Services of other namespaces are others unless each side names them (Cilium documentation, LB IPAM, Sharing Keys).
    ...(sharing !== undefined && {
      "lbipam.cilium.io/sharing-key": sharing,
      "lbipam.cilium.io/sharing-cross-namespace": "*",
    }),
  }),
  // A pool has to select a Service, also one that asks for an address (Cilium documentation, LB IPAM, Service Selectors).
  poolLabels: (pool) => ({ [poolLabel(pool)]: "true" }),
  announces: ({ mode }) => mode,
  // No port is taken without `localPort` (CiliumBGPClusterConfig), and what it can say of a peer has no BFD. Agents
  // tolerate every taint (cilium 1.20, values.yaml, tolerations).
  speaksBgp: (plan, { mode }) =>
    mode === "bgp"
      ? {
          nodes: announcingNodes(plan),
          toRouters: true,
          listens: false,
          lacks: { bfd: { because: "its peers have no key for it", source: "CiliumBGPPeerConfig of Cilium 1.20" } },
        }
      : undefined,
  pools: { group: "cilium.io", kind: "CiliumLoadBalancerIPPool" },
  units: (plan) => [
    {
      id: "cilium/config",
      component: "cilium-load-balancer",
      namespace: "kube-system",
      templates: "components/cilium-load-balancer/config",
      secrets: announcementOf(plan) === "bgp" ? bgpSecrets(plan) : [],
      view: {
        pools: poolsByName(plan).map(({ name, ranges, onRequest }) => ({
          name,
          label: onRequest ? poolLabel(name) : null,
          blocks: ranges.map((range) => ({ first: firstIp(range), last: lastIp(range) })),
        })),
        ipv6: hasIpv6Pool(plan),
        bgp: announcementOf(plan) === "bgp" ? bgpView(plan) : null,
      },
    },
  ],
  docs: {
    template: "components/cilium-load-balancer/docs.md",
    fragments: {
      requests: "components/cilium-load-balancer/requests.md",
      troubleshooting: "components/cilium-load-balancer/troubleshooting.md",
    },
    view: (plan) => ({
      lan: both(plan.stacks.flatMap(({ lan }) => lan?.value ?? [])),
      ipv6: hasIpv6Pool(plan),
      bgp: announcementOf(plan) === "bgp",
      routers: (plan.bgp?.peers ?? []).map(({ name }) => name),
      pools: plan.pools.map(({ name, range, onRequest }) => ({
        name,
        range: range.text,
        count: String(size(range)),
        label: onRequest ? poolLabel(name) : null,
      })),
      shared: plan.shared,
    }),
  },
};

const bgpView = (plan: Plan): View => ({
  asn: plan.bgp?.asn ?? null,
  sessions: sessionsOf(plan).map(({ name, peer, ip, family }) => ({
    name,
    address: ip,
    asn: peer.asn,
    secret: bgpSecretName(peer),
    multihop: peer.multihop ?? null,
    timers: { ...peer.timers },
    family: `ipv${family}`,
  })),
});
