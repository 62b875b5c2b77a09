/** Pictures of addresses: who hands them out, who says where they are, and whether they answer. */
import { lines, now, type Dashboard, type Picture } from "../model/dashboard.ts";

/** metallb v0.16.1, internal/allocator, internal/layer2, speaker; with a router, frr-k8s v0.0.25, cmd/metrics/collector. */
export const metallbPictures = (routed: boolean): Dashboard => ({
  id: "metallb",
  title: "MetalLB",
  rows: [
    [
      lines(
        "Addresses of pools",
        "short",
        ["max by (pool) (metallb_allocator_addresses_in_use_total)", "{{pool}}, in use"],
        ["max by (pool) (metallb_allocator_addresses_total)", "{{pool}}, all"],
      ),
      now("Announced by", "short", ["count by (node) (metallb_speaker_announced)", "{{node}}"]),
    ],
    routed
      ? [
          lines("Sessions with routers", "bool_yes_no", [
            "min by (node, peer) (frrk8s_bgp_session_up)",
            "{{node}} {{peer}}",
          ]),
          lines("Routes told", "short", [
            "sum by (pod, peer) (frrk8s_bgp_announced_prefixes_total)",
            "{{pod}} {{peer}}",
          ]),
        ]
      : [lines("Answers to ARP and NDP", "ops", ["sum by (ip) (rate(metallb_layer2_responses_sent[5m]))", "{{ip}}"])],
  ],
});

/** kube-vip v1.2.3, pkg/metrics/prometheus.go. */
export const kubeVipPictures = (routed: boolean): Dashboard => ({
  id: "kube-vip",
  title: "kube-vip",
  rows: [
    [
      lines("Services it looks after", "short", ["sum by (instance) (kube_vip_active_services)", "{{instance}}"]),
      lines("Attempts that failed", "short", [
        "sum by (instance, reason) (increase(kube_vip_service_reconcile_errors_total[1h]))",
        "{{instance}} {{reason}}",
      ]),
    ],
    [
      routed
        ? lines("Sessions with routers", "bool_yes_no", [
            'min by (instance, peer) (kube_vip_manager_bgp_session_info{state="SESSION_STATE_ESTABLISHED"})',
            "{{instance}} {{peer}}",
          ])
        : now("Addresses carried by", "short", ["sum by (instance) (kube_vip_is_leader)", "{{instance}}"]),
      lines("Addresses that moved", "short", [
        "sum by (instance) (increase(kube_vip_leader_election_transitions_total[1h]))",
        "{{instance}}",
      ]),
    ],
  ],
});

/** projectcalico/calico v3.32.1, felix; sessions are those of calicoMetrics.ts. */
export const calicoPictures = (sessions: readonly Picture[]): Dashboard => ({
  id: "calico",
  title: "Calico",
  rows: [
    [
      lines("Pods of nodes", "short", ["felix_active_local_endpoints", "{{instance}}"]),
      lines("Policies of nodes", "short", ["felix_active_local_policies", "{{instance}}"]),
    ],
    [
      lines("Rules that could not be written", "short", ["increase(felix_int_dataplane_failures[1h])", "{{instance}}"]),
      lines("Time to write rules (99 %)", "s", [
        'felix_int_dataplane_apply_time_seconds{quantile="0.99"}',
        "{{instance}}",
      ]),
    ],
    ...(sessions.length > 0 ? [sessions] : []),
  ],
});

/** blackbox_exporter 0.28, README and prober. */
export const PROBE_PICTURES: Dashboard = {
  id: "answers",
  title: "What answers",
  rows: [
    [
      now("Answers", "bool_yes_no", [
        'min by (job, instance) (probe_success{job=~"probe-.*"})',
        "{{job}} {{instance}}",
      ]),
    ],
    [
      lines("Share of the last hour", "percentunit", [
        'avg_over_time(probe_success{job=~"probe-.*"}[1h])',
        "{{job}} {{instance}}",
      ]),
      lines("Time to answer", "s", ['probe_duration_seconds{job=~"probe-.*"}', "{{job}} {{instance}}"]),
    ],
  ],
};

/** cloudflared documentation, Tunnel metrics. */
export const TUNNEL_PICTURES: Dashboard = {
  id: "cloudflared",
  title: "Cloudflare Tunnel",
  rows: [
    [
      now("Connections to Cloudflare", "short", ["sum by (pod) (cloudflared_tunnel_ha_connections)", "{{pod}}"]),
      lines("Requests by answer", "reqps", [
        "sum by (status_code) (rate(cloudflared_tunnel_response_by_code[5m]))",
        "{{status_code}}",
      ]),
      lines("Requests that found nobody", "short", ["sum(increase(cloudflared_tunnel_request_errors[1h]))", "all"]),
    ],
  ],
};
