/** Pictures of those who write names down and those who answer them. */
import { lines, now, type Dashboard } from "../model/dashboard.ts";

/** kubernetes-sigs/external-dns, docs/monitoring/metrics.md; a job is one place that names are written to. */
export const EXTERNAL_DNS_PICTURES: Dashboard = {
  id: "external-dns",
  title: "external-dns",
  rows: [
    [
      now("Since names were last written", "s", [
        "time() - max by (job) (external_dns_controller_last_sync_timestamp_seconds)",
        "{{job}}",
      ]),
      now("Failed one after the other", "short", [
        "max by (job) (external_dns_controller_consecutive_soft_errors)",
        "{{job}}",
      ]),
    ],
    [
      lines("Names that should be there", "short", ["sum by (job) (external_dns_source_endpoints_total)", "{{job}}"]),
      lines("Names that are there and ours", "short", [
        "sum by (job, record_type) (external_dns_controller_verified_records)",
        "{{job}} {{record_type}}",
      ]),
    ],
    [
      lines(
        "Errors",
        "short",
        ["sum by (job) (increase(external_dns_source_errors_total[1h]))", "{{job}}: reading objects"],
        ["sum by (job) (increase(external_dns_registry_errors_total[1h]))", "{{job}}: talking to the server"],
      ),
    ],
  ],
};

/** k8s-gateway is a CoreDNS (CoreDNS documentation, plugin prometheus), which the cluster has another one of. */
export const K8S_GATEWAY_PICTURES: Dashboard = {
  id: "k8s-gateway",
  title: "k8s-gateway",
  rows: [
    [
      lines("Questions by domain", "reqps", [
        'sum by (zone) (rate(coredns_dns_requests_total{job="k8s-gateway"}[5m]))',
        "{{zone}}",
      ]),
      lines("Answers", "reqps", [
        'sum by (rcode) (rate(coredns_dns_responses_total{job="k8s-gateway"}[5m]))',
        "{{rcode}}",
      ]),
    ],
    [
      lines("Slow answers (95 %)", "s", [
        'histogram_quantile(0.95, sum by (le, zone) (rate(coredns_dns_request_duration_seconds_bucket{job="k8s-gateway"}[5m])))',
        "{{zone}}",
      ]),
      now("Crashes caught", "short", ['sum(coredns_panics_total{job="k8s-gateway"})', "all"]),
    ],
  ],
};

/** cert-manager v1.21, internal/collectors and pkg/metrics. */
export const CERT_MANAGER_PICTURES: Dashboard = {
  id: "cert-manager",
  title: "cert-manager",
  rows: [
    [
      now("Until a certificate ends", "s", [
        "min by (exported_namespace, name) (certmanager_certificate_expiration_timestamp_seconds) - time()",
        "{{name}}",
      ]),
      now("Until it is renewed", "s", [
        "min by (exported_namespace, name) (certmanager_certificate_renewal_timestamp_seconds) - time()",
        "{{name}}",
      ]),
      now("Ready", "bool_yes_no", [
        'max by (exported_namespace, name) (certmanager_certificate_ready_status{condition="True"})',
        "{{name}}",
      ]),
    ],
    [
      lines("Asked of authorities by ACME", "short", [
        "sum by (host, status) (increase(certmanager_http_acme_client_request_count[1h]))",
        "{{host}} {{status}}",
      ]),
      lines("Attempts that failed", "short", [
        "sum by (controller) (increase(certmanager_controller_sync_error_count[1h])) > 0",
        "{{controller}}",
      ]),
    ],
  ],
};
