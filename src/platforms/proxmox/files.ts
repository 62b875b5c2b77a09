import type { Catalog } from "../../model/component.ts";
import type { OrderedUnit, TemplateId, View } from "../../model/unit.ts";
import { at } from "../../model/layout.ts";
import { pinOf } from "../../model/pins.ts";
import type { Plan } from "../../model/plan.ts";
import type { File, Tree } from "../../model/tree.ts";
import { createTree, type Entry } from "../../tree/tree.ts";
import { cardsView, hasLinks } from "./cards.ts";
import { machinesOf } from "./machines.ts";
import { docsView, scriptView, versionsView } from "./views.ts";

const TEMPLATES = "platforms/proxmox";
const FOLDER = "infrastructure/proxmox";

export function proxmoxFiles(plan: Plan, _: readonly OrderedUnit[], catalog: Catalog): Tree {
  const { pins, platforms, templates } = catalog;
  const image = platforms.find(({ id }) => id === plan.cluster.distribution)?.machineImage;
  if (image === undefined) throw new Error("a rule refuses machines of a distribution that has no image");
  const entry = (path: string, content: string, more: Partial<File> = {}): Entry => [
    at(plan, path),
    { content, kept: "managed", by: "platform proxmox", ...more },
  ];
  const file = (path: string, template: TemplateId, view: View = {}, more: Partial<File> = {}): Entry =>
    entry(path, templates.render(template, view), more);
  const own = `${TEMPLATES}/${image.kind}`;
  return createTree([
    file(`${FOLDER}/versions.tf`, `${TEMPLATES}/versions.tf`, versionsView(pinOf(pins, "proxmox-provider"))),
    file(`${FOLDER}/variables.tf`, `${own}/variables.tf`),
    file(`${FOLDER}/image.tf`, image.kind === "installer" ? image.fetchedBy : `${own}/image.tf`),
    file(`${FOLDER}/machines.tf`, `${own}/machines.tf`),
    entry(`${FOLDER}/machines.auto.tfvars.json`, `${JSON.stringify(machinesOf(plan, image), undefined, 2)}\n`),
    file("bootstrap/vms.just", `${own}/vms.just`),
    ...(image.kind === "cloud-image"
      ? [file("bootstrap/vms.sh", `${own}/vms.sh`, scriptView(plan, image), { executable: true }), ...links(plan)]
      : []),
    file("docs/proxmox.md", `${TEMPLATES}/docs/proxmox.md`, docsView(plan, image)),
  ]);

  function links({ nodes }: Plan): readonly Entry[] {
    return nodes
      .map((node) => ({ node, view: cardsView(node, plan) }))
      .filter(({ view }) => hasLinks(view))
      .map(({ node, view }) => file(`${FOLDER}/cards/${node.name}.yaml`, `${own}/cards.yaml`, view));
  }
}
