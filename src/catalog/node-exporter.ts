import { z } from "zod";
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
    },
  ],
  offer: {},
  workloads: ({ nodes }) => [onEach(nodes, NODE_EXPORTER, 24)],
  pins: [ID],
  docs: {
    template: `components/${ID}/docs.md`,
    view: (plan) => ({
      nodes: plan.nodes.map(({ name, ip }) => ({ name, ip, port: NODE_PORT })),
      port: NODE_PORT,
      collected: isMetered(plan),
    }),
  },
};
