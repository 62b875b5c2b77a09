/** routers/: the other half of what the network needs from the routers of the house. */
import { speakingNodes, type BgpPeer } from "../model/bgp.ts";
import type { Catalog } from "../model/component.ts";
import type { Plan } from "../model/plan.ts";
import type { Router } from "../model/router.ts";
import type { Tree } from "../model/tree.ts";
import { joinTrees } from "../tree/tree.ts";

export function routerTree(plan: Plan, catalog: Catalog): Tree {
  const peers = speakingNodes(plan).length === 0 ? [] : (plan.bgp?.peers ?? []);
  return joinTrees(...peers.map((peer) => routerFor(peer, catalog).files(peer, plan, catalog.templates)));
}

function routerFor({ software }: BgpPeer, { routers: [first, ...others] }: Catalog): Router {
  return others.find((router) => router.software.some((word) => software.includes(word))) ?? first;
}
