/** A host name of which a gateway takes routes of one kind alone. */
import type { Catalog } from "../../src/model/component.ts";
import { UserError } from "../../src/model/errors.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Route } from "../../src/model/unit.ts";
import { routeObjects } from "../../src/plan/units.ts";
import type { FoundApp } from "../../src/repo/apps.ts";

/** Of two of these a listener takes the older one (gateway-api v1.6.1, GRPCRouteSpec.Hostnames). */
const EXCLUSIVE = ["HTTPRoute", "GRPCRoute"];

export function refuseMixed(route: Route, apps: readonly FoundApp[], plan: Plan, catalog: Catalog): void {
  const there = apps.flatMap(({ routes }) => routes.filter(({ hosts }) => hosts.includes(route.host)));
  for (const object of routeObjects(route, plan, catalog)) {
    if (!EXCLUSIVE.includes(object.kind)) continue;
    const gateways = catalog.components.flatMap((one) => one.gateways?.readRoute(object)?.gateways ?? []);
    const other = there.find(
      ({ kind, gateways: theirs }) =>
        EXCLUSIVE.includes(kind) && kind !== object.kind && theirs.some((name) => gateways.includes(name)),
    );
    if (other !== undefined)
      throw new UserError(
        `${route.host} is a name of ${other.kind === "GRPCRoute" ? "gRPC" : "HTTP"} already, and a gateway takes one of the two for a name: ${other.path}`,
        "another name, or another gateway",
      );
  }
}
