/** What runs on control planes, as Prometheus asks it. Platforms open its ports. */
import { datastoreOf } from "../model/k3s.ts";
import { ETCD_PORT, opensControlPlanes, type MeteredMachine } from "../model/metrics.ts";
import type { Plan } from "../model/plan.ts";
import type { View } from "../model/unit.ts";

/** By this name the chart's alarms and dashboards know it (kube-prometheus-stack 88.5.3, rules-1.14/etcd.yaml). */
const ETCD_JOB = "kube-etcd";

const hasEtcd = (plan: Plan): boolean => plan.cluster.traits.oneProcess !== true || datastoreOf(plan) === "etcd";

/** At addresses of machines: on Talos and K3s it is no pod. */
export const etcdMembers = (plan: Plan): readonly MeteredMachine[] =>
  opensControlPlanes(plan) && hasEtcd(plan)
    ? plan.nodes
        .filter(({ role }) => role === "control-plane")
        .map(({ name, ip }) => ({ job: ETCD_JOB, name, ip, port: ETCD_PORT }))
    : [];

/**
 * The chart finds the pods of the rest by their labels: `component` (kubeadm, staticpod/utils.go; Talos v1.13.9,
 * control_plane_static_pod.go), `k8s-app` of kube-proxy. Where all is one process, the API server has answered already.
 */
export function controlPlanesView(plan: Plan): View {
  const oneProcess = plan.cluster.traits.oneProcess === true;
  const pods = opensControlPlanes(plan) && !oneProcess;
  return {
    controlPlanes: pods,
    etcd: etcdMembers(plan).length > 0,
    proxy: pods && !plan.cluster.podNetwork.replacesKubeProxy,
    oneProcess,
  };
}
