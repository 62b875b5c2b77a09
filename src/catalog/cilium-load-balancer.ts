import { z } from "zod";
import { firstIp, lastIp, size } from "../model/address.ts";
import { both } from "../model/families.ts";
import type { Component } from "../model/component.ts";
import { hasIpv6Pool, poolsByName } from "./pools.ts";

/**
 * LB IPAM hands the addresses out, L2 announcements answer ARP for them, and NDP since Cilium 1.19 (cilium/cilium#39648).
 * The agent does both; see cilium.ts for its values.
 */
export const ciliumLoadBalancer: Component<Record<string, never>> = {
  id: "cilium-load-balancer",
  slot: "load-balancer",
  provider: "cilium",
  title: "Cilium L2",
  summary:
    "announces addresses on your LAN by ARP and NDP; needs nothing from the router, one node at a time carries an address",
  options: z.strictObject({}),
  partOf: "cilium",
  // Each implementation reads a key of its own and ignores the others (Cilium documentation, LB IPAM, Requesting IPs).
  addressAnnotations: (ips) => ({ "lbipam.cilium.io/ips": ips.join(",") }),
  pools: { group: "cilium.io", kind: "CiliumLoadBalancerIPPool" },
  units: (plan) => [
    {
      id: "cilium/config",
      component: "cilium-load-balancer",
      namespace: "kube-system",
      templates: "components/cilium-load-balancer/config",
      view: {
        pools: poolsByName(plan).map(({ name, ranges }) => ({
          name,
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
