/** What load balancers have in common that find their way onto a network in one of several ways. */
import { z } from "zod";
import type { Announcement } from "../model/bgp.ts";
import type { Label } from "../model/names.ts";
import type { OptionQuestion } from "../model/offer.ts";

/** The option `mode` of a load balancer that has these. */
export const modeOf = <Mode extends Announcement>(modes: readonly [Mode, ...Mode[]]) =>
  z
    .enum(modes)
    .default(modes[0] as never)
    .describe(`how devices learn where an address is: ${modes.map((mode) => CLAUSES[mode]).join("; ")}`)
    .meta({ because: BECAUSE[modes[0]] });

const CLAUSES: Readonly<Record<Announcement, string>> = {
  l2: "l2 answers for it from a node of the LAN, by ARP and, for IPv6, NDP",
  bgp: "bgp tells the routers of the section bgp the way to it, and it is of no LAN",
};

const BECAUSE: Readonly<Record<Announcement, string>> = {
  l2: "it needs nothing from the router",
  bgp: "routers share requests between all nodes",
};

/** On a Service that may have addresses of a pool for those that ask. */
export const poolLabel = (pool: Label): string => `pool.homelab-net/${pool}`;

/** Asked where a load balancer stands that can do either. */
export const announcingQuestion: OptionQuestion = {
  flag: "announce",
  label: "Addresses are announced",
  summary: "how devices find the addresses of Services",
  because: BECAUSE.l2,
  answers: [
    {
      value: "l2",
      title: "On the LAN (ARP, NDP)",
      summary: "works with every router; one node at a time carries an address, which is of your LAN",
      options: {},
    },
    {
      value: "bgp",
      title: "To your router (BGP)",
      summary: "all nodes carry every address, from a network of their own; needs a router that speaks BGP",
      options: { mode: "bgp" },
    },
  ],
};
