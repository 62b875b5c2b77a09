/** What both engines share of a unit: values.yaml and its objects, in the unit's folder. */
import type { Catalog, Engine } from "../model/component.ts";
import type { KubernetesObject, Unit } from "../model/unit.ts";
import { at, unitFolder, VALUES } from "../model/layout.ts";
import type { Plan } from "../model/plan.ts";
import type { Tree } from "../model/tree.ts";
import { createTree, type Entry } from "../tree/tree.ts";
import { printDocuments } from "../yaml/print.ts";

export function unitFiles(units: readonly Unit[], plan: Plan, catalog: Catalog): Tree {
  return createTree(
    units.flatMap((unit) => [...filesOf(unit, catalog)].map(([name, content]) => entry(unit, name, content, plan))),
  );
}

function* filesOf(unit: Unit, catalog: Catalog): Iterable<readonly [name: string, content: string]> {
  const { templates, engines } = catalog;
  if (unit.release !== undefined) yield [VALUES, templates.render(unit.release.values, unit.view)];
  for (const id of unit.templates === undefined ? [] : templates.list(unit.templates)) {
    yield [id.slice(id.lastIndexOf("/") + 1), templates.render(id, unit.view)];
  }
  for (const [name, objects] of Object.entries(unit.objects ?? {}))
    // Claims of the user's apps are the user's, with the word of the engine that is there.
    yield [name, printDocuments(unit.seeded ? objects : objects.map((object) => kept(object, engines)))];
}

/** What is on a volume is in no Git: it stays when its claim leaves the repository, or the engine changes. */
const kept = (object: KubernetesObject, engines: readonly Engine[]): KubernetesObject =>
  object.kind === "PersistentVolumeClaim"
    ? {
        ...object,
        metadata: { ...object.metadata, annotations: Object.assign({}, ...engines.map(({ keep }) => keep)) },
      }
    : object;

const entry = (unit: Unit, name: string, content: string, plan: Plan): Entry => [
  at(plan, unitFolder(unit, { root: "" }), name),
  { content, kept: unit.seeded ? "seeded" : "managed", by: unit.id },
];

/** The same tree with these objects in the folder of a unit, in the place of those that were generated. */
export function withObjects(tree: Tree, unit: Unit, objects: Tree, plan: Plan): Tree {
  const folder = `${unitFolder(unit, plan)}/`;
  const others = [...tree].filter(([path]) => !path.startsWith(folder) || path.endsWith(`/${VALUES}`));
  return createTree([...others, ...objects]);
}
