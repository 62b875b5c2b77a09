/** docs/components.md: the steps in order, then what each component in use says of itself. */
import type { Catalog } from "../../model/component.ts";
import { appFolder, unitFolder } from "../../model/layout.ts";
import type { Plan } from "../../model/plan.ts";
import type { OrderedUnit } from "../../model/unit.ts";
import { textsOf } from "../../model/docs.ts";

export function componentsPage(plan: Plan, units: readonly OrderedUnit[], { templates }: Catalog): string {
  const head = templates.render("repository/docs/components.md", {
    steps: units.map((unit) => ({
      id: unit.id,
      folder: folderOf(unit),
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
const folderOf = (unit: OrderedUnit): string =>
  (unit.remote === undefined ? unitFolder : appFolder)(unit, { root: "" });
