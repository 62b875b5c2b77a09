/** Who talks to Envoy Gateway and to whom it does: policies of the controller and of the pods of gateways. */
import type { Gateway } from "../model/gateway.ts";
import type { Plan } from "../model/plan.ts";
import type { Begun } from "../model/policies.ts";
import type { Flow } from "../model/unit.ts";
import { asksApi, asksForRequests, asksHouse, asksInternet, tcp } from "./begins.ts";

export const ENVOY = { id: "envoy-gateway", config: "envoy-gateway/config", namespace: "network" } as const;

// Envoy listens on port + 10000 for ports below 1024, so that it needs no privilege; policies see the port of the pod
// (envoyproxy/gateway v1.9.0, internal/gatewayapi/translator.go, wellKnownPortShift).
const CONTAINER_PORTS = { http: 10080, https: 10443 } as const;

export const proxyLabels = (object: string) => ({ "gateway.envoyproxy.io/owning-gateway-name": object });

// Forwarded by another node, a request comes from that node and not from the world (Cilium, native routing).
export const gatewayFlow = ({ object, namespace }: Gateway, https: boolean): Flow => ({
  unit: ENVOY.config,
  namespace,
  name: object,
  to: proxyLabels(object),
  from: ["world", "cluster"],
  ports: [
    { port: CONTAINER_PORTS.http, protocol: "TCP" },
    ...(https ? [{ port: CONTAINER_PORTS.https, protocol: "TCP" as const }] : []),
  ],
  because: "requests from the LAN and from pods, through the address of the gateway",
});

/** Labels of the chart's pod (gateway-helm 1.9.0, templates/envoy-gateway-deployment.yaml). */
export const controllerLabels = {
  "app.kubernetes.io/name": "gateway-helm",
  "app.kubernetes.io/instance": ENVOY.id,
  "control-plane": "envoy-gateway",
};

const controllerPods = { namespace: ENVOY.namespace, labels: controllerLabels };

const SIGNS_IN = "it asks those who sign people in for routes where that is done";

// xDS, rate limits and WebAssembly (envoyproxy/gateway v1.9.0, internal/xds/bootstrap and the chart's Service).
export const controllerFlow = (gateways: readonly Gateway[]): Flow => ({
  unit: ENVOY.id,
  namespace: ENVOY.namespace,
  name: ENVOY.id,
  to: controllerLabels,
  from: gateways.map(({ object, namespace }) => ({ namespace, labels: proxyLabels(object) })),
  ports: [18000, 18001, 18002].map((port) => ({ port, protocol: "TCP" })),
  because: "the Envoy pods fetch from it what they do",
});

// Tells new Envoy pods the zone of their node; Kubernetes asks it for each (the chart's MutatingWebhookConfiguration).
export const admissionFlow: Flow = {
  unit: ENVOY.id,
  namespace: ENVOY.namespace,
  name: `${ENVOY.id}-admission`,
  to: controllerLabels,
  from: ["kube-apiserver", "host", "remote-node"],
  ports: [{ port: 9443, protocol: "TCP" }],
  because: "the API server asks it about every new pod of a gateway",
};

/** What its pods begin: those of the controller, of a job of its chart, and those that carry requests. */
export const envoyBegun = (gateways: readonly Gateway[], plan: Plan): readonly Begun[] => [
  asksApi(controllerPods, "it reads routes and makes Envoy pods"),
  // Where people sign in, as the issuer itself says (envoyproxy/gateway v1.9.0, internal/gatewayapi/securitypolicy.go).
  asksInternet(controllerPods, tcp(443), SIGNS_IN),
  ...asksHouse(controllerPods, tcp(443), plan, SIGNS_IN),
  // Before it is installed or upgraded (gateway-helm 1.9.0, templates/certgen.yaml).
  asksApi(
    { namespace: ENVOY.namespace, labels: { app: "certgen" } },
    "it makes certificates that they know each other by",
  ),
  ...gateways.flatMap(({ object, namespace }) => asksForRequests({ namespace, labels: proxyLabels(object) }, plan)),
];
