/** How a Service asks for addresses of pools, in the words of the load balancer in use. */
import { contains, type Ip } from "../model/address.ts";
import type { Component } from "../model/component.ts";
import type { Node, Plan } from "../model/plan.ts";
import type { Pool } from "../model/addressBook.ts";

/** One for all: which Services have an address together is said by the addresses they ask for. */
const SHARING = "shared";

export const askingFor = (
  balancer: Component | undefined,
  pools: readonly Pool[],
  shared: readonly Ip[],
  nodes: readonly Node[],
): Pick<Plan, "addressAnnotations" | "addressLabels"> => ({
  addressAnnotations: (ips) =>
    balancer?.addressAnnotations?.(ips, ips.some((ip) => shared.includes(ip)) ? SHARING : undefined) ?? {},
  addressLabels: (ips) => {
    const asked =
      balancer?.nodeLabels === undefined
        ? pools.filter(({ range, onRequest }) => onRequest && ips.some((ip) => contains(range, ip)))
        : nodes.filter((node) => node.ips.some((ip) => ips.includes(ip)));
    return Object.assign({}, ...asked.map(({ name }) => balancer?.poolLabels?.(name) ?? {})) as Record<string, string>;
  },
});
