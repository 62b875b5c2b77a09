/** What those in use say on a page: platforms first, then components in the order of the catalog. */
import type { Catalog } from "../../model/component.ts";
import { textsOf, type DocsPage } from "../../model/docs.ts";
import type { Plan } from "../../model/plan.ts";
import { platformsOf } from "../inUse.ts";

export function fragmentsOf(page: DocsPage, plan: Plan, catalog: Catalog): readonly string[] {
  const { templates } = catalog;
  const ofPlatforms = platformsOf(plan, catalog).map(
    ({ docs }) => docs && { template: docs.fragments[page], view: () => docs.view(plan) },
  );
  const ofComponents = plan.chosen.map((chosen) => {
    const { docs } = chosen.component;
    return docs && { template: docs.fragments?.[page], view: () => docs.view(plan, chosen.options, chosen) };
  });
  return [...ofPlatforms, ...ofComponents].flatMap((said) =>
    textsOf(said?.template).map((text) => templates.render(text, said?.view() ?? {})),
  );
}
