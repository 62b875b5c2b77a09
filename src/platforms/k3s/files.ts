import type { Catalog } from "../../model/component.ts";
import { at } from "../../model/layout.ts";
import { nodeNeeds } from "../../model/nodeNeeds.ts";
import type { RepoPath } from "../../model/names.ts";
import type { Plan } from "../../model/plan.ts";
import type { File, Tree } from "../../model/tree.ts";
import type { OrderedUnit, View } from "../../model/unit.ts";
import { createTree, joinTrees } from "../../tree/tree.ts";
import { bootstrapPage } from "../bootstrapPage.ts";
import { isControlPlane } from "../linux/machines.ts";
import { manifestFiles } from "../manifests.ts";
import { agentView, docsView, nodeView, scriptView, serverView } from "./views.ts";

const TEMPLATES = "platforms/k3s";

export function k3sFiles(plan: Plan, units: readonly OrderedUnit[], catalog: Catalog): Tree {
  const file = (path: string, view: View, template = path, more: Partial<File> = {}): readonly [RepoPath, File] => [
    at(plan, path),
    {
      content: catalog.templates.render(`${TEMPLATES}/${template}`, view),
      kept: "managed",
      by: "platform k3s",
      ...more,
    },
  ];
  const hasAgents = !plan.nodes.every(isControlPlane);
  return joinTrees(
    createTree([
      file("k3s/server.yaml", serverView(plan)),
      ...(hasAgents ? [file("k3s/agent.yaml", agentView(plan))] : []),
      ...plan.nodes.map((node) => file(`k3s/nodes/${node.name}.yaml`, nodeView(node, plan), "k3s/node.yaml")),
      ...(nodeNeeds(plan).sharesImages ? [file("k3s/registries.yaml", {})] : []),
      file("bootstrap/k3s.sh", scriptView(plan), "bootstrap/k3s.sh", { executable: true }),
      file("justfile", {}),
      bootstrapPage({ plan, units, catalog, by: "platform k3s" }, `${TEMPLATES}/docs`, docsView(plan, catalog)),
    ]),
    manifestFiles(plan, "k3s/manifests", catalog),
  );
}
