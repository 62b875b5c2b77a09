/** What brings another version of K3s to nodes that Ansible looks after. */
import type { HostRole } from "../../model/hostRole.ts";
import type { Plan } from "../../model/plan.ts";
import { firstControlPlane, inOrder, isControlPlane } from "../linux/machines.ts";

export const upgradeRole = (plan: Plan): HostRole => ({
  id: "k3s_upgrade",
  title: "Another version of K3s",
  templates: "platforms/k3s/upgrade",
  machines: inOrder(plan).map((node) => ({
    name: node.name,
    variables: { k3s_upgrade_role: isControlPlane(node) ? "server" : "agent" },
  })),
  variables: {
    k3s_upgrade_first: firstControlPlane(plan).name,
    // Pods of a node that is drained have to find another.
    k3s_upgrade_drains: plan.nodes.filter(({ runsPods }) => runsPods).length > 1,
  },
  inTurn: true,
  playbook: "upgrade",
});
