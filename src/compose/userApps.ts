/** Apps of the network itself that are the user's, as the engine of the plan has them. */
import type { App, Catalog } from "../model/component.ts";
import { unitFolder } from "../model/layout.ts";
import type { Plan } from "../model/plan.ts";
import type { Tree } from "../model/tree.ts";
import { orderUnits } from "../plan/order.ts";
import { unitsOf } from "../plan/units.ts";
import { appsOf } from "./apps.ts";
import { engineOf } from "./inUse.ts";
import { kindsOf } from "./kinds.ts";
import { unitFiles, withObjects } from "./unitFiles.ts";

export const userApps = (plan: Plan, catalog: Catalog): readonly App[] =>
  appsOf(ordered(plan, catalog).units).filter(({ units }) => units.every(({ seeded }) => seeded));

/** `objects`: the files of objects that lie in the folders of its units, whatever would be generated there today. */
export function engineFilesOf(app: App, objects: Tree, plan: Plan, catalog: Catalog): Tree {
  const { units, shared } = ordered(plan, catalog);
  const there = app.units.reduce((tree, unit) => {
    const own = [...objects].filter(([path]) => path.startsWith(`${unitFolder(unit, plan)}/`));
    return withObjects(tree, unit, new Map(own), plan);
  }, shared);
  return engineOf(plan, catalog).app(app, plan, units, there, catalog);
}

function ordered(plan: Plan, catalog: Catalog) {
  const steps = unitsOf(plan, catalog);
  const shared = unitFiles(steps, plan, catalog);
  return { units: orderUnits(steps, kindsOf(steps, shared, plan), []), shared };
}
