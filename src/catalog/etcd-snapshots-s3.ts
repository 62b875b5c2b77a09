import { z } from "zod";
import type { Component } from "../model/component.ts";
import { BUCKET_SECRET, snapshotsOf, type SnapshotBucket } from "../model/etcdSnapshots.ts";
import type { Plan } from "../model/plan.ts";
import type { SecretNeed, View } from "../model/unit.ts";

const NAME = "etcd-snapshots-s3";
/** K3s reads both objects here and nowhere else (k3s-io/k3s, pkg/etcd/snapshot.go and pkg/etcd/s3/config_secret.go). */
const NAMESPACE = "kube-system";
/** What it has in it K3s writes beside every snapshot: whose they are, where several networks share a bucket. */
const METADATA = "k3s-etcd-snapshot-extra-metadata";

export const etcdSnapshotsS3: Component<Record<string, never>> = {
  id: NAME,
  title: "Snapshots of etcd in S3",
  summary: "tells K3s which bucket its snapshots go to; runs nothing",
  options: z.strictObject({}),
  distributions: ["k3s"],
  needed: (plan) => bucketOf(plan) !== undefined,
  units: (plan) => [
    {
      id: NAME,
      component: NAME,
      namespace: NAMESPACE,
      objects: {
        "configmap.yaml": [
          { apiVersion: "v1", kind: "ConfigMap", metadata: { name: METADATA }, data: { network: plan.name } },
        ],
      },
      secrets: [secretOf(plan, bucket(plan))],
      view: {},
    },
  ],
  docs: { template: `components/${NAME}/docs.md`, view: docsView },
};

const bucketOf = ({ cluster }: Pick<Plan, "cluster">): SnapshotBucket | undefined =>
  (cluster.options["etcdSnapshots"] as { readonly s3?: SnapshotBucket } | undefined)?.s3;

function bucket(plan: Plan): SnapshotBucket {
  const found = bucketOf(plan);
  if (found === undefined) throw new Error("snapshots that go to no bucket");
  return found;
}

const hostOf = (endpoint: string): string => endpoint.replace(/^https?:\/\//, "");

const folderOf = (plan: Plan): string => bucket(plan).folder ?? plan.name;

/** It counts snapshots of all servers together (k3s-io/k3s, pkg/etcd/s3/s3.go, SnapshotRetention: by the prefix of their names). */
const keptOf = (plan: Plan): number =>
  snapshotsOf(plan.cluster.options).keep * plan.nodes.filter(({ role }) => role === "control-plane").length;

const secretOf = (plan: Plan, { endpoint, bucket: name, region, ownAuthority }: SnapshotBucket): SecretNeed => {
  const host = hostOf(endpoint);
  return {
    name: BUCKET_SECRET,
    type: "etcd.k3s.cattle.io/s3-config-secret",
    told: {
      "etcd-s3-endpoint": host,
      "etcd-s3-insecure": String(endpoint.startsWith("http://")),
      "etcd-s3-bucket": name,
      "etcd-s3-region": region,
      "etcd-s3-folder": folderOf(plan),
      "etcd-s3-retention": String(keptOf(plan)),
    },
    keys: [
      {
        key: "etcd-s3-access-key",
        what: `access key of a user of ${host} who may list, read, write and delete in the bucket ${name}`,
        from: "the administration of the store",
      },
      {
        key: "etcd-s3-secret-key",
        what: "secret key of the same user",
        from: "the administration of the store, which shows it once",
      },
      ...(ownAuthority
        ? [
            {
              key: "etcd-s3-endpoint-ca",
              what: `certificate of the authority that ${host} has its certificate of, as PEM`,
              from: "whoever signed it; openssl s_client -connect HOST:PORT -showcerts shows the chain",
            },
          ]
        : []),
    ],
    because: `servers copy snapshots of etcd to ${host} with it`,
  };
};

function docsView(plan: Plan): View {
  const { endpoint, bucket: name } = bucket(plan);
  return {
    store: hostOf(endpoint),
    bucket: name,
    folder: folderOf(plan),
    kept: String(keptOf(plan)),
    secret: BUCKET_SECRET,
  };
}
