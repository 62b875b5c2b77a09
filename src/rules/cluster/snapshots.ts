import { datastoreOf } from "../../model/k3s.ts";
import { snapshotsOf } from "../../model/etcdSnapshots.ts";
import type { Rule } from "../rule.ts";

export const snapshotsOfEtcd: Rule = {
  id: "K3S-SNAPSHOTS",
  severity: "error",
  title: "snapshots in S3 are of etcd",
  because: "K3s takes snapshots of etcd alone; of SQLite nothing would ever arrive in the bucket.",
  source: "K3s documentation, Backup and Restore, Embedded SQLite datastore",
  *check(plan) {
    const { options } = plan.cluster;
    if (options["etcdSnapshots"] === undefined || snapshotsOf(options).s3 === undefined) return;
    if (datastoreOf(plan) === "etcd") return;
    yield {
      message: "cluster.etcdSnapshots.s3 is there, and the one server keeps the state of the cluster in SQLite",
      paths: ["cluster.etcdSnapshots.s3"],
      fix: "cluster.datastore: etcd, or no s3",
    };
  },
};
