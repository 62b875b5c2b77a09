/** Servers and agents of K3s that come and go. */
import type { NodeLife } from "../../model/machines.ts";
import type { Node, Plan } from "../../model/plan.ts";
import { drain, installed, isControlPlane, loginText, namesOf } from "../linux/machines.ts";
import { programsStep } from "../linux/programs.ts";
import { datastoreOf } from "../../model/k3s.ts";

export const life: NodeLife = {
  joins: (nodes, plan) => [
    ...installed(nodes),
    becomesEtcd(nodes, plan)
      ? `\`bootstrap/k3s.sh check${programsStep(plan)} config install\`: the first server moves its state from SQLite to etcd, then the others join it`
      : `\`ONLY=${namesOf(nodes)} bootstrap/k3s.sh check${programsStep(plan)} config install\` installs K3s on ${namesOf(nodes, " and ")}, and touches no other machine`,
  ],
  leaves: (nodes, plan) =>
    nodes.map(
      (node) =>
        `\`${[drain(node.name), ...leavesEtcd(node, plan), uninstall(node), `kubectl delete node ${node.name}`].join(" && ")}\`: it leaves the cluster, and K3s is taken off it with its data`,
    ),
  // etcd stays what it is when one server is left, and nobody moves it back to SQLite.
  keeps: (nodes, plan) =>
    datastoreOf(plan) === "etcd" &&
    plan.cluster.options["datastore"] === undefined &&
    servers(plan.nodes) - servers(nodes) === 1
      ? { "cluster.datastore": "etcd" }
      : {},
};

const servers = (nodes: readonly Node[]): number => nodes.filter(isControlPlane).length;

/** K3s documentation, High Availability Embedded etcd, Existing single-node clusters. */
const becomesEtcd = (nodes: readonly Node[], plan: Plan): boolean =>
  datastoreOf(plan) === "etcd" && servers(plan.nodes) - servers(nodes) === 1 && servers(nodes) > 0;

/**
 * Before it stops: a member that is only gone still counts, and of two the one that is left could decide nothing
 * (k3s-io/k3s, pkg/etcd/member_controller.go: K3s takes it out of etcd and says so in the second annotation).
 */
const leavesEtcd = (node: Node, plan: Plan): readonly string[] =>
  isControlPlane(node) && datastoreOf(plan) === "etcd"
    ? [
        `kubectl annotate node ${node.name} etcd.k3s.cattle.io/remove=true`,
        `kubectl wait node/${node.name} --for=jsonpath='{.metadata.annotations.etcd\\.k3s\\.cattle\\.io/removed-node-name}' --timeout=2m`,
      ]
    : [];

const uninstall = (node: Node): string =>
  `ssh ${loginText(node)} sudo ${isControlPlane(node) ? "k3s-uninstall.sh" : "k3s-agent-uninstall.sh"}`;
