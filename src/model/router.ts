/** A kind of router: how its half of what the network needs from it is written. */
import type { Templates } from "./component.ts";
import type { HouseRouter } from "./houseRouters.ts";
import type { Plan } from "./plan.ts";
import type { Tree } from "./tree.ts";

export interface Router {
  readonly id: string;
  readonly title: string;
  /** Words of `lan.hosts.*.software` that say a machine is one. */
  readonly software: readonly string[];
  /** Its files for one router of the house, in a folder of its own: what it is configured with, and a page about that. */
  files(router: HouseRouter, plan: Plan, templates: Templates): Tree;
}
