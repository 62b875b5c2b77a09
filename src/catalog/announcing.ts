/** What load balancers have in common that find their way onto a network in one of several ways. */
import { z } from "zod";
import type { Announcement } from "../model/bgp.ts";
import type { Label } from "../model/names.ts";

/** The option `mode` of a load balancer that has these. */
export const modeOf = <Mode extends Announcement>(modes: readonly [Mode, ...Mode[]]) =>
  z
    .enum(modes)
    .default(modes[0] as never)
    .describe(modes.map((mode) => CLAUSES[mode]).join("\n"))
    .meta({ because: BECAUSE[modes[0]] });

const CLAUSES: Readonly<Record<Announcement, string>> = {
  l2: "l2: a node answers for an address on the LAN, by ARP and, for IPv6, NDP",
  bgp: "bgp: nodes tell the routers of `bgp` the way to an address, which is of no LAN",
};

const BECAUSE: Readonly<Record<Announcement, string>> = {
  l2: "it needs nothing from the router",
  bgp: "routers share requests between all nodes",
};

/** On a Service that may have addresses of a pool for those that ask. */
export const poolLabel = (pool: Label): string => `pool.homelab-net/${pool}`;
