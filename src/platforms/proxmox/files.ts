import type { Catalog } from "../../model/component.ts";
import type { OrderedUnit, View } from "../../model/unit.ts";
import { at } from "../../model/layout.ts";
import { pinOf } from "../../model/pins.ts";
import type { Plan } from "../../model/plan.ts";
import type { Tree } from "../../model/tree.ts";
import { createTree, type Entry } from "../../tree/tree.ts";
import { machinesOf } from "./machines.ts";
import { docsView, versionsView } from "./views.ts";

const TEMPLATES = "platforms/proxmox";
const FOLDER = "infrastructure/proxmox";

export function proxmoxFiles(plan: Plan, _: readonly OrderedUnit[], { pins, templates }: Catalog): Tree {
  const entry = (path: string, content: string): Entry => [
    at(plan, path),
    { content, kept: "managed", by: "platform proxmox" },
  ];
  const file = (path: string, view: View = {}): Entry => entry(path, templates.render(`${TEMPLATES}/${path}`, view));
  return createTree([
    file(`${FOLDER}/versions.tf`, versionsView(pinOf(pins, "proxmox-provider"))),
    file(`${FOLDER}/variables.tf`),
    file(`${FOLDER}/image.tf`),
    file(`${FOLDER}/machines.tf`),
    entry(`${FOLDER}/machines.auto.tfvars.json`, `${JSON.stringify(machinesOf(plan), undefined, 2)}\n`),
    file("bootstrap/vms.just"),
    file("docs/proxmox.md", docsView(plan)),
  ]);
}
