import { z } from "zod";
import type { Component } from "../model/component.ts";
import { OBSERVABILITY } from "../model/observability.ts";
import type { Pods } from "../model/unit.ts";
import { onEach } from "../model/workloads.ts";
import { closedPods } from "./closedPods.ts";
import { LOKI_URL } from "./lokiService.ts";

export const VECTOR = "vector";
const ID = VECTOR;
/** Where it answers with numbers: a sink of its configuration, and a port its container lists. */
const PORT = 9598;
/** Of the chart (0.56.0, values: dataDir of an agent). */
const BUFFERS = "/var/lib/vector";

/** Labels of the chart's pod (0.56.0, templates/_helpers.tpl). */
export const VECTOR_PODS: Pods = {
  namespace: OBSERVABILITY,
  labels: { "app.kubernetes.io/name": ID, "app.kubernetes.io/instance": ID },
};

/** A pod on each node that reads what the pods there write. */
export const vector: Component<Record<string, never>> = {
  id: ID,
  title: "Vector",
  summary: "reads what pods write, on each node, and passes it on; a pod on each",
  options: z.strictObject({}),
  units: () => [
    {
      id: ID,
      component: ID,
      namespace: OBSERVABILITY,
      release: { name: ID, chart: ID, values: `components/${ID}/values.yaml` },
      // It reads a folder of its node, and keeps what waits in another.
      privileged: true,
      view: { port: PORT, labels: TAGS, store: LOKI_URL },
    },
  ],
  metrics: () => [{ unit: ID, namespace: OBSERVABILITY, name: ID, pods: VECTOR_PODS.labels, port: PORT }],
  flows: () => [closedPods({ unit: ID, namespace: OBSERVABILITY, name: ID, to: VECTOR_PODS.labels })],
  workloads: ({ nodes }) => [onEach(nodes, VECTOR, 64)],
  pins: [ID],
  docs: {
    template: `components/${ID}/docs.md`,
    view: () => ({ labels: Object.keys(TAGS), buffers: BUFFERS }),
  },
};

/** What Vector puts in, when a line arrives. The chart takes braces for its own first, which makes these braces of them. */
const field = (path: string): string => `{{ "{{ ${path} }}" }}`;

/** By which lines are found (Vector documentation, kubernetes_logs: output). More of them is more memory of Loki. */
const TAGS: Readonly<Record<string, string>> = {
  app: field("app"),
  namespace: field("kubernetes.pod_namespace"),
  pod: field("kubernetes.pod_name"),
  container: field("kubernetes.container_name"),
  node: field("kubernetes.pod_node_name"),
};
