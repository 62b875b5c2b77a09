/** What the network says of itself, as objects of the Prometheus operator. */
import { pageOf, type Alarm } from "../model/alarms.ts";
import type { Metered, MeteredMachine } from "../model/metrics.ts";
import { withPort } from "../model/namedMachines.ts";
import { OBSERVABILITY } from "../model/observability.ts";
import type { Plan } from "../model/plan.ts";
import type { KubernetesObject } from "../model/unit.ts";

/** By its name, and not by the one that the operator puts together of namespace and object. */
export const podMonitor = ({ name, namespace, pods, port, path }: Metered): KubernetesObject => ({
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PodMonitor",
  metadata: { name, namespace: OBSERVABILITY },
  spec: {
    namespaceSelector: { matchNames: [namespace] },
    selector: { matchLabels: pods },
    podMetricsEndpoints: [
      {
        portNumber: port,
        path: path ?? "/metrics",
        relabelings: [
          { targetLabel: "job", replacement: name },
          // Pods come and go under new names; a machine keeps its own.
          { sourceLabels: ["__meta_kubernetes_pod_node_name"], targetLabel: "node" },
        ],
      },
    ],
  },
});

/** One for each sort of machine: dashboards tell them apart by `instance` (prometheus-operator v0.93.1 serves v1alpha1 alone). */
export const scrapeConfigs = (machines: readonly MeteredMachine[]): readonly KubernetesObject[] =>
  [...new Set(machines.map(({ job }) => job))].map((job) => ({
    apiVersion: "monitoring.coreos.com/v1alpha1",
    kind: "ScrapeConfig",
    metadata: { name: `machines-${job}`, namespace: OBSERVABILITY },
    spec: {
      jobName: job,
      metricsPath: "/metrics",
      scheme: "HTTP",
      staticConfigs: machines
        .filter((machine) => machine.job === job)
        .map(({ name, ip, port }) => ({ targets: [withPort(ip, port)], labels: { instance: name } })),
    },
  }));

export const prometheusRule = (name: string, alarms: readonly Alarm[], plan: Plan): KubernetesObject => ({
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PrometheusRule",
  metadata: { name, namespace: OBSERVABILITY },
  spec: { groups: [{ name, rules: alarms.map((alarm) => ruleOf(alarm, plan)) }] },
});

const ruleOf = (alarm: Alarm, plan: Plan) => ({
  alert: alarm.name,
  expr: alarm.expr,
  for: alarm.for,
  labels: { severity: alarm.severity },
  annotations: { summary: alarm.summary, runbook: pageOf(alarm, plan) },
});
