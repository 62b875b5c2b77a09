/** What the words of K3s on shared pages speak of. */
import type { Plan } from "../../model/plan.ts";
import type { View } from "../../model/unit.ts";
import { firstControlPlane, isControlPlane, loginText } from "../linux/machines.ts";
import { snapshotsOf } from "../../model/etcdSnapshots.ts";
import { datastoreOf, upgradesItself } from "../../model/k3s.ts";

export function fragmentView(plan: Plan): View {
  const controlPlanes = plan.nodes.filter(isControlPlane);
  return {
    first: firstControlPlane(plan).name,
    login: loginText(firstControlPlane(plan)),
    controlPlaneCount: controlPlanes.length,
    // A majority of members (etcd documentation, Failure tolerance).
    quorum: Math.floor(controlPlanes.length / 2) + 1,
    redundant: controlPlanes.length > 2,
    agents: controlPlanes.length < plan.nodes.length,
    podNetwork: plan.cluster.podNetwork.installedBy === "repository",
    etcd: datastoreOf(plan) === "etcd",
    upgradesItself: upgradesItself(plan),
    snapshots: snapshotsView(plan),
    servers: controlPlanes.map((node) => ({ login: loginText(node) })),
    others: controlPlanes
      .filter((node) => node !== firstControlPlane(plan))
      .map((node) => ({ login: loginText(node) })),
  };
}

/** What is said of snapshots, and of the bucket that they go to. */
function snapshotsView({ name, cluster }: Plan): View {
  const { hours, keep, directory, s3 } = snapshotsOf(cluster.options);
  return {
    hours,
    keep,
    directory,
    bucket:
      s3 === undefined
        ? null
        : [
            `--etcd-s3-bucket=${s3.bucket}`,
            `--etcd-s3-endpoint=${s3.endpoint.replace(/^https?:\/\//, "")}`,
            `--etcd-s3-region=${s3.region}`,
            `--etcd-s3-folder=${s3.folder ?? name}`,
            ...(s3.endpoint.startsWith("http://") ? ["--etcd-s3-insecure"] : []),
            ...(s3.ownAuthority ? ["--etcd-s3-endpoint-ca=/root/store-ca.pem"] : []),
          ].join(" "),
    authority: s3?.ownAuthority ?? false,
  };
}
