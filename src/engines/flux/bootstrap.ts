/** bootstrap/apps.sh: what must run before Flux can, by plain helm and kubectl, out of the files Flux reads afterwards. */
import type { Catalog } from "../../model/component.ts";
import { apiUrl } from "../../model/apiUrl.ts";
import { appFolder, at, isBuiltInNamespace, namespaceFile, unitFolder } from "../../model/layout.ts";
import type { Plan } from "../../model/plan.ts";
import type { Tree } from "../../model/tree.ts";
import type { OrderedUnit, View } from "../../model/unit.ts";
import { createTree } from "../../tree/tree.ts";

const TEMPLATE = "engines/flux/bootstrap/apps.sh";

export function bootstrapFiles(plan: Plan, units: readonly OrderedUnit[], catalog: Catalog): Tree {
  const content = catalog.templates.render(TEMPLATE, bootstrapView(plan, units));
  return createTree([
    [at(plan, "bootstrap/apps.sh"), { content, kept: "managed", executable: true, by: "engine flux" }],
  ]);
}

// Folders are below the root of the tree: the script goes there first.
const ROOT = { root: "" };

export function bootstrapView(plan: Plan, units: readonly OrderedUnit[]): View {
  const early = units.filter((unit) => unit.early);
  const namespaces = [...new Set(early.map(({ namespace }) => namespace))].filter((name) => !isBuiltInNamespace(name));
  return {
    endpoint: apiUrl(plan),
    namespaces: namespaces.map((name) => ({ file: namespaceFile(name, ROOT) })),
    remotes: early.some(({ remote }) => remote !== undefined),
    units: early.map((unit) => ({
      folder: unit.remote === undefined ? unitFolder(unit, ROOT) : appFolder(unit, ROOT),
      namespace: unit.namespace,
      release: unit.release?.name ?? null,
      remote: unit.remote?.path ?? null,
      readyLater: unit.readyLater ?? false,
    })),
  };
}
