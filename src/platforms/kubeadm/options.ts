import { etcdSnapshots, rotateServerCertificates, workloadsOnControlPlanes } from "../clusterOptions.ts";

export const clusterOptions = {
  workloadsOnControlPlanes: workloadsOnControlPlanes(),
  rotateServerCertificates: rotateServerCertificates(),
  etcdSnapshots: etcdSnapshots("/var/lib/etcd-snapshots"),
} as const;
