/** Snapshots of etcd that control planes take by themselves, as `cluster.etcdSnapshots` has them. */
export interface EtcdSnapshots {
  readonly hours: number;
  readonly keep: number;
  readonly directory: string;
}

export const snapshotsOf = (options: Readonly<Record<string, unknown>>): EtcdSnapshots =>
  options["etcdSnapshots"] as EtcdSnapshots;
