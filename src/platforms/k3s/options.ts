import { z } from "zod";
import { etcdSnapshots, workloadsOnControlPlanes } from "../clusterOptions.ts";

/** K3s documentation, k3s etcd-snapshot, S3 Compatible Object Store Support. */
const snapshotBucket = z
  .strictObject({
    endpoint: z
      .string()
      .regex(/^https?:\/\/[A-Za-z0-9.[\]:-]+$/, "expected an address such as https://s3.example.com")
      .describe("where the store answers; http:// where it has no certificate, as some of a house have")
      .meta({ kind: "an address", example: "https://s3.eu-central-1.amazonaws.com" }),
    bucket: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "expected the name of a bucket, such as homelab-etcd")
      .describe("bucket, which has to be there")
      .meta({ kind: "a name", example: "homelab-etcd" }),
    region: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*$/, "expected a region, such as eu-central-1")
      .default("us-east-1")
      .describe("region of the bucket")
      .meta({ kind: "a name", because: "stores without regions take it" }),
    folder: z
      .string()
      .regex(/^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/, "expected a folder, such as homelab/etcd")
      .optional()
      .describe("folder in the bucket; the name of the network when absent")
      .meta({ kind: "a folder", example: "homelab" }),
    ownAuthority: z
      .boolean()
      .default(false)
      .describe("whether the certificate of the store is of an authority that machines do not know, and is asked for")
      .meta({ because: "stores of the internet have a certificate of a public one" }),
  })
  .optional()
  .describe("bucket of an S3 store that each snapshot is copied to: with the disks of all servers nothing is lost then")
  .meta({ example: { endpoint: "https://s3.eu-central-1.amazonaws.com", bucket: "homelab-etcd" } });

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
  etcdSnapshots: etcdSnapshots("/var/lib/rancher/k3s/server/db/snapshots", { s3: snapshotBucket }),
} as const;
