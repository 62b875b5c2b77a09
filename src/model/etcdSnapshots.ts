import type { Plan } from "./plan.ts";
import { storageClassesOf, type StorageClass } from "./storage.ts";

/** Snapshots of etcd that control planes take by themselves, as `cluster.etcdSnapshots` has them. */
export interface EtcdSnapshots {
  readonly hours: number;
  readonly keep: number;
  readonly directory: string;
  readonly s3?: SnapshotBucket;
}

/** Where each snapshot goes as well. */
export interface SnapshotBucket {
  /** `https://s3.eu-central-1.amazonaws.com`. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly folder?: string;
  readonly ownAuthority: boolean;
}

/** Snapshots that pods take, where nobody logs in to a control plane: `cluster.etcdSnapshots` of Talos. */
export interface SnapshotsByPods {
  readonly hours: number;
  readonly keep: number;
  /** In MiB. */
  readonly size: number;
}

/** Only pods of it may ask control planes for etcd, so nothing else stands there. */
export const SNAPSHOTS_NAMESPACE = "etcd-snapshots";
/** It lets nobody do anything else (Talos 1.13 documentation, Role-based access control). */
export const SNAPSHOTS_ROLE = "os:etcd:backup";

export const snapshotsByPods = ({ cluster }: Pick<Plan, "cluster">): SnapshotsByPods | undefined =>
  cluster.traits.ownsMachine ? (cluster.options["etcdSnapshots"] as SnapshotsByPods | undefined) : undefined;

/** The class of their volume: of a file server, where they can be had when there is no cluster to ask. */
export const snapshotsClass = (plan: Plan): StorageClass | undefined =>
  storageClassesOf(plan).find(({ shared }) => shared);

/** The Secret that tells K3s of the bucket (K3s documentation, S3 Configuration Secret Support). */
export const BUCKET_SECRET = "k3s-etcd-snapshot-s3-config";

export const snapshotsOf = (options: Readonly<Record<string, unknown>>): EtcdSnapshots =>
  options["etcdSnapshots"] as EtcdSnapshots;
