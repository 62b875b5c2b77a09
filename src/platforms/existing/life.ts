import type { NodeLife } from "../../model/machines.ts";
import { namesOf } from "../linux/machines.ts";

/** Nothing is written for its machines: what installed the cluster knows how they join and leave. */
export const life: NodeLife = {
  joins: (nodes) => [`let ${namesOf(nodes, " and ")} join with what installed the cluster`],
  leaves: (nodes) => [
    `drain ${namesOf(nodes, " and ")}, and take ${nodes.length === 1 ? "it" : "them"} out with what installed the cluster`,
  ],
};
