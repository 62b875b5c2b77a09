/** The steps of a plan: units of every component in use, completed with routes, policies and what follows from addresses. */
import { chosenIn } from "../model/chosen.ts";
import { asMap } from "../model/unknown.ts";
import type { Catalog, Component } from "../model/component.ts";
import { metricFlows } from "../model/metrics.ts";
import { carriersIn } from "../model/passages.ts";
import type { Chosen, Plan } from "../model/plan.ts";
import { classNameFor } from "../model/storage.ts";
import { OTHER_ROUTE_KINDS, ROUTE_KINDS } from "../model/unit.ts";
import type { ComponentId, Flow, KubernetesObject, Peer, Route, Unit, UnitId } from "../model/unit.ts";

const POLICIES = "networkpolicy.yaml";

export function unitsOf(plan: Plan, catalog: Catalog): readonly Unit[] {
  const made = plan.chosen.flatMap((chosen) =>
    chosen.component.units(plan, chosen.options, chosen).map((unit) => ({ unit, chosen })),
  );
  const flows = flowsIn(plan);
  const [balancer] = chosenIn(plan, "load-balancer");
  const pool = made.findLast(({ chosen }) => chosen === balancer)?.unit.id;
  return made.map((one) => {
    const pools = takesFromPool(one.unit, one.chosen) && pool !== undefined ? [pool] : [];
    return completed(one.unit, { plan, catalog, flows, after: [...pools, ...volumesOf(one, made, plan)] });
  });
}

interface Made {
  readonly unit: Unit;
  readonly chosen: Chosen;
}

/** Who makes the volumes that a release keeps databases on: without them its pods wait, and so does whoever waits for it. */
function volumesOf({ unit, chosen }: Made, made: readonly Made[], plan: Plan): readonly UnitId[] {
  if (unit.release === undefined) return [];
  const disks = chosen.component.disks?.(chosen.options) ?? [];
  const wanted = new Set(disks.map(({ written }) => classNameFor(plan, written)));
  return made
    .filter(({ unit: { release } }) => release !== undefined)
    .filter(({ chosen: { component, options } }) =>
      component.storageClasses?.(plan, options).some(({ name }) => wanted.has(name)),
    )
    .map((maker) => maker.unit.id);
}

/** Traffic that pods of components receive. */
export function flowsIn(plan: Plan): readonly Flow[] {
  const flows = plan.chosen.flatMap((chosen) => chosen.component.flows?.(plan, chosen.options, chosen) ?? []);
  return [...flows, ...metricFlows(plan, flows)];
}

interface Around {
  readonly plan: Plan;
  readonly catalog: Catalog;
  readonly flows: readonly Flow[];
  readonly after: readonly UnitId[];
}

/** A unit that no component made, completed like all others: `flows` is the traffic of its own pods. */
export const completedUnit = (unit: Unit, flows: readonly Flow[], plan: Plan, catalog: Catalog): Unit =>
  completed(unit, { plan, catalog, flows, after: [] });

/** A unit with its routes and policies as objects, after the gateways its routes name and the pool of its address. */
function completed(unit: Unit, { plan, catalog, flows, after }: Around): Unit {
  const policies = policiesOf(
    flows.filter((flow) => flow.unit === unit.id),
    plan,
  );
  const routes = unit.routes ?? [];
  const objects = routes.flatMap((route) => routeObjects(route, plan, catalog));
  const gateways = plan.gateways.filter(({ name }) => routes.some((route) => route.gateways.includes(name)));
  return {
    ...unit,
    objects: {
      ...unit.objects,
      ...(objects.length > 0 && { [routeFile(objects)]: objects }),
      ...(policies.length > 0 && { [POLICIES]: policies }),
    },
    after: [...new Set([...(unit.after ?? []), ...gateways.map((gateway) => gateway.unit), ...after])],
  };
}

/** `httproute.yaml`, `ingress.yaml`; `route.yaml` where its gateways speak several dialects. */
export function routeFile(objects: readonly KubernetesObject[], suffix = ""): string {
  const routes = objects.filter(({ kind }) => [...ROUTE_KINDS, ...OTHER_ROUTE_KINDS].includes(kind));
  const [kind = "route", ...others] = new Set(routes.map((object) => object.kind.toLowerCase()));
  return `${others.length > 0 ? "route" : kind}${suffix}.yaml`;
}

/**
 * A route in the dialect of the gateways it names, which need not be the same for all of them. Where two dialects share a
 * kind of object, each has one of its own: the first is called as the route is.
 */
export function routeObjects(route: Route, plan: Plan, catalog: Catalog): readonly KubernetesObject[] {
  const byComponent = new Map<ComponentId, string[]>();
  for (const name of route.gateways) {
    const gateway = plan.gateways.find((candidate) => candidate.name === name);
    if (gateway === undefined) throw new Error(`route ${route.host} names the gateway ${name}, which the plan lacks`);
    byComponent.set(gateway.component, [...(byComponent.get(gateway.component) ?? []), name]);
  }
  const made: KubernetesObject[] = [];
  for (const [id, gateways] of byComponent) {
    const { route: write } = providerOf(id, catalog);
    const before = new Set(made.map(identity));
    const own = write({ ...route, gateways }, plan);
    // Written anew and not renamed: what stands beside a route names it.
    const isTaken = own.some((object) => before.has(identity(object)));
    made.push(...(isTaken ? write({ ...route, gateways, name: `${route.name}-${id}` }, plan) : own));
  }
  return made;
}

const identity = ({ apiVersion, kind, metadata }: KubernetesObject): string =>
  JSON.stringify([apiVersion.split("/")[0], kind, metadata?.["name"]]);

function providerOf(id: ComponentId, { components }: Catalog): NonNullable<Component["gateways"]> {
  const provider = components.find((component) => component.id === id)?.gateways;
  if (provider === undefined) throw new Error(`${id} has gateways and does not say how routes reach them`);
  return provider;
}

/** Flows in the dialect of the pod network; none where it enforces none. */
function policiesOf(flows: readonly Flow[], plan: Plan): readonly KubernetesObject[] {
  if (flows.length === 0) return [];
  const carriers = carriersIn(plan);
  const resolved = flows
    .map((flow) => ({
      ...flow,
      from: flow.from.flatMap((peer): readonly Peer[] => (peer === "gateway" ? carriers : [peer])),
    }))
    // Without gateways nothing comes through one, which is another thing than letting nobody in.
    .filter(({ from }, index) => from.length > 0 || flows[index]?.from.length === 0);
  return chosenIn(plan, "cni").flatMap(({ component }) => component.policies?.(resolved, plan) ?? []);
}

/** A Service with an address waits for the pool, and whoever waits for the Service would wait for ever before it. */
function takesFromPool(unit: Unit, { component, options }: Chosen): boolean {
  if (unit.remote !== undefined) return false;
  return (
    component.gateways !== undefined ||
    (component.addresses ?? []).some(({ from, needed }) => from === "pool" && needed?.(asMap(options)) !== false)
  );
}
