import { z } from "zod";
import type { Component } from "../model/component.ts";
import { OBSERVABILITY } from "../model/observability.ts";
import { onEach } from "../model/workloads.ts";
import type { Plan } from "../model/plan.ts";
import type { Pods, Unit } from "../model/unit.ts";
import { asksApi } from "./begins.ts";
import { closedPods } from "./closedPods.ts";
import { LOKI_URL } from "./lokiService.ts";
import { AGENT_PORT, logsAddress, sentLines } from "./machineLogs.ts";

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

/** A pod on each node that reads what the pods there write, and what is written or sent of machines. */
export const vector: Component<Record<string, never>> = {
  id: ID,
  title: "Vector",
  summary: "reads what pods write, on each node, and passes it on; a pod on each",
  options: z.strictObject({}),
  units: (plan) => [unit(plan)],
  metrics: () => [{ unit: ID, namespace: OBSERVABILITY, name: ID, pods: VECTOR_PODS.labels, port: PORT }],
  workloads: ({ nodes }) => [onEach(nodes, VECTOR, 64)],
  flows: (plan) => {
    const flow = { unit: ID, namespace: OBSERVABILITY, to: VECTOR_PODS.labels };
    return [logsAddress(plan) === undefined ? closedPods({ ...flow, name: ID }) : sentLines(flow)];
  },
  // Vector documentation, kubernetes_logs: it watches pods, nodes and namespaces. Loki is beside it.
  begins: () => [asksApi(VECTOR_PODS, "it puts names of pods to what they write")],
  pins: [ID],
  docs: {
    template: `components/${ID}/docs.md`,
    view: (plan) => ({
      labels: Object.keys(TAGS),
      buffers: BUFFERS,
      folder: plan.cluster.traits.serviceLogs ?? null,
      taken: logsAddress(plan) !== undefined,
    }),
  },
};

function unit(plan: Plan): Unit {
  const address = logsAddress(plan);
  const files = plan.cluster.traits.serviceLogs ?? null;
  return {
    id: ID,
    component: ID,
    namespace: OBSERVABILITY,
    release: { name: ID, chart: ID, values: `components/${ID}/values.yaml` },
    // It reads a folder of its node, and keeps what waits in another.
    privileged: true,
    view: {
      port: PORT,
      labels: TAGS,
      store: LOKI_URL,
      // What listens at this one listens in both families, where pods have both (Linux, ipv6(7): IPV6_V6ONLY).
      listen: plan.stacks.some(({ family, pods }) => family === 6 && pods !== undefined) ? "[::]" : "0.0.0.0",
      files,
      syslog: address === undefined ? null : AGENT_PORT,
      lines: [...(files === null ? [] : ["services"]), ...(address === undefined ? [] : ["sent"])],
      machineLabels: MACHINE_TAGS,
    },
  };
}

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

/** How bad a line is stands in it: as a label it would make eight streams of each. */
const MACHINE_TAGS: Readonly<Record<string, string>> = { host: field("host"), app: field("app") };
