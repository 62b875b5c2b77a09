import type { Catalog } from "../../model/component.ts";
import { at } from "../../model/layout.ts";
import type { Plan } from "../../model/plan.ts";
import type { Tree } from "../../model/tree.ts";
import type { OrderedUnit } from "../../model/unit.ts";
import { createTree } from "../../tree/tree.ts";
import { bootstrapPage } from "../bootstrapPage.ts";
import { handOver } from "./handOver.ts";

const BY = "platform existing";
const TEMPLATES = "platforms/existing";

export function existingFiles(plan: Plan, units: readonly OrderedUnit[], catalog: Catalog): Tree {
  return createTree([
    bootstrapPage({ plan, units, catalog, by: BY }, `${TEMPLATES}/docs`, handOver(plan, units)),
    [at(plan, "justfile"), { content: catalog.templates.render(`${TEMPLATES}/justfile`, {}), kept: "managed", by: BY }],
  ]);
}
