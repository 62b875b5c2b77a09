/** What K3s and a component that upgrades it both go by. */
import type { Plan } from "./plan.ts";

/** Several servers keep their state in etcd, which is in K3s; a single one where nothing is said in a file of SQLite. */
export const datastoreOf = ({ nodes, cluster }: Pick<Plan, "nodes" | "cluster">): "etcd" | "sqlite" =>
  nodes.filter(({ role }) => role === "control-plane").length > 1 || cluster.options["datastore"] === "etcd"
    ? "etcd"
    : "sqlite";

/** Whether the cluster upgrades its nodes by itself, and no script does. */
export const upgradesItself = ({ cluster }: Pick<Plan, "cluster">): boolean =>
  cluster.options["upgrades"] === "controller";
