/** Routes of machines to the pools of the load balancer, where a router alone learns where their addresses are. */
import { contains, familyOf, type Family, type Ip } from "./address.ts";
import { announcementOf } from "./bgp.ts";
import type { Plan } from "./plan.ts";
import { prefixesOf } from "./prefixes.ts";

export type PoolRoute = { readonly family: Family; readonly network: string; readonly via: Ip };

/** A router that is told the way and that machines of the LAN reach directly: the one they use anyway, where it is told. */
export function toldRouter({ bgp, stacks }: Pick<Plan, "bgp" | "stacks">, family: Family): Ip | undefined {
  const stack = stacks.find((one) => one.family === family);
  const near = (bgp?.peers ?? [])
    .flatMap(({ ips }) => ips)
    .filter((ip) => familyOf(ip) === family && stack?.lan !== undefined && contains(stack.lan.value, ip));
  return near.find((ip) => ip === stack?.router?.value) ?? near[0];
}

/** All of every pool, as the networks it is made of. */
export const poolRoutes = (plan: Plan): readonly PoolRoute[] =>
  announcementOf(plan) !== "bgp"
    ? []
    : plan.pools.flatMap(({ range }) => {
        const via = toldRouter(plan, range.family);
        return via === undefined
          ? []
          : prefixesOf(range).map(({ text }) => ({ family: range.family, network: text, via }));
      });
