import { contains, familyOf, firstIp, reservedIn, usable } from "../../model/address.ts";
import type { Rule } from "../rule.ts";
import { isLinkLocal, lanOf } from "./networks.ts";

const INSIDE =
  "An address outside the LAN is not reached without a router, and no machine answers there when the LAN asks for it.";

export const insideLan: Rule = {
  id: "NET-LAN",
  severity: "error",
  title: "machines, router and VIPs stand inside the LAN",
  because: INSIDE,
  source: "RFC 1122 §3.3.1, RFC 4861 §5.2; Talos: a VIP must be in the subnet of the nodes (docs, Virtual (shared) IP)",
  unless: ["NET-OTHER"],
  *check(plan) {
    for (const claim of plan.addresses.claims) {
      const lan = lanOf(plan, familyOf(claim.ip));
      // Addresses from a pool are judged against their pool (LB-ADDRESS-POOL), and the pool against the LAN; those of
      // nodes as such.
      // Other devices may be in other networks of the house; nodes, their router and the VIP may not.
      // Of what routers are told the way to, the opposite is right (NET-ROUTED).
      if (lan === undefined || claim.fromPool || claim.onNode || claim.routed || claim.role === "host") continue;
      if (contains(lan.value, claim.ip)) continue;
      // Routers announce themselves by it, and a route of Talos names the link it is on (Talos 1.13, LinkConfig, routes).
      if (claim.role === "router" && isLinkLocal(claim.ip)) continue;
      yield {
        message: `${claim.ip} (${claim.owner}) is not in your LAN ${lan.value.text}`,
        paths: [claim.path, lan.path],
        fix: `one of ${usable(lan.value).text}, or correct lan.cidr`,
      };
    }
  },
};

export const noReserved: Rule = {
  id: "NET-RESERVED",
  severity: "error",
  title: "nothing stands on an address that is set apart in every network",
  because:
    "The first address of an IPv4 network names the network and the last one reaches everybody; the first of an IPv6 network reaches any router. None of them can belong to one machine.",
  source: "RFC 1122 §3.2.1.3; RFC 4291 §2.6.1",
  *check(plan) {
    for (const claim of plan.addresses.claims) {
      const lan = lanOf(plan, familyOf(claim.ip));
      if (lan === undefined || !reservedIn(lan.value).includes(claim.ip)) continue;
      yield {
        message: `${claim.ip} (${claim.owner}) is the ${reservedName(claim.ip === firstIp(lan.value), lan.value.family)} address of ${lan.value.text}`,
        paths: [claim.path, lan.path],
        fix: `one of ${usable(lan.value).text}`,
      };
    }
  },
};

export const reservedName = (isFirst: boolean, family: number): string =>
  family === 6 ? "any-router" : isFirst ? "network" : "broadcast";
