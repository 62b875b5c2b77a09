/** docs/components.md: the steps in order, then what each component in use says of itself. */
import type { Catalog, Engine } from "../../model/component.ts";
import { appOf, unitFolder } from "../../model/layout.ts";
import type { Plan } from "../../model/plan.ts";
import type { OrderedUnit } from "../../model/unit.ts";
import { engineOf } from "../inUse.ts";
import { textsOf } from "../../model/docs.ts";

export function componentsPage(plan: Plan, units: readonly OrderedUnit[], catalog: Catalog): string {
  const { templates } = catalog;
  const engine = engineOf(plan, catalog);
  const head = templates.render("repository/docs/components.md", {
    steps: units.map((unit) => ({
      id: unit.id,
      folder: placeOf(unit, engine),
      after: unit.dependsOn,
      early: unit.early,
    })),
  });
  const sections = plan.chosen.map((chosen) => {
    const { docs, title, summary } = chosen.component;
    const view = docs?.view(plan, chosen.options, chosen);
    const own =
      view &&
      textsOf(docs?.template)
        .map((text) => templates.render(text, view))
        .join("\n");
    return `## ${title}${chosen.name === undefined ? "" : ` (${chosen.name})`}\n\n${own ?? `${summary}\n`}`;
  });
  return [head, ...sections].join("\n");
}

/** Manifests of another repository have no folder of their own here, only the engine's file of the app. */
const placeOf = (unit: OrderedUnit, engine: Engine): string =>
  unit.remote === undefined
    ? unitFolder(unit, { root: "" })
    : engine.fileOf({ namespace: unit.namespace, name: appOf(unit) }, { root: "" });
