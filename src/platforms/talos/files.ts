import type { Catalog } from "../../model/component.ts";
import type { OrderedUnit, View } from "../../model/unit.ts";
import { at } from "../../model/layout.ts";
import type { RepoPath } from "../../model/names.ts";
import { pinOf } from "../../model/pins.ts";
import type { Plan } from "../../model/plan.ts";
import type { File, Tree } from "../../model/tree.ts";
import { createTree } from "../../tree/tree.ts";
import { allView, controlPlaneView, docsView, nodeView, scriptView } from "./views.ts";

const TEMPLATES = "platforms/talos";

export function talosFiles(plan: Plan, units: readonly OrderedUnit[], { pins, templates }: Catalog): Tree {
  const talos = pinOf(pins, "talosctl");
  const file = (path: string, view: View, template = path, more: Partial<File> = {}): readonly [RepoPath, File] => [
    at(plan, path),
    { content: templates.render(`${TEMPLATES}/${template}`, view), kept: "managed", by: "platform talos", ...more },
  ];
  return createTree([
    file("talos/patches/all.yaml", allView(plan, talos)),
    file("talos/patches/controlplane.yaml", controlPlaneView(plan)),
    ...plan.nodes.map((node) => file(`talos/nodes/${node.name}.yaml`, nodeView(node, plan), "talos/node.yaml")),
    file("talos/schematic.yaml", {}),
    file("bootstrap/talos.sh", scriptView(plan, pinOf(pins, "kubernetes")), "bootstrap/talos.sh", { executable: true }),
    file("docs/bootstrap.md", docsView(plan, units, talos)),
  ]);
}
