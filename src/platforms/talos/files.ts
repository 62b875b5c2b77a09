import type { Catalog } from "../../model/component.ts";
import type { OrderedUnit, View } from "../../model/unit.ts";
import { at } from "../../model/layout.ts";
import type { RepoPath } from "../../model/names.ts";
import { pinOf } from "../../model/pins.ts";
import type { Plan } from "../../model/plan.ts";
import type { File, Tree } from "../../model/tree.ts";
import { createTree } from "../../tree/tree.ts";
import { bootstrapPage } from "../bootstrapPage.ts";
import { makersOf, schematicFile, schematicOf } from "./schematic.ts";
import { allView, controlPlaneView, docsView, nodeView, schematicView, scriptView } from "./views.ts";

const TEMPLATES = "platforms/talos";

export function talosFiles(plan: Plan, units: readonly OrderedUnit[], catalog: Catalog): Tree {
  const { pins, platforms, templates } = catalog;
  const talos = pinOf(pins, "talosctl");
  const machines = platforms.find(({ id }) => id === plan.cluster.hardware)?.machines;
  const schematic = schematicOf(plan, machines);
  const file = (path: string, view: View, template = path, more: Partial<File> = {}): readonly [RepoPath, File] => [
    at(plan, path),
    { content: templates.render(`${TEMPLATES}/${template}`, view), kept: "managed", by: "platform talos", ...more },
  ];
  return createTree([
    file("talos/patches/all.yaml", allView(plan, talos, schematic)),
    file("talos/patches/controlplane.yaml", controlPlaneView(plan)),
    ...plan.nodes.map((node) =>
      file(`talos/nodes/${node.name}.yaml`, nodeView(node, plan, talos, machines), "talos/node.yaml"),
    ),
    ...[undefined, ...makersOf(plan)].map((gpu) =>
      file(schematicFile(gpu), schematicView(schematicOf(plan, machines, gpu), gpu), "talos/schematic.yaml"),
    ),
    file("bootstrap/talos.sh", scriptView(plan), "bootstrap/talos.sh", { executable: true }),
    file("justfile", {}),
    bootstrapPage(
      { plan, units, catalog, by: "platform talos" },
      `${TEMPLATES}/docs`,
      docsView(plan, { talos, schematic, machines }),
    ),
  ]);
}
