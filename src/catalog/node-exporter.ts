import { z } from "zod";
import type { Alarm } from "../model/alarms.ts";
import type { Component } from "../model/component.ts";
import { isMetered } from "../model/metrics.ts";
import { OBSERVABILITY } from "../model/observability.ts";
import { onEach } from "../model/workloads.ts";

export const NODE_EXPORTER = "node-exporter";
const ID = NODE_EXPORTER;
/** Of the chart (4.56.1, values: service.port), and of the packages of Debian. */
export const NODE_PORT = 9100;

/** A pod on each node that reads what the kernel counts. */
export const nodeExporter: Component<Record<string, never>> = {
  id: ID,
  slot: "observability",
  provider: "nodeExporter",
  title: "node-exporter",
  summary: "numbers about the machines: memory, disks, temperatures; a small pod on each node",
  options: z.strictObject({}),
  units: () => [
    {
      id: ID,
      component: ID,
      namespace: OBSERVABILITY,
      release: { name: ID, chart: ID, values: `components/${ID}/values.yaml` },
      // It has the network, the processes and the folders of its node.
      privileged: true,
      view: {},
    },
  ],
  metrics: () => [
    {
      unit: ID,
      namespace: OBSERVABILITY,
      name: ID,
      // Labels of the chart's pod (4.56.1, templates/_helpers.tpl).
      pods: { "app.kubernetes.io/name": "prometheus-node-exporter", "app.kubernetes.io/instance": ID },
      port: NODE_PORT,
      host: true,
    },
  ],
  // Its pods are in the network of their node, where no policy is in their way.
  begins: () => [],
  alarms: () => [DISK_FILLS],
  offer: {},
  workloads: ({ nodes }) => [onEach(nodes, NODE_EXPORTER, 24)],
  pins: [ID],
  docs: {
    template: `components/${ID}/docs.md`,
    fragments: { alarms: `components/${ID}/alarms.md` },
    view: (plan) => ({
      nodes: plan.nodes.map(({ name, ip }) => ({ name, ip, port: NODE_PORT })),
      port: NODE_PORT,
      collected: isMetered(plan),
      hosts: plan.lan.hosts.filter((host) => host.nodeExporter).map(({ name }) => name),
    }),
  },
};

/**
 * Before kubelets stop pods, at 10 percent or less (Kubernetes documentation, Node-pressure Eviction: nodefs.available). A disk that is mounted
 * several times is one; memory and what firmware starts from are no disks that fill up.
 */
const DISK_FILLS: Alarm = {
  name: "DiskAlmostFull",
  expr: 'min by (node, instance, device) (node_filesystem_avail_bytes{job="node-exporter", fstype!~"tmpfs|vfat"} / node_filesystem_size_bytes and node_filesystem_readonly == 0) < 0.15',
  for: "15m",
  severity: "warning",
  summary: "Less than 15 percent of the disk {{ $labels.device }} of {{ $labels.node }} {{ $labels.instance }} is free",
};
