/** A kind of router: how its half of what the network needs from it is written. */
import type { BgpPeer } from "./bgp.ts";
import type { Templates } from "./component.ts";
import type { Plan } from "./plan.ts";
import type { Tree } from "./tree.ts";

export interface Router {
  readonly id: string;
  readonly title: string;
  /** Words of `lan.hosts.*.software` that say a machine is one. */
  readonly software: readonly string[];
  /** Its files for a router of `bgp`, in a folder of its own: what it is configured with, and a page about that. */
  files(peer: BgpPeer, plan: Plan, templates: Templates): Tree;
}
