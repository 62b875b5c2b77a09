/** Which kinds a unit's objects are, read off the text that is emitted, so that nothing can be declared and forgotten. */
import type { Unit } from "../model/unit.ts";
import { unitFolder, VALUES } from "../model/layout.ts";
import type { Plan } from "../model/plan.ts";
import type { Tree } from "../model/tree.ts";
import type { Needs } from "../plan/order.ts";
import { kindsIn } from "../yaml/kinds.ts";

export function kindsOf(units: readonly Unit[], shared: Tree, plan: Plan): Needs {
  return new Map(units.map((unit) => [unit.id, new Set(objectTexts(unit, shared, plan).flatMap(kindsIn))]));
}

function objectTexts(unit: Unit, shared: Tree, plan: Plan): readonly string[] {
  const folder = `${unitFolder(unit, plan)}/`;
  return [...shared]
    .filter(([path]) => path.startsWith(folder) && path.endsWith(".yaml") && !path.endsWith(`/${VALUES}`))
    .map(([, file]) => file.content);
}
