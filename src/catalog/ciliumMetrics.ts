/** What Cilium says of itself. Ports: cilium 1.20.0, values. */
import type { Alarm } from "../model/alarms.ts";
import type { Metered } from "../model/metrics.ts";
import type { Plan } from "../model/plan.ts";
import type { CiliumOptions } from "./ciliumOptions.ts";

const ID = "cilium";
const NAMESPACE = "kube-system";

/** Labels of the chart's pods (cilium 1.20.0, templates). */
export function ciliumMetrics(_: Plan, { hubble }: CiliumOptions): readonly Metered[] {
  const metered = (name: string, app: string, port: number, host: boolean): Metered => ({
    unit: ID,
    namespace: NAMESPACE,
    name,
    pods: { "app.kubernetes.io/name": app, "app.kubernetes.io/part-of": "cilium" },
    port,
    ...(host && { host }),
  });
  return [
    metered("cilium-agent", "cilium-agent", 9962, true),
    metered("cilium-operator", "cilium-operator", 9963, true),
    ...(hubble
      ? [metered("hubble", "cilium-agent", 9965, true), metered("hubble-relay", "hubble-relay", 9966, false)]
      : []),
  ];
}

/** Cilium documentation 1.20, Monitoring & Metrics, BGP Control Plane. */
export const SESSION_DOWN: Alarm = {
  name: "RouterSessionDown",
  expr: "cilium_bgp_control_plane_session_state == 0",
  for: "5m",
  severity: "critical",
  summary:
    "{{ $labels.node }} has no BGP session with {{ $labels.neighbor }}: the router may not know the way to Services",
};
