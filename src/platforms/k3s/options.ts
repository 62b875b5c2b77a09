import { z } from "zod";
import { etcdSnapshots, workloadsOnControlPlanes } from "../clusterOptions.ts";

export const clusterOptions = {
  workloadsOnControlPlanes: workloadsOnControlPlanes(),
  datastore: z
    .enum(["etcd", "sqlite"])
    .optional()
    .describe(
      "what a single server keeps the state of the cluster in; several have etcd: etcd takes snapshots of itself and needs a quick disk\nsqlite: a file, which any disk bears",
    )
    .meta({ example: "etcd" }),
  // K3s documentation, k3s etcd-snapshot, Scheduled.
  etcdSnapshots: etcdSnapshots("/var/lib/rancher/k3s/server/db/snapshots"),
} as const;
