/** What components in use put on control planes, as files of the repository. */
import type { Catalog } from "../model/component.ts";
import { at } from "../model/layout.ts";
import type { RepoPath } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";
import type { File, Tree } from "../model/tree.ts";
import { createTree } from "../tree/tree.ts";

/** `folder`: where the distribution keeps them in the repository, `k3s/manifests`. */
export const manifestFiles = (plan: Plan, folder: string, { templates }: Catalog): Tree =>
  createTree(
    plan.chosen.flatMap(({ component, options }) =>
      (component.onControlPlanes?.(plan, options) ?? []).map(({ name, template, view }): readonly [RepoPath, File] => [
        at(plan, folder, `${name}.yaml`),
        { content: templates.render(template, view), kept: "managed", by: `component ${component.id}` },
      ]),
    ),
  );
