/** Pools that routers are told the way to. */
import { overlaps } from "../../model/address.ts";
import { announcementOf } from "../../model/bgp.ts";
import { freeRouted } from "../free.ts";
import { isInside, networksOf } from "../addresses/networks.ts";
import type { Plan } from "../../model/plan.ts";
import type { Pool } from "../../model/addressBook.ts";
import type { Rule } from "../rule.ts";

export const ONLY_ROUTERS_KNOW =
  "RFC 1122 §3.3.1: a host sends to its own network directly; tried with FRR 8.4 and a pool inside the network of its clients";

const elsewhere = (pool: Pool, plan: Plan): string =>
  `${pool.path}: ${freeRouted(plan, pool)?.text ?? "a network that nobody else has"}`;

export const poolOffLan: Rule = {
  id: "LB-POOL-ROUTED",
  severity: "error",
  title: "a pool announced by BGP lies outside the LAN",
  because:
    "Devices of the LAN look for such an address among themselves and never ask the router, so no one of them reaches it.",
  source: ONLY_ROUTERS_KNOW,
  unless: ["NET-OTHER"],
  *check(plan) {
    if (announcementOf(plan) !== "bgp") return;
    for (const pool of plan.pools) {
      const lan = plan.stacks.find((stack) => stack.lan !== undefined && overlaps(stack.lan.value, pool.range))?.lan;
      if (lan === undefined) continue;
      yield {
        message: `the pool ${pool.name} (${pool.range.text}) is inside your LAN ${lan.value.text}, and routers are told the way to it`,
        paths: [pool.path, lan.path],
        fix: `${elsewhere(pool, plan)}, with the addresses taken from it; or a load balancer that answers ARP (mode: l2)`,
      };
    }
  },
};

export const poolOffCluster: Rule = {
  id: "LB-POOL-CLUSTER",
  severity: "error",
  title: "a pool announced by BGP shares nothing with pods and services",
  because: "Nodes look for such an address inside the cluster, so the Service that gets it is reached by chance.",
  source: "Kubernetes documentation, Cluster Networking: ranges must not overlap",
  unless: ["LB-POOL-ROUTED"],
  *check(plan) {
    if (announcementOf(plan) !== "bgp") return;
    for (const pool of plan.pools) {
      const inside = networksOf(plan).find((network) => isInside(network) && overlaps(network.cidr, pool.range));
      if (inside === undefined) continue;
      yield {
        message: `the pool ${pool.name} (${pool.range.text}) overlaps ${inside.what} (${inside.cidr.text})`,
        paths: [pool.path, inside.path],
        fix: elsewhere(pool, plan),
      };
    }
  },
};
