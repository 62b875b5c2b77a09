/** Addresses of the cluster that routers are told the way to, beside those of pools. */
import { contains, familyOf } from "../../model/address.ts";
import { freeRoutedAddress } from "../free.ts";
import { ONLY_ROUTERS_KNOW } from "../loadBalancer/routed.ts";
import type { Rule } from "../rule.ts";
import { lanOf } from "./networks.ts";

export const toldOffLan: Rule = {
  id: "NET-ROUTED",
  severity: "error",
  title: "an address that routers are told the way to lies outside the LAN",
  because:
    "Nodes and devices of the LAN look for such an address among themselves and never ask the router, so no node joins by it.",
  source: ONLY_ROUTERS_KNOW,
  unless: ["NET-OTHER"],
  *check(plan) {
    for (const { ip, owner, path } of plan.addresses.claims.filter(({ routed }) => routed)) {
      const lan = lanOf(plan, familyOf(ip));
      if (lan === undefined || !contains(lan.value, ip)) continue;
      yield {
        message: `${ip} (${owner}) is inside your LAN ${lan.value.text}, and routers are told the way to it`,
        paths: [path, lan.path],
        fix: `${path}: ${freeRoutedAddress(plan, familyOf(ip)) ?? "an address of a network that nobody else has"}`,
      };
    }
  },
};
