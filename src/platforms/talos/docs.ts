/** What the words of Talos on shared pages speak of. */
import { snapshotsByPods } from "../../model/etcdSnapshots.ts";
import type { Plan } from "../../model/plan.ts";
import type { View } from "../../model/unit.ts";

export function fragmentView(plan: Plan): View {
  const {
    nodes,
    cluster: { traits },
  } = plan;
  const controlPlanes = nodes.filter(({ role }) => role === "control-plane");
  return {
    first: controlPlanes[0]?.ip ?? "",
    firstName: controlPlanes[0]?.name ?? "",
    controlPlaneAddresses: controlPlanes.map(({ ip }) => ip),
    controlPlanes: controlPlanes.map(({ name }) => name),
    controlPlaneCount: controlPlanes.length,
    // A majority of members (etcd documentation, Failure tolerance).
    quorum: Math.floor(controlPlanes.length / 2) + 1,
    signed: traits.startsSigned === true,
    tpm: traits.diskKeys === "tpm",
    encrypted: traits.diskKeys !== undefined,
    redundant: controlPlanes.length > 2,
    hours: String(snapshotsByPods(plan)?.hours ?? "") || null,
  };
}
