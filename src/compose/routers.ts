/** routers/: the other half of what the network needs from the routers of the house. */
import type { Catalog } from "../model/component.ts";
import { houseRouters, type HouseRouter } from "../model/houseRouters.ts";
import type { Plan } from "../model/plan.ts";
import type { Router } from "../model/router.ts";
import type { Tree } from "../model/tree.ts";
import { joinTrees } from "../tree/tree.ts";

export const routerTree = (plan: Plan, catalog: Catalog): Tree =>
  joinTrees(...houseRouters(plan).map((router) => kindOf(router, catalog).files(router, plan, catalog.templates)));

function kindOf({ software }: HouseRouter, { routers: [first, ...others] }: Catalog): Router {
  const words = software.map((word) => word.toLowerCase().replaceAll(" ", "-"));
  return others.find((router) => router.software.some((word) => words.includes(word))) ?? first;
}
