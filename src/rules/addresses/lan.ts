import { contains, firstIp, reservedIn, usable } from "../../model/address.ts";
import type { Rule } from "../rule.ts";

const INSIDE = "An address outside the LAN is not reached without a router, and no machine answers ARP for it.";

export const insideLan: Rule = {
  id: "NET-LAN",
  severity: "error",
  title: "machines, router and VIPs stand inside the LAN",
  because: INSIDE,
  source: "RFC 1122 §3.3.1; Talos: a VIP must be in the subnet of the nodes (docs, Virtual (shared) IP)",
  unless: ["NET-OTHER"],
  *check(plan) {
    const { cidr } = plan.lan;
    for (const claim of plan.addresses.claims) {
      // Addresses from a pool are judged against their pool (LB-ADDRESS-POOL), and the pool against the LAN.
      // Other devices may be in other networks of the house; nodes, their router and the VIP may not.
      if (claim.fromPool || claim.role === "host" || contains(cidr, claim.ip)) continue;
      yield {
        message: `${claim.ip} (${claim.owner}) is not in your LAN ${cidr.text}`,
        paths: [claim.path, "lan.cidr"],
        fix: `one of ${usable(cidr).text}, or correct lan.cidr`,
      };
    }
  },
};

export const noReserved: Rule = {
  id: "NET-RESERVED",
  severity: "error",
  title: "nothing stands on the network or broadcast address",
  because:
    "The first address of an IPv4 network names the network and the last one reaches everybody; neither can belong to one machine.",
  source: "RFC 1122 §3.2.1.3",
  *check(plan) {
    for (const claim of plan.addresses.claims) {
      if (!reservedIn(plan.lan.cidr).includes(claim.ip)) continue;
      const what = claim.ip === firstIp(plan.lan.cidr) ? "network" : "broadcast";
      yield {
        message: `${claim.ip} (${claim.owner}) is the ${what} address of ${plan.lan.cidr.text}`,
        paths: [claim.path, "lan.cidr"],
        fix: `one of ${usable(plan.lan.cidr).text}`,
      };
    }
  },
};
