/** Pods that operators make of objects, which no chart renders. */
import type { Plan } from "../../src/model/plan.ts";
import { asList, at } from "../../src/model/unknown.ts";
import type { KubernetesObject } from "../support/manifests.ts";
import { requestsOf, type Requests, type Workload } from "./requests.ts";

type Made = (object: KubernetesObject, plan: Plan) => readonly Workload[];

const ordinary = ({ nodes }: Plan): number => nodes.filter(({ runsPods }) => runsPods).length;

const podsOf = (name: string, pods: number, nodes: number, requests: Requests): Workload => ({
  name,
  pods,
  nodes,
  nodesNeeded: Math.min(pods, 1),
  ...requests,
});

/** Envoy Gateway makes a Deployment of it for each Gateway. */
const envoys: Made = (object, plan) => {
  const deployment = at(object, "spec", "provider", "kubernetes", "envoyDeployment");
  const own = plan.gateways.filter(({ component }) => component === "envoy-gateway");
  const pods = Number(at(deployment, "replicas") ?? 1);
  return own.map((gateway) => podsOf(gateway.object, pods, ordinary(plan), requestsOf([at(deployment, "container")])));
};

// config/manager/deployment.yaml of each controller: source-controller asks for half of what the others do.
const fluxRequests = (controller: string): Requests => ({
  cpu: controller === "source-controller" ? 50 : 100,
  memory: 64,
});

/** The operator of Flux installs the controllers it names, one pod each. */
const controllers: Made = (object, plan) =>
  asList(at(object, "spec", "components")).map((name) =>
    podsOf(String(name), 1, ordinary(plan), fluxRequests(String(name))),
  );

/** tigera/operator, pkg/common: one fewer than nodes where there are few, and three from five nodes on. */
const typhas = (nodes: number): number => (nodes <= 2 ? 1 : nodes <= 4 ? 2 : 3);

/** The operator of Calico: an agent on every node, their relays on nodes of their own, and what is there once or twice. */
const calico: Made = (object, plan) => {
  const everywhere = plan.nodes.length;
  const requests = (key: string): Requests =>
    requestsOf(at(object, "spec", key, "spec", "template", "spec", "containers"));
  const relays = typhas(everywhere);
  const replicas = Number(at(object, "spec", "controlPlaneReplicas") ?? 2);
  return [
    { ...podsOf("calico-node", everywhere, everywhere, requests("calicoNodeDaemonSet")), nodesNeeded: everywhere },
    // They take a port of the node.
    { ...podsOf("calico-typha", relays, everywhere, requests("typhaDeployment")), nodesNeeded: relays },
    podsOf("calico-kube-controllers", 1, everywhere, requests("calicoKubeControllersDeployment")),
    podsOf("calico-apiserver", replicas, everywhere, requests("calicoAPIServerDeployment")),
  ];
};

/** The operator of Tailscale: as many pods of the class as the Connector beside it asks for, two where two nodes can have one. */
const subnetRouters: Made = (object, plan) => {
  const container = at(object, "spec", "statefulSet", "pod", "tailscaleContainer");
  return [podsOf("subnet-router", Math.min(ordinary(plan), 2), ordinary(plan), requestsOf([container]))];
};

/** What follows changes of the configuration beside each of them, as the values of the chart ask for it. */
const RELOADER = { resources: { requests: { cpu: "5m", memory: "24Mi" } } };

/** The operator of Prometheus makes a StatefulSet of it (prometheus-operator v0.93.1, pkg/prometheus, pkg/alertmanager). */
const statefulSet: Made = ({ kind, metadata, ["spec"]: spec }, plan) => [
  podsOf(
    `${kind.toLowerCase()}-${metadata?.name ?? ""}`,
    Number(at(spec, "replicas") ?? 1),
    ordinary(plan),
    requestsOf([spec, RELOADER]),
  ),
];

const OPERATORS: Readonly<Record<string, Made>> = {
  Alertmanager: statefulSet,
  EnvoyProxy: envoys,
  FluxInstance: controllers,
  Installation: calico,
  Prometheus: statefulSet,
  ProxyClass: subnetRouters,
};

/** Undefined where no operator makes pods of the object. */
export const madeByOperator = (object: KubernetesObject, plan: Plan): readonly Workload[] | undefined =>
  OPERATORS[object.kind]?.(object, plan);
