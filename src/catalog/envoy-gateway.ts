import { z } from "zod";
import type { Component, Flow, KubernetesObject, Route, Unit } from "../model/component.ts";
import type { Plan } from "../model/plan.ts";
import { replicas, workloadNodes } from "./workloadNodes.ts";

const NAMESPACE = "network";
const LISTENER = "http";

// Envoy listens on port + 10000 for ports below 1024, so that it needs no privilege; policies see the port of the pod
// (envoyproxy/gateway v1.9.0, internal/gatewayapi/translator.go, wellKnownPortShift).
const CONTAINER_PORT = 10080;

/** Each Gateway has a Deployment and a Service of its own name beside it (deploy type GatewayNamespace). */
const objectName = (gateway: string): string => `envoy-${gateway}`;

const proxyLabels = (object: string) => ({ "gateway.envoyproxy.io/owning-gateway-name": object });

export const envoyGateway: Component<Record<string, never>> = {
  id: "envoy-gateway",
  slot: "ingress",
  title: "Envoy Gateway",
  summary: "Gateway API in full, each gateway in Envoy pods of its own; one or two pods a gateway and a controller",
  options: z.strictObject({}),
  requires: ["gateway-api"],
  gateway: (name) => ({ object: objectName(name), namespace: NAMESPACE }),
  units: (plan) => [crds, controller, gateways(plan)],
  route,
  dataPlane: (plan) => plan.gateways.map(({ object, namespace }) => ({ namespace, labels: proxyLabels(object) })),
  flows: (plan) => plan.gateways.map(({ object, namespace }) => gatewayFlow(object, namespace)),
  docs: {
    template: "components/envoy-gateway/docs.md",
    view: (plan) => ({
      gateways: plan.gateways.map(({ name, object, address, isDefault }) => ({ name, object, address, isDefault })),
      replicas: replicas(workloadNodes(plan)),
    }),
  },
};

// Plain files of the chart's source tree: as templates of a release they would exceed the size of a Secret
// (Envoy Gateway documentation, Install with Helm).
const crds: Unit = {
  id: "envoy-gateway/crds",
  component: "envoy-gateway",
  namespace: NAMESPACE,
  remote: {
    pin: "envoy-gateway-crds",
    path: "charts/gateway-helm/charts/crds/crds/generated",
    installs: ["gateway.envoyproxy.io/*"],
  },
  view: {},
};

const controller: Unit = {
  id: "envoy-gateway",
  component: "envoy-gateway",
  namespace: NAMESPACE,
  release: { name: "envoy-gateway", chart: "envoy-gateway", values: "components/envoy-gateway/values.yaml" },
  // It looks for the resource types once, when it starts.
  after: ["gateway-api", "envoy-gateway/crds"],
  view: {},
};

const gateways = (plan: Plan): Unit => ({
  id: "envoy-gateway/config",
  component: "envoy-gateway",
  namespace: NAMESPACE,
  templates: "components/envoy-gateway/config",
  after: ["envoy-gateway"],
  view: {
    replicas: replicas(workloadNodes(plan)),
    pods: plan.cluster.pods.text,
    gateways: plan.gateways.map(({ object, address }) => ({ object, annotations: plan.addressAnnotations(address) })),
  },
});

function route(
  { name, namespace, host, service, port, gateways: names }: Route,
  plan: Plan,
): readonly KubernetesObject[] {
  const parents = names.map((gateway) => {
    const found = plan.gateways.find((candidate) => candidate.name === gateway);
    if (found === undefined)
      throw new Error(`route ${host} names the gateway ${gateway}, which the plan does not have`);
    // k8s-gateway takes the namespace of the reference before when there is none (its source), so it is always written.
    return { name: found.object, namespace: found.namespace, sectionName: LISTENER };
  });
  return [
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "HTTPRoute",
      metadata: { name, namespace },
      spec: { hostnames: [host], parentRefs: parents, rules: [{ backendRefs: [{ name: service, port }] }] },
    },
  ];
}

// Forwarded by another node, a request comes from that node and not from the world (Cilium, native routing).
const gatewayFlow = (object: string, namespace: string): Flow => ({
  unit: "envoy-gateway/config",
  namespace,
  name: object,
  to: proxyLabels(object),
  from: ["world", "cluster"],
  ports: [{ port: CONTAINER_PORT, protocol: "TCP" }],
  because: "requests from the LAN and from pods, through the address of the gateway",
});
