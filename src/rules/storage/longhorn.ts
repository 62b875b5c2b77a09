/** Longhorn: what its copies need of the machines. */
import { longhorn } from "../../catalog/longhorn.ts";
import { workloadNodes } from "../../catalog/workloadNodes.ts";
import { optionsOf } from "../../model/chosen.ts";
import type { Rule } from "../rule.ts";

export const copiesHavePlace: Rule = {
  id: "LONGHORN-COPIES",
  severity: "warning",
  title: "each copy of a volume has a node of its own",
  because:
    "Two copies on one disk are lost together, so Longhorn makes no second one there: its volumes stay degraded.",
  source: "Longhorn documentation, Settings: Replica Node Level Soft Anti-Affinity; values.yaml 1.12.1",
  *check(plan) {
    const options = optionsOf(plan, longhorn);
    const nodes = workloadNodes(plan);
    if (options === undefined || options.replicas <= nodes.length) return;
    yield {
      message: `volumes have ${options.replicas} copies, and ${nodes.length === 1 ? "one node runs" : `${nodes.length} nodes run`} ordinary pods`,
      paths: ["storage.longhorn"],
      fix: `storage.longhorn.replicas: ${Math.max(nodes.length, 1)}`,
    };
  },
};

/** MiB. */
const LEAST = 4096;

export const copiesHaveMemory: Rule = {
  id: "LONGHORN-MEMORY",
  severity: "warning",
  title: "nodes with copies of volumes have memory for Longhorn",
  because:
    "Its pods take half a GiB of each node before there is a volume, and more with each: on small machines they and the apps are killed in turn.",
  source: "Longhorn documentation, Best Practices: 4 GiB per node",
  *check(plan) {
    if (optionsOf(plan, longhorn) === undefined) return;
    for (const { name, made } of workloadNodes(plan)) {
      if (made === undefined || made.memory >= LEAST) continue;
      yield {
        message: `${name} has ${made.memory} MiB of memory, and Longhorn wants ${LEAST} of a node`,
        paths: ["storage.longhorn", `cluster.nodes.${name}`],
        fix: `more memory for ${name}, or storage.local-path in place of Longhorn`,
      };
    }
  },
};
