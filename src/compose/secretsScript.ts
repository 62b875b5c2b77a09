/** bootstrap/secrets.sh: gives the cluster the Secrets that stand in no file, or what it opens and fetches the others with. */
import { apiUrl } from "../model/apiUrl.ts";
import type { Catalog } from "../model/component.ts";
import { keepsEarlySecrets, keptSecrets } from "../model/keptSecrets.ts";
import { at } from "../model/layout.ts";
import type { Plan } from "../model/plan.ts";
import type { Tree } from "../model/tree.ts";
import type { OrderedUnit, View } from "../model/unit.ts";
import { createTree } from "../tree/tree.ts";
import { secretNeeds, type NeededSecret } from "./secretNeeds.ts";

const ASKING = "repository/bootstrap/secrets.sh";

/** Absent where there is nothing to give. */
export function secretsScript(plan: Plan, units: readonly OrderedUnit[], { templates }: Catalog): Tree {
  const kept = keptSecrets(plan);
  const needs = secretNeeds(units).filter(({ early }) => early || kept === undefined);
  if (kept?.script === undefined && needs.length === 0) return createTree([]);
  const { template, view } = kept?.script ?? { template: ASKING, view: {} };
  const content = templates.render(template, {
    ...view,
    endpoint: apiUrl(plan),
    secrets: needs.map(asView),
    elsewhere: kept !== undefined && !keepsEarlySecrets(plan),
  });
  return createTree([
    [at(plan, "bootstrap/secrets.sh"), { content, kept: "managed", executable: true, by: "secrets" }],
  ]);
}

const asView = ({ namespace, name, because, type, labels = {}, told = {}, keys }: NeededSecret): View => ({
  namespace,
  name,
  because,
  type: type ?? "Opaque",
  labels: pairs(labels),
  told: pairs(told),
  keys: keys.map(({ file, ...key }) => ({ ...key, file: file ?? null })),
});

const pairs = (map: Readonly<Record<string, string>>): readonly View[] =>
  Object.entries(map).map(([key, value]) => ({ key, value }));
