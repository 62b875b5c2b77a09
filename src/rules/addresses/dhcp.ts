import { contains, covers } from "../../model/address.ts";
import { freeAddress } from "../free.ts";
import type { Rule } from "../rule.ts";
import { lanOf } from "./networks.ts";

const TWO_ANSWER =
  "Sooner or later the router hands the address to a phone, two devices answer for it, and connections fail at random.";

export const dhcpInsideLan: Rule = {
  id: "DHCP-LAN",
  severity: "error",
  title: "the DHCP range lies in the LAN",
  because: "A range outside the LAN is not the one your router uses, so the checks against it would say nothing.",
  source: "RFC 2131 §2.2",
  *check(plan) {
    const { dhcp, cidr } = plan.lan;
    const lan = lanOf(plan, 4);
    if (dhcp === undefined || (lan !== undefined && covers(lan.value, dhcp))) return;
    yield {
      message: `${dhcp.text} is not inside your LAN ${lan?.value.text ?? cidr.text}`,
      paths: ["lan.dhcp", lan?.path ?? "lan.cidr"],
      fix: "the range as the router's DHCP page shows it",
    };
  },
};

export const dhcpUnknown: Rule = {
  id: "DHCP-UNKNOWN",
  severity: "warning",
  title: "the spec says what DHCP hands out",
  because: "Without it nothing here can tell whether the router will hand a cluster address to another device.",
  source: "RFC 2131 §2.2",
  *check(plan) {
    // Of IPv4: machines of an IPv6 network make their addresses themselves and ask whether somebody has them (RFC 4862 §5.4).
    if (plan.lan.dhcp !== undefined || lanOf(plan, 4) === undefined) return;
    yield {
      message: "the spec does not say which addresses your DHCP server hands out",
      paths: ["lan"],
      fix: "lan.dhcp: the range from the router's DHCP page; without DHCP: silence: { DHCP-UNKNOWN: no DHCP server }",
    };
  },
};

export const vipInDhcp: Rule = {
  id: "DHCP-ADDRESS",
  severity: "error",
  title: "no VIP and no router is in the DHCP range",
  because: TWO_ANSWER,
  source: "RFC 2131 §4.3.1: a server hands out any address of its range",
  unless: ["NET-ROUTED"],
  *check(plan) {
    const { lan, addresses } = plan;
    for (const claim of addresses.claims) {
      if (lan.dhcp === undefined || claim.fromPool || claim.onNode || claim.role === "node" || claim.role === "host")
        continue;
      if (!contains(lan.dhcp, claim.ip)) continue;
      yield {
        message: `${claim.ip} (${claim.owner}) is in the range your DHCP server hands out`,
        paths: [claim.path, "lan.dhcp"],
        fix: `${freeAddress(plan) ?? "an address outside the range"}, or shorten the range on the router`,
      };
    }
  },
};

export const machineInDhcp: Rule = {
  id: "DHCP-MACHINE",
  severity: "warning",
  title: "machines in the DHCP range have a fixed lease",
  because: `${TWO_ANSWER} A fixed lease for the machine prevents it.`,
  source: "RFC 2131 §4.3.1; fixed leases are the usual way on UniFi and Fritz!Box",
  *check(plan) {
    const { lan, addresses } = plan;
    for (const claim of addresses.claims) {
      if (lan.dhcp === undefined || (claim.role !== "node" && claim.role !== "host") || !contains(lan.dhcp, claim.ip))
        continue;
      yield {
        message: `${claim.ip} (${claim.owner}) is in the range your DHCP server hands out`,
        paths: [claim.path, "lan.dhcp"],
        fix: `reserve ${claim.ip} for ${claim.owner} on the router and add silence: { DHCP-MACHINE: fixed leases }, or give it ${freeAddress(plan) ?? "an address outside the range"}`,
      };
    }
  },
};
