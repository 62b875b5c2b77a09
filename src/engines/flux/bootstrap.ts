/** bootstrap/apps.sh: what must run before Flux can, by plain helm and kubectl, out of the files Flux reads afterwards. */
import type { Catalog, OrderedUnit, View } from "../../model/component.ts";
import { at, namespaceFolder, unitFolder } from "../../model/layout.ts";
import type { Plan } from "../../model/plan.ts";
import type { Tree } from "../../model/tree.ts";
import { createTree } from "../../tree/tree.ts";
import { isBuiltIn } from "./namespaces.ts";

const TEMPLATE = "engines/flux/bootstrap/apps.sh";

export function bootstrapFiles(plan: Plan, units: readonly OrderedUnit[], catalog: Catalog): Tree {
  const content = catalog.templates.render(TEMPLATE, bootstrapView(plan, units));
  return createTree([
    [at(plan, "bootstrap/apps.sh"), { content, kept: "managed", executable: true, by: "engine flux" }],
  ]);
}

/** Folders are below the root of the tree: the script goes there first. */
export function bootstrapView(plan: Plan, units: readonly OrderedUnit[]): View {
  const early = units.filter((unit) => unit.early && unit.remote === undefined);
  const namespaces = [...new Set(early.map(({ namespace }) => namespace))].filter((namespace) => !isBuiltIn(namespace));
  return {
    endpoint: `https://${plan.cluster.api.address}:${plan.cluster.api.port}`,
    namespaces: namespaces.map((namespace) => ({ file: `${namespaceFolder(namespace, { root: "" })}/namespace.yaml` })),
    units: early.map((unit) => ({
      folder: unitFolder(unit, { root: "" }),
      namespace: unit.namespace,
      release: unit.release?.name ?? null,
    })),
  };
}
