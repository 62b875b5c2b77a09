/** What speakers are called among each other. */
import { speakersOf } from "../../model/bgp.ts";
import type { Rule } from "../rule.ts";

export const shortIdentifier: Rule = {
  id: "BGP-IDENTIFIER",
  severity: "error",
  title: "a speaker that is called by the first address of its node has an IPv4 address there",
  because: "Speakers are called by four bytes, and one that is given an IPv6 address for them does not start.",
  source: "RFC 6286 §2.1; osrg/gobgp v4.8.0, pkg/server/server.go, StartBgp: router-id must be an IPv4 address",
  unless: ["FAMILY-SUPPORT"],
  *check(plan) {
    const [{ family, lan }] = plan.stacks;
    if (family === 4) return;
    for (const { chosen, calledByFirstAddress } of speakersOf(plan)) {
      if (!calledByFirstAddress) continue;
      yield {
        message: `${chosen.component.title} speaks BGP and is called by the first address of a node, which is of IPv6 here`,
        paths: [...(chosen.path === undefined ? [] : [`${chosen.path}.mode`]), lan?.path ?? "lan.cidr"],
        fix: "lan.cidr, pods and services with the IPv4 network first; or leave `mode` out",
      };
    }
  },
};
