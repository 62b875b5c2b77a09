/** bootstrap/apps.sh: what must run before an engine can, by plain helm and kubectl, out of the files it reads afterwards. */
import type { Catalog } from "../model/component.ts";
import { apiUrl } from "../model/apiUrl.ts";
import { at, isBuiltInNamespace, namespaceFile, unitFolder } from "../model/layout.ts";
import type { Plan } from "../model/plan.ts";
import type { Tree } from "../model/tree.ts";
import type { OrderedUnit, TemplateId, View } from "../model/unit.ts";
import { createTree } from "../tree/tree.ts";

/** In the order of the script. The engine's own: how its files name charts, and what it begins with. */
export const bootstrapTemplates = (engine: string): readonly TemplateId[] => [
  "engines/bootstrap/begin.sh",
  `engines/${engine}/bootstrap/reading.sh`,
  "engines/bootstrap/install.sh",
  `engines/${engine}/bootstrap/end.sh`,
];

/** `id`: the folder of its templates. `title`: what it is called in comments and messages. */
export function bootstrapScript(
  { id, title }: { readonly id: string; readonly title: string },
  plan: Plan,
  units: readonly OrderedUnit[],
  { templates }: Catalog,
): Tree {
  const view = { engine: title, ...bootstrapView(plan, units) };
  const content = bootstrapTemplates(id)
    .map((template) => templates.render(template, view))
    .join("\n");
  return createTree([
    [at(plan, "bootstrap/apps.sh"), { content, kept: "managed", executable: true, by: `engine ${id}` }],
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
      folder: unitFolder(unit, ROOT),
      namespace: unit.namespace,
      release: unit.release?.name ?? null,
      remote: unit.remote?.path ?? null,
      readyLater: unit.readyLater ?? false,
    })),
  };
}
