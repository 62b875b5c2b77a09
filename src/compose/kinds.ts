/** Which kinds a unit's objects are, read off the text that is emitted, so that nothing can be declared and forgotten. */
import type { Unit } from "../model/unit.ts";
import { unitFolder, VALUES } from "../model/layout.ts";
import type { Plan } from "../model/plan.ts";
import type { Tree } from "../model/tree.ts";
import type { Needs } from "../plan/order.ts";

export function kindsOf(units: readonly Unit[], shared: Tree, plan: Plan): Needs {
  return new Map(units.map((unit) => [unit.id, new Set(objectTexts(unit, shared, plan).flatMap(kindsIn))]));
}

function objectTexts(unit: Unit, shared: Tree, plan: Plan): readonly string[] {
  const folder = `${unitFolder(unit, plan)}/`;
  return [...shared]
    .filter(([path]) => path.startsWith(folder) && path.endsWith(".yaml") && !path.endsWith(`/${VALUES}`))
    .map(([, file]) => file.content);
}

/** `group/Kind` of each document. Our printer and templates put both keys at column 1; parsing would cost a create its budget. */
function kindsIn(text: string): readonly string[] {
  return text.split(/^---$/m).flatMap((document) => {
    const version = /^apiVersion: (\S+)$/m.exec(document)?.[1];
    const kind = /^kind: (\S+)$/m.exec(document)?.[1];
    if (version === undefined || kind === undefined) return [];
    const group = version.includes("/") ? version.slice(0, version.indexOf("/")) : "";
    return [`${group}/${kind}`];
  });
}
