/** Several makers of gateways in one network: what is wrong with one of them may be right with another. */
import type { ComponentId } from "../../model/unit.ts";
import { at } from "../../model/unknown.ts";
import type { Cluster } from "../cluster.ts";
import { gatewaysOf, type Gateway } from "./gateways.ts";
import type { Route } from "./routes.ts";

export interface Elsewhere {
  gateway(gateway: Gateway): boolean;
  /** Whether all gateways of a route are there, and another maker's. */
  route(route: Pick<Route, "parents">): boolean;
}

/** What belongs to other makers than this one. A class that is nobody's may be anybody's. */
export function notOf(maker: ComponentId, cluster: Cluster): Elsewhere {
  const others = cluster.plan.gateways.filter(({ component }) => component !== maker);
  const classes = new Set<unknown>(others.map(({ className }) => className));
  const isOther = ({ instance }: Gateway): boolean =>
    classes.has(at(instance.object.value, "spec", "gatewayClassName"));
  const foreign = gatewaysOf(cluster).filter(isOther);
  return {
    gateway: isOther,
    route: ({ parents }) =>
      parents.length > 0 &&
      parents.every((parent) =>
        foreign.some(({ name, namespace }) => name === parent.name && namespace === parent.namespace),
      ),
  };
}
