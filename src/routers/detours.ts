/** Static routes: what another router of the house has been told, and this one, which devices send to, has not. */
import type { Family, Ip } from "../model/address.ts";
import type { HouseRouter } from "../model/houseRouters.ts";
import type { Plan } from "../model/plan.ts";
import { toldRouter } from "../model/poolRoutes.ts";
import { prefixesOf } from "../model/prefixes.ts";
import { toldIn } from "../model/told.ts";

export type Detour = {
  readonly family: Family;
  /** `ip` or `ipv6`, as commands begin. */
  readonly word: "ip" | "ipv6";
  /** `10.50.0.0/24` */
  readonly network: string;
  readonly via: Ip;
  /** Whose address that is. */
  readonly router: string;
  /** What is there: "the pool lan". */
  readonly what: string;
};

/**
 * None where the router hears it from the nodes. A node is no next hop: nobody would notice that it is gone. So is no router
 * that stands elsewhere: a packet goes to a neighbour.
 */
export function detoursOf(router: HouseRouter, plan: Plan): readonly Detour[] {
  if (!router.ofLan || router.peer !== undefined) return [];
  return toldIn(plan).flatMap(({ range, what }) => {
    const next = neighbourOf(range.family, plan);
    return next === undefined
      ? []
      : prefixesOf(range).map(({ text }) => ({
          family: range.family,
          word: range.family === 4 ? ("ip" as const) : ("ipv6" as const),
          network: text,
          ...next,
          what,
        }));
  });
}

function neighbourOf(family: Family, plan: Plan): { readonly via: Ip; readonly router: string } | undefined {
  const via = toldRouter(plan, family);
  const router = plan.bgp?.peers.find(({ ips }) => ips.some((ip) => ip === via));
  return via === undefined || router === undefined ? undefined : { via, router: router.name };
}
