/** What both engines find of a unit in the files they share. */
import { unitFolder, VALUES } from "../model/layout.ts";
import { repoPath } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";
import type { Tree } from "../model/tree.ts";
import type { Unit } from "../model/unit.ts";
import { kindsIn } from "../yaml/kinds.ts";

/** Names of its files of objects, in its folder. */
export function objectsIn(unit: Unit, plan: Plan, shared: Tree): readonly string[] {
  const folder = `${unitFolder(unit, plan)}/`;
  return [...shared.keys()]
    .filter((path) => path.startsWith(folder) && !path.endsWith(`/${VALUES}`))
    .map((path) => path.slice(folder.length));
}

/** `group/Kind` of its objects. */
export const kindsOf = (unit: Unit, plan: Plan, shared: Tree): readonly string[] =>
  objectsIn(unit, plan, shared).flatMap((file) =>
    kindsIn(shared.get(repoPath(unitFolder(unit, plan), file))?.content ?? ""),
  );
