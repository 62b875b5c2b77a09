import { z } from "zod";
import { firstIp, lastIp, size } from "../model/address.ts";
import { both } from "../model/families.ts";
import type { Component } from "../model/component.ts";
import { modeOf, poolLabel } from "./announcing.ts";
import { hasIpv6Pool, poolsByName } from "./pools.ts";

const options = z.strictObject({ mode: modeOf(["l2"]) });

/**
 * LB IPAM hands the addresses out, L2 announcements answer ARP for them, and NDP since Cilium 1.19 (cilium/cilium#39648).
 * The agent does both; see cilium.ts for its values.
 */
export const ciliumLoadBalancer: Component<z.output<typeof options>> = {
  id: "cilium-load-balancer",
  slot: "load-balancer",
  provider: "cilium",
  title: "Cilium L2",
  summary:
    "announces addresses on your LAN by ARP and NDP; needs nothing from the router, one node at a time carries an address",
  options,
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
  // A pool has to select a Service, also one that asks for its address by number (Cilium documentation, LB IPAM, Service Selectors).
  poolLabels: (pool) => ({ [poolLabel(pool)]: "true" }),
  announces: ({ mode }) => mode,
  pools: { group: "cilium.io", kind: "CiliumLoadBalancerIPPool" },
  units: (plan) => [
    {
      id: "cilium/config",
      component: "cilium-load-balancer",
      namespace: "kube-system",
      templates: "components/cilium-load-balancer/config",
      view: {
        pools: poolsByName(plan).map(({ name, ranges, onRequest }) => ({
          name,
          label: onRequest ? poolLabel(name) : null,
          blocks: ranges.map((range) => ({ first: firstIp(range), last: lastIp(range) })),
        })),
        ipv6: hasIpv6Pool(plan),
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
      pools: plan.pools.map(({ name, range }) => ({ name, range: range.text, count: String(size(range)) })),
    }),
  },
};
