/** What the words of kubeadm on shared pages speak of. */
import { familyOf } from "../../model/address.ts";
import type { Node, Plan } from "../../model/plan.ts";
import type { View } from "../../model/unit.ts";
import { openAddresses } from "./views.ts";
import { snapshotsOf } from "../../model/etcdSnapshots.ts";
import { firstControlPlane, isControlPlane, loginText } from "../linux/machines.ts";

export function fragmentView(plan: Plan): View {
  const { hours, keep, directory } = snapshotsOf(plan.cluster.options);
  const controlPlanes = plan.nodes.filter(isControlPlane);
  return {
    first: firstControlPlane(plan).name,
    login: loginText(firstControlPlane(plan)),
    controlPlaneCount: controlPlanes.length,
    // A majority of members (etcd documentation, Failure tolerance).
    quorum: Math.floor(controlPlanes.length / 2) + 1,
    redundant: controlPlanes.length > 2,
    snapshots: { hours, keep, directory },
    controlPlanes: controlPlanes.map((node) => ({ login: loginText(node) })),
    others: controlPlanes.filter((node) => node !== firstControlPlane(plan)).map(memberView),
    peer: peerOf(firstControlPlane(plan)),
    ...openAddresses(plan),
  };
}

const memberView = (node: Node): View => ({ name: node.name, login: loginText(node) });

/** Where other members find it (etcd documentation, Clustering Guide; kubeadm, phases/etcd, port 2380). */
const peerOf = ({ ip }: Node): string => `https://${familyOf(ip) === 6 ? `[${ip}]` : ip}:2380`;
