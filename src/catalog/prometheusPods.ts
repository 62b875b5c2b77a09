/** Pods of Prometheus and of those that come with it: who asks them, and whom they ask. */
import type { Ip } from "../model/address.ts";
import { listenerIn } from "../model/alarms.ts";
import { machinesMetered, meteredIn, opensControlPlanes, PROXY_PORT } from "../model/metrics.ts";
import { OBSERVABILITY } from "../model/observability.ts";
import type { Begun } from "../model/policies.ts";
import type { Plan } from "../model/plan.ts";
import type { Flow, Pods } from "../model/unit.ts";
import { asksAnywhere, asksApi, asksEveryPod, asksInternet, asksMachines, asksNodes, tcp } from "./begins.ts";
import { GRAFANA_PODS } from "./grafanaPods.ts";

export const STACK = "kube-prometheus-stack";
export const STACK_CONFIG = `${STACK}/config`;

const named = (name: string): Pods => ({
  namespace: OBSERVABILITY,
  labels: { "app.kubernetes.io/name": name, "app.kubernetes.io/instance": STACK },
});

export const PROMETHEUS_PODS = named("prometheus");
const alertmanager = named("alertmanager");
const counter = named("kube-state-metrics");
const operator: Pods = { namespace: OBSERVABILITY, labels: { app: `${STACK}-operator` } };

/** Kubernetes documentation, Ports and Protocols. */
const KUBELET = 10_250;
const CONTROL_PLANES = [10_257, 10_259];

/** Alertmanager is beside Prometheus, and what follows the configuration of each asks nobody but its own pod. */
export function prometheusBegins(plan: Plan, heartbeat: boolean): readonly Begun[] {
  return [
    asksApi(operator, "it makes Prometheus and Alertmanager of objects"),
    asksApi(counter, "it counts objects"),
    asksApi(PROMETHEUS_PODS, "it looks for pods that have numbers, and the API has some"),
    asksEveryPod(PROMETHEUS_PODS, [], "it asks whoever says that he has numbers, at a port of his own"),
    asksNodes(PROMETHEUS_PODS, portsOfNodes(plan), "it asks kubelets, and pods in the network of their node"),
    ...asksMachines(
      plan,
      PROMETHEUS_PODS,
      machinesMetered(plan).filter(({ ip }) => !isNode(ip, plan)),
      "it asks machines of the house for numbers",
    ),
    ...toldOfAlarms(plan, heartbeat),
  ];
}

function portsOfNodes(plan: Plan) {
  const ports = [
    KUBELET,
    ...meteredIn(plan).flatMap(({ host, port }) => (host === true ? [port] : [])),
    ...machinesMetered(plan).flatMap(({ ip, port }) => (isNode(ip, plan) ? [port] : [])),
    ...(opensControlPlanes(plan) ? [...CONTROL_PLANES, PROXY_PORT] : []),
  ];
  return tcp(...[...new Set(ports)].toSorted((a, b) => a - b));
}

/** Whoever hears the heartbeat is outside of the house, at an address that only its owner knows. */
function toldOfAlarms(plan: Plan, heartbeat: boolean): readonly Begun[] {
  const listener = listenerIn(plan);
  const because = "it tells of alarms, and that it works, at addresses that stand in Secrets";
  if (listener !== undefined && listener.outside !== true) return asksAnywhere(alertmanager, [], plan, because);
  if (heartbeat) return [asksInternet(alertmanager, [], because)];
  return listener === undefined ? [] : [asksInternet(alertmanager, tcp(443), because)];
}

const isNode = (ip: Ip, { nodes }: Plan): boolean => nodes.some(({ ips }) => ips.includes(ip));

/** Labels and ports of pods that the operator makes (prometheus-operator v0.93.1, pkg/prometheus and pkg/alertmanager). */
export const prometheusFlows: readonly Flow[] = [
  {
    unit: STACK_CONFIG,
    namespace: OBSERVABILITY,
    name: "prometheus",
    to: PROMETHEUS_PODS.labels,
    from: [PROMETHEUS_PODS, GRAFANA_PODS],
    ports: tcp(9090, 8080),
    because: "Grafana shows its numbers, and it asks itself how it is",
  },
  {
    unit: STACK_CONFIG,
    namespace: OBSERVABILITY,
    name: "alertmanager",
    to: alertmanager.labels,
    from: [PROMETHEUS_PODS, GRAFANA_PODS],
    ports: tcp(9093, 8080),
    because: "Prometheus tells it of alarms, and Grafana shows them",
  },
  {
    unit: STACK,
    namespace: OBSERVABILITY,
    name: "prometheus-operator",
    to: operator.labels,
    from: [PROMETHEUS_PODS],
    ports: tcp(8080),
    because: "Prometheus asks how it is",
  },
  {
    unit: STACK,
    namespace: OBSERVABILITY,
    name: "kube-state-metrics",
    to: counter.labels,
    from: [PROMETHEUS_PODS],
    ports: tcp(8080),
    because: "Prometheus asks it for the state of objects",
  },
];
