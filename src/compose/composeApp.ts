/**
 * One app → its files, and where it has to be named so that it is installed. Pure, like `compose`: the same app in the
 * same network gives the same bytes. Files are seeded, because an app belongs to whoever asked for it; those of a
 * machine of the LAN follow homelab.yaml.
 */
import { attachmentUnit } from "../model/attachments.ts";
import type { App, Catalog } from "../model/component.ts";
import type { GatewayProvider } from "../model/gatewayProvider.ts";
import type { Plan } from "../model/plan.ts";
import type { Tree } from "../model/tree.ts";
import type { OrderedUnit, Pin, Unit } from "../model/unit.ts";
import type { Mention, Registration } from "../model/registration.ts";
import { orderUnits } from "../plan/order.ts";
import { completedUnit, unitsOf } from "../plan/units.ts";
import { createTree, joinTrees } from "../tree/tree.ts";
import { engineOf } from "./inUse.ts";
import { kindsOf } from "./kinds.ts";
import { namespaceFiles } from "./namespaces.ts";
import type { NewApp } from "./newApp/app.ts";
import { chartPin, chartView, CHART_VALUES } from "./newApp/chart.ts";
import { flowsOf } from "./newApp/flows.ts";
import { IMAGE_VALUES, imageView } from "./newApp/image.ts";
import { machineObjects } from "./newApp/machine.ts";
import { manifests } from "./newApp/manifests.ts";
import { unitFiles, withObjects } from "./unitFiles.ts";

export interface AppComposition {
  readonly tree: Tree;
  readonly registrations: readonly Registration[];
  /** In objects of the network that name every namespace. */
  readonly mentions: readonly Mention[];
}

export interface AppPlace {
  /** The namespace is not there yet. */
  readonly newNamespace: boolean;
  /** The generator that keeps its files up to date. Absent: they are seeded. */
  readonly managedBy?: string;
}

const SEEDED = { kept: "seeded", by: "add-app" } as const;
const IMAGE_CHART = "app-template";

export function composeApp(app: NewApp, place: AppPlace, plan: Plan, offered: Catalog): AppComposition {
  const catalog = withPins(offered, app);
  const engine = engineOf(plan, catalog);
  const { newNamespace, managedBy } = place;
  const step = stepOf(app, plan, catalog);
  const tree = joinTrees(
    unitFiles([step.unit], plan, catalog),
    // Apps of many kinds will share it, so it takes what most images need and no more.
    namespaceFiles(newNamespace ? [{ name: app.namespace, level: "baseline" }] : [], engine, plan),
    engine.app(step.own, plan, step.units, step.shared, catalog),
  );
  const kept = managedBy === undefined ? SEEDED : { kept: "managed" as const, by: managedBy };
  return {
    tree: createTree([...tree].map(([path, file]) => [path, { ...file, ...kept }] as const)),
    ...namedIn(step.own, newNamespace, plan, catalog),
  };
}

/**
 * What the engine of the plan has of an app that is there already. `objects`: the files of objects that lie in its
 * folder, whatever would be generated there today.
 */
export function engineSideOf(
  app: NewApp,
  { newNamespace, objects }: Pick<AppPlace, "newNamespace"> & { readonly objects: Tree },
  plan: Plan,
  offered: Catalog,
): AppComposition {
  const catalog = withPins(offered, app);
  const engine = engineOf(plan, catalog);
  const { own, units, shared } = stepOf(app, plan, catalog, objects);
  const tree = joinTrees(
    namespaceFiles(newNamespace ? [{ name: app.namespace, level: "baseline" }] : [], engine, plan),
    engine.app(own, plan, units, shared, catalog),
  );
  return {
    tree: createTree([...tree].map(([path, file]) => [path, { ...file, ...SEEDED }] as const)),
    ...namedIn(own, newNamespace, plan, catalog),
  };
}

interface Step {
  readonly unit: Unit;
  readonly own: App;
  readonly units: readonly OrderedUnit[];
  readonly shared: Tree;
}

function stepOf(app: NewApp, plan: Plan, catalog: Catalog, objects?: Tree): Step {
  const unit = completedUnit(unitOf(app, plan, catalog), flowsOf(app), plan, catalog);
  const steps = [...unitsOf(plan, catalog), unit];
  const generated = unitFiles(steps, plan, catalog);
  const shared = objects === undefined ? generated : withObjects(generated, unit, objects, plan);
  const units = orderUnits(steps, kindsOf(steps, shared, plan), []);
  const own = { namespace: app.namespace, name: app.name, units: units.filter(({ id }) => id === unit.id) };
  return { unit, own, units, shared };
}

function namedIn(own: App, newNamespace: boolean, plan: Plan, catalog: Catalog): Omit<AppComposition, "tree"> {
  const engine = engineOf(plan, catalog);
  return {
    registrations: [
      ...(newNamespace ? engine.registerNamespace(own.namespace, plan) : []),
      ...engine.register(own, plan),
    ],
    mentions: [
      ...(engine.mentions?.(own, plan, catalog) ?? []),
      ...plan.chosen.flatMap(({ component }) => component.mentions?.(own.namespace, plan) ?? []),
    ],
  };
}

function unitOf({ name, namespace, source, route }: NewApp, plan: Plan, catalog: Catalog): Unit {
  const base = {
    id: name,
    component: name,
    namespace,
    seeded: true as const,
    routes: route === undefined ? [] : [{ ...route, name, namespace }],
    ...("container" in source && source.container.networks !== undefined && { after: [attachmentUnit(namespace)] }),
  };
  switch (source.kind) {
    case "image":
      return {
        ...base,
        release: { name, chart: IMAGE_CHART, values: IMAGE_VALUES },
        view: imageView(source.container, plan, engineOf(plan, catalog).keepMade),
      };
    case "manifests":
      return { ...base, objects: manifests(name, source.container, engineOf(plan, catalog).keep), view: {} };
    case "machine": {
      const { objects, backend } = machineObjects(
        { name, namespace },
        source,
        carrierOf(route?.gateways, plan, catalog),
      );
      return {
        ...base,
        objects,
        routes: base.routes.map((one) => ({
          ...one,
          ...(backend && { backend }),
          ...(source.tls && { sealed: source.tls }),
        })),
        view: {},
      };
    }
    case "chart":
      return {
        ...base,
        release: { name, chart: chartPin(name, source).id, values: CHART_VALUES },
        view: chartView(source),
      };
  }
}

/** Who carries requests to a machine. Gateways of several makers have no object in common that leads to one. */
function carrierOf(names: readonly string[] = [], plan: Plan, { components }: Catalog): GatewayProvider {
  const makers = new Set(plan.gateways.filter(({ name }) => names.includes(name)).map(({ component }) => component));
  const [provider] = components.flatMap(({ id, gateways }) => (makers.has(id) && gateways ? [gateways] : []));
  if (provider === undefined || makers.size > 1) throw new Error("a machine has one kind of gateway before it");
  return provider;
}

/** A chart that somebody chose is a pin like ours, but of this repository alone. */
function withPins(catalog: Catalog, { name, source }: NewApp): Catalog {
  if (source.kind !== "chart") return catalog;
  const pin: Pin = chartPin(name, source);
  return { ...catalog, pins: new Map([...catalog.pins, [pin.id, pin]]) };
}
