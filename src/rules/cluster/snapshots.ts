import { datastoreOf } from "../../model/k3s.ts";
import { snapshotsByPods, snapshotsClass, snapshotsOf } from "../../model/etcdSnapshots.ts";
import type { Rule } from "../rule.ts";

export const snapshotsHaveVolume: Rule = {
  id: "SNAPSHOTS-CLASS",
  severity: "error",
  title: "snapshots that pods take are on a file server",
  because:
    "They are for the day when the cluster is gone, and with it whoever opens volumes on its disks; emptying control planes for a restore empties those disks too.",
  source: "Talos 1.13 documentation, Disaster Recovery: Prepare control plane nodes",
  *check(plan) {
    if (snapshotsByPods(plan) === undefined || snapshotsClass(plan) !== undefined) return;
    yield {
      message: "cluster.etcdSnapshots is there, and no class of volumes is of a file server",
      paths: ["cluster.etcdSnapshots"],
      fix: "storage.nfs, or leave cluster.etcdSnapshots out: bootstrap/talos.sh snapshot takes one when you ask",
    };
  },
};

export const snapshotsOfEtcd: Rule = {
  id: "K3S-SNAPSHOTS",
  severity: "error",
  title: "snapshots in S3 are of etcd",
  because: "K3s takes snapshots of etcd alone; of SQLite nothing would ever arrive in the bucket.",
  source: "K3s documentation, Backup and Restore, Embedded SQLite datastore",
  *check(plan) {
    const { options } = plan.cluster;
    if (
      options["etcdSnapshots"] === undefined ||
      snapshotsByPods(plan) !== undefined ||
      snapshotsOf(options).s3 === undefined
    )
      return;
    if (datastoreOf(plan) === "etcd") return;
    yield {
      message: "cluster.etcdSnapshots.s3 is there, and the one server keeps the state of the cluster in SQLite",
      paths: ["cluster.etcdSnapshots.s3"],
      fix: "cluster.datastore: etcd, or no s3",
    };
  },
};
