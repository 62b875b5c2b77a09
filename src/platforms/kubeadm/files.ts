import type { Catalog } from "../../model/component.ts";
import { at } from "../../model/layout.ts";
import type { RepoPath } from "../../model/names.ts";
import type { Plan } from "../../model/plan.ts";
import type { File, Tree } from "../../model/tree.ts";
import type { OrderedUnit, View } from "../../model/unit.ts";
import { createTree, joinTrees } from "../../tree/tree.ts";
import { bootstrapPage } from "../bootstrapPage.ts";
import { firstControlPlane } from "../linux/machines.ts";
import { manifestFiles } from "../manifests.ts";
import { clusterView, docsView, initView, nodeView, scriptView } from "./views.ts";

const TEMPLATES = "platforms/kubeadm";

export function kubeadmFiles(plan: Plan, units: readonly OrderedUnit[], catalog: Catalog): Tree {
  const file = (path: string, view: View, template = path, more: Partial<File> = {}): readonly [RepoPath, File] => [
    at(plan, path),
    {
      content: catalog.templates.render(`${TEMPLATES}/${template}`, view),
      kept: "managed",
      by: "platform kubeadm",
      ...more,
    },
  ];
  return joinTrees(
    createTree([
      file("kubeadm/cluster.yaml", clusterView(plan)),
      file("kubeadm/init.yaml", initView(firstControlPlane(plan), plan)),
      ...plan.nodes.map((node) => file(`kubeadm/nodes/${node.name}.yaml`, nodeView(node, plan), "kubeadm/node.yaml")),
      file("bootstrap/kubeadm.sh", scriptView(plan), "bootstrap/kubeadm.sh", { executable: true }),
      file("justfile", {}),
      bootstrapPage({ plan, units, catalog, by: "platform kubeadm" }, `${TEMPLATES}/docs`, docsView(plan, catalog)),
    ]),
    manifestFiles(plan, "kubeadm/manifests", catalog),
  );
}
