/** Pictures of those who carry requests to apps. */
import { lines, now, type Dashboard } from "../model/dashboard.ts";

const slowest = (histogram: string, by: string): string =>
  `histogram_quantile(0.95, sum by (le, ${by}) (rate(${histogram}_bucket[5m])))`;

/** Envoy documentation, Statistics: HTTP connection manager, Cluster manager; its dots are underscores. */
export const ENVOY_PICTURES: Dashboard = {
  id: "envoy-gateway",
  title: "Envoy Gateway",
  rows: [
    [
      lines("Requests by answer", "reqps", [
        "sum by (envoy_response_code_class) (rate(envoy_http_downstream_rq_xx[5m]))",
        "{{envoy_response_code_class}}xx",
      ]),
      lines("Open connections", "short", ["sum by (pod) (envoy_http_downstream_cx_active)", "{{pod}}"]),
    ],
    [
      lines("Requests to what is behind", "reqps", [
        "topk(10, sum by (envoy_cluster_name) (rate(envoy_cluster_upstream_rq_total[5m])))",
        "{{envoy_cluster_name}}",
      ]),
      lines("Slow answers of what is behind (95 %, in milliseconds)", "short", [
        `topk(10, ${slowest("envoy_cluster_upstream_rq_time", "envoy_cluster_name")})`,
        "{{envoy_cluster_name}}",
      ]),
    ],
    [
      lines("Endpoints behind that do not answer", "short", [
        "sum by (envoy_cluster_name) (envoy_cluster_membership_total - envoy_cluster_membership_healthy) > 0",
        "{{envoy_cluster_name}}",
      ]),
    ],
  ],
};

/** Traefik documentation, Metrics. */
export const TRAEFIK_PICTURES: Dashboard = {
  id: "traefik",
  title: "Traefik",
  rows: [
    [
      lines("Requests by answer", "reqps", ["sum by (code) (rate(traefik_entrypoint_requests_total[5m]))", "{{code}}"]),
      lines("Open connections", "short", ["sum by (entrypoint) (traefik_open_connections)", "{{entrypoint}}"]),
    ],
    [
      lines("Requests to what is behind", "reqps", [
        "topk(10, sum by (service) (rate(traefik_service_requests_total[5m])))",
        "{{service}}",
      ]),
      lines("Slow answers (95 %)", "s", [
        slowest("traefik_entrypoint_request_duration_seconds", "entrypoint"),
        "{{entrypoint}}",
      ]),
    ],
    [
      lines("Configuration read anew", "short", ["increase(traefik_config_reloads_total[1h])", "{{pod}}"]),
      now("Until the first certificate ends", "s", ["min(traefik_tls_certs_not_after) - time()", "any"]),
    ],
  ],
};

/** ingress-nginx documentation, Prometheus metrics. */
export const NGINX_PICTURES: Dashboard = {
  id: "ingress-nginx",
  title: "ingress-nginx",
  rows: [
    [
      lines("Requests by answer", "reqps", [
        "sum by (status) (rate(nginx_ingress_controller_requests[5m]))",
        "{{status}}",
      ]),
      lines("Connections", "short", [
        "sum by (state) (nginx_ingress_controller_nginx_process_connections)",
        "{{state}}",
      ]),
    ],
    [
      lines("Requests by Ingress", "reqps", [
        "topk(10, sum by (exported_namespace, ingress) (rate(nginx_ingress_controller_requests[5m])))",
        "{{exported_namespace}} {{ingress}}",
      ]),
      lines("Slow answers (95 %)", "s", [
        slowest("nginx_ingress_controller_request_duration_seconds", "ingress"),
        "{{ingress}}",
      ]),
    ],
    [
      now("Configuration taken", "bool_yes_no", [
        "min by (pod) (nginx_ingress_controller_config_last_reload_successful)",
        "{{pod}}",
      ]),
    ],
  ],
};
