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

/** The Secret that tells K3s of the bucket (K3s documentation, S3 Configuration Secret Support). */
export const BUCKET_SECRET = "k3s-etcd-snapshot-s3-config";

export const snapshotsOf = (options: Readonly<Record<string, unknown>>): EtcdSnapshots =>
  options["etcdSnapshots"] as EtcdSnapshots;
