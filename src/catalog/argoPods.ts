/** Pods of Argo CD. Its caches ask for nothing where there are several (Argo CD chart 10.4.0, values.yaml: redis-ha). */
import { anywhere, type Workload } from "../model/workloads.ts";

export function argoPods(tellsAlerts: boolean, several: boolean): readonly Workload[] {
  const twice = several ? 2 : 1;
  const caches = several
    ? [anywhere("argocd-redis-ha-server", 0, 3), anywhere("argocd-redis-ha-haproxy", 0, 3)]
    : [anywhere("argocd-redis", 32)];
  return [
    anywhere("argocd-application-controller", 256),
    anywhere("argocd-applicationset-controller", 64, twice),
    anywhere("argocd-repo-server", 128, twice),
    anywhere("argocd-server", 64, twice),
    ...caches,
    ...(tellsAlerts ? [anywhere("argocd-notifications-controller", 64)] : []),
  ];
}
