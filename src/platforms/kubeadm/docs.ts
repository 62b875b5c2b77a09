/** What the words of kubeadm on shared pages speak of. */
import type { Plan } from "../../model/plan.ts";
import type { View } from "../../model/unit.ts";
import { firstControlPlane, isControlPlane, loginOf } from "../linux/machines.ts";

export function fragmentView(plan: Plan): View {
  const controlPlanes = plan.nodes.filter(isControlPlane);
  const { ip, user } = loginOf(firstControlPlane(plan));
  return {
    first: firstControlPlane(plan).name,
    // `root@172.16.1.50`, as ssh takes it.
    login: user === "" ? String(ip) : `${String(user)}@${String(ip)}`,
    controlPlaneCount: controlPlanes.length,
    // A majority of members (etcd documentation, Failure tolerance).
    quorum: Math.floor(controlPlanes.length / 2) + 1,
    redundant: controlPlanes.length > 2,
  };
}
