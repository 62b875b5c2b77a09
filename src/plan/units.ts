/** The steps of a plan: units of every component in use, completed with routes, policies and what follows from addresses. */
import type { Catalog, Component, Flow, KubernetesObject, Peer, Route, Unit } from "../model/component.ts";
import type { Plan } from "../model/plan.ts";

export function unitsOf(plan: Plan, catalog: Catalog): readonly Unit[] {
  const inUse = catalog.components.filter((component) => plan.chosen.has(component.id));
  const units = inUse.flatMap((component) => component.units(plan, plan.chosen.get(component.id)));
  const flows = inUse.flatMap((component) => component.flows?.(plan, plan.chosen.get(component.id)) ?? []);
  const pool = units.findLast((unit) => unit.component === plan.providers.get("load-balancer"));
  return units.map((unit) => {
    const policies = policiesOf(unit, flows, plan, catalog);
    const routes = unit.routes?.flatMap((route) => routeObjects(route, plan, catalog)) ?? [];
    return {
      ...unit,
      objects: {
        ...unit.objects,
        ...(routes.length > 0 && { "httproute.yaml": routes }),
        ...(policies.length > 0 && { "networkpolicy.yaml": policies }),
      },
      ...(pool !== undefined && takesFromPool(unit, inUse) && { after: [...(unit.after ?? []), pool.id] }),
    };
  });
}

/** A route in the dialect of the gateway in use. */
export function routeObjects(route: Route, plan: Plan, catalog: Catalog): readonly KubernetesObject[] {
  const ingress = componentOf("ingress", plan, catalog);
  if (ingress?.route === undefined) throw new Error(`${route.host} has a route and the network no gateway`);
  return ingress.route(route, plan);
}

function componentOf(slot: string, plan: Plan, catalog: Catalog): Component | undefined {
  const id = plan.providers.get(slot);
  return catalog.components.find((component) => component.id === id);
}

function policiesOf(unit: Unit, flows: readonly Flow[], plan: Plan, catalog: Catalog): readonly KubernetesObject[] {
  const own = flows.filter((flow) => flow.unit === unit.id);
  if (own.length === 0) return [];
  const carriers = componentOf("ingress", plan, catalog)?.dataPlane?.(plan) ?? [];
  const resolved = own.map((flow) => ({
    ...flow,
    from: flow.from.flatMap((peer): readonly Peer[] => (peer === "gateway" ? carriers : [peer])),
  }));
  return componentOf("cni", plan, catalog)?.policies?.(resolved, plan) ?? [];
}

/** A Service with an address waits for the pool, and whoever waits for the Service would wait for ever before it. */
function takesFromPool(unit: Unit, inUse: readonly Component[]): boolean {
  if (unit.remote !== undefined) return false;
  const component = inUse.find(({ id }) => id === unit.component);
  return component?.slot === "ingress" || (component?.addresses ?? []).some(({ from }) => from === "pool");
}
