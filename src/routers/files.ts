import type { BgpPeer } from "../model/bgp.ts";
import type { Templates } from "../model/component.ts";
import { at } from "../model/layout.ts";
import type { Plan } from "../model/plan.ts";
import type { TemplateId } from "../model/unit.ts";
import { createTree } from "../tree/tree.ts";
import type { Tree } from "../model/tree.ts";
import { routerView } from "./view.ts";

/** Files by their names, each of a template. */
export function routerFiles(
  peer: BgpPeer,
  plan: Plan,
  templates: Templates,
  files: Readonly<Record<string, TemplateId>>,
): Tree {
  const view = routerView(peer, plan);
  return createTree(
    Object.entries(files).map(([name, template]) => [
      at(plan, "routers", peer.name, name),
      { content: templates.render(template, view), kept: "managed", by: "routers" },
    ]),
  );
}
