import { z } from "zod";
import { firstIp, lastIp, size } from "../model/address.ts";
import type { Component } from "../model/component.ts";
import type { Plan } from "../model/plan.ts";

const pools = (plan: Plan) =>
  plan.pools.map(({ name, range }) => ({ name, first: firstIp(range), last: lastIp(range) }));

/** LB IPAM hands the addresses out, L2 announcements answer ARP for them. The agent does both; see cilium.ts for its values. */
export const ciliumLoadBalancer: Component<Record<string, never>> = {
  id: "cilium-load-balancer",
  slot: "load-balancer",
  provider: "cilium",
  title: "Cilium L2",
  summary:
    "announces addresses on your LAN by ARP; needs nothing from the router, one node at a time carries an address",
  options: z.strictObject({}),
  partOf: "cilium",
  // Each implementation reads a key of its own and ignores the others (Cilium documentation, LB IPAM, Requesting IPs).
  addressAnnotations: (ip) => ({ "lbipam.cilium.io/ips": ip }),
  poolKind: { group: "cilium.io", kind: "CiliumLoadBalancerIPPool" },
  units: (plan) => [
    {
      id: "cilium/config",
      component: "cilium-load-balancer",
      namespace: "kube-system",
      templates: "components/cilium-load-balancer/config",
      view: { pools: pools(plan) },
    },
  ],
  docs: {
    template: "components/cilium-load-balancer/docs.md",
    fragments: {
      requests: "components/cilium-load-balancer/requests.md",
      troubleshooting: "components/cilium-load-balancer/troubleshooting.md",
    },
    view: (plan) => ({
      lan: plan.lan.cidr.text,
      pools: plan.pools.map(({ name, range }) => ({ name, range: range.text, count: String(size(range)) })),
    }),
  },
};
