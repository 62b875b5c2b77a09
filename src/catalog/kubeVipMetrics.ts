/** What kube-vip says of itself (kube-vip v1.2.3, pkg/metrics/prometheus.go). */
import type { Alarm } from "../model/alarms.ts";
import type { MeteredMachine } from "../model/metrics.ts";
import type { Node } from "../model/plan.ts";

/** On every address of its node (kube-vip v1.2.3, cmd/kube-vip.go, prometheusHTTPServer). */
export const VIP_PORT = 2112;

/** Its pods use the network of their node, and those of control planes stand in files, where nobody looks for their ports. */
export const vipMetrics = (job: string, nodes: readonly Node[], port: number): readonly MeteredMachine[] =>
  nodes.map(({ name, ip }) => ({ job, name, ip, port }));

/** States as GoBGP 4.8 spells them, of which one is 1 (kube-vip v1.2.3, pkg/manager/worker/bgp.go). */
export const sessionAlarm = (name: string, job: string, to: string): Alarm => ({
  name,
  expr: `kube_vip_manager_bgp_session_info{job="${job}",state="SESSION_STATE_ESTABLISHED"} == 0`,
  for: "5m",
  severity: "critical",
  summary: `{{ $labels.instance }} has no BGP session with {{ $labels.peer }}: the router may not know the way to ${to}`,
});

/**
 * It has no number of its own about this lease. Who holds it writes the time into it every few seconds (kube-state-metrics
 * documentation, Lease Metrics).
 */
export const NOBODY_LEADS: Alarm = {
  name: "ApiAddressUnheld",
  expr: 'time() - kube_lease_renew_time{lease="plndr-cp-lock"} > 60',
  for: "5m",
  severity: "critical",
  summary: "No control plane holds the address of the Kubernetes API",
};
