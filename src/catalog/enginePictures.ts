/** Pictures of what keeps the cluster as the repository says. */
import { lines, now, type Dashboard } from "../model/dashboard.ts";

/** Flux Operator documentation, FluxReport, Metrics; Flux documentation, Flux Prometheus metrics. */
export const FLUX_PICTURES: Dashboard = {
  id: "flux",
  title: "Flux",
  rows: [
    [
      now("Objects that are not ready", "short", [
        'count(flux_resource_info{ready="False", suspended!="True"}) or vector(0)',
        "all",
      ]),
      now("Suspended", "short", ['count(flux_resource_info{suspended="True"}) or vector(0)', "all"]),
    ],
    [
      lines("Objects by kind", "short", ["count by (kind, ready) (flux_resource_info)", "{{kind}}, ready {{ready}}"]),
      lines("Slow reconciliations (95 %)", "s", [
        "histogram_quantile(0.95, sum by (le, kind) (rate(gotk_reconcile_duration_seconds_bucket[10m])))",
        "{{kind}}",
      ]),
    ],
    [lines("Reconciliations", "ops", ["sum by (kind) (rate(gotk_reconcile_duration_seconds_count[10m]))", "{{kind}}"])],
  ],
};

/** Argo CD documentation, Metrics. */
export const ARGO_PICTURES: Dashboard = {
  id: "argo-cd",
  title: "Argo CD",
  rows: [
    [
      now("Applications by health", "short", ["count by (health_status) (argocd_app_info)", "{{health_status}}"]),
      now("Applications by sync", "short", ["count by (sync_status) (argocd_app_info)", "{{sync_status}}"]),
    ],
    [
      lines("Syncs by outcome", "short", ["sum by (phase) (increase(argocd_app_sync_total[1h]))", "{{phase}}"]),
      lines("Slow comparisons (95 %)", "s", [
        "histogram_quantile(0.95, sum by (le) (rate(argocd_app_reconcile_bucket[10m])))",
        "all",
      ]),
    ],
    [lines("Asked of Git", "ops", ["sum by (request_type) (rate(argocd_git_request_total[10m]))", "{{request_type}}"])],
  ],
};
