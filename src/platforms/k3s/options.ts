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
  upgrades: z
    .enum(["script", "controller"])
    .default("script")
    .describe(
      "who brings another version of K3s to machines that have one\nscript: `bootstrap/k3s.sh`, when you start it\ncontroller: the cluster itself, as soon as its version in Git moves; its Jobs are root on the nodes",
    )
    .meta({ because: "nothing restarts a node while nobody looks" }),
  // K3s documentation, k3s etcd-snapshot, Scheduled.
  etcdSnapshots: etcdSnapshots("/var/lib/rancher/k3s/server/db/snapshots"),
} as const;
