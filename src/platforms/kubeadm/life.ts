/** Machines of kubeadm that come and go. */
import type { NodeLife } from "../../model/machines.ts";
import { programsStep } from "../linux/programs.ts";
import { drain, installed, loginText, namesOf } from "../linux/machines.ts";

export const life: NodeLife = {
  joins: (nodes, plan) => [
    ...installed(nodes),
    `\`ONLY=${namesOf(nodes)} bootstrap/kubeadm.sh check prepare${programsStep(plan)} join\` prepares ${namesOf(nodes, " and ")} and joins ${nodes.length === 1 ? "it" : "them"}, and touches no other machine`,
  ],
  // Its reset takes a control plane out of etcd first (kubeadm documentation, kubeadm reset, phase remove-etcd-member).
  leaves: (nodes) =>
    nodes.map(
      (node) =>
        `\`${drain(node.name)} && ssh ${loginText(node)} sudo kubeadm reset --force && kubectl delete node ${node.name}\`: it leaves the cluster, and what kubeadm wrote there is deleted`,
    ),
};
