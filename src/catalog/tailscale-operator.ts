import { z } from "zod";
import { contains } from "../model/address.ts";
import type { Alarm } from "../model/alarms.ts";
import type { Component } from "../model/component.ts";
import type { Begun } from "../model/policies.ts";
import type { Flow, SecretNeed, Unit } from "../model/unit.ts";
import type { Plan } from "../model/plan.ts";
import { appDomain } from "../model/zones.ts";
import { anywhere } from "../model/workloads.ts";
import { asksApi, asksEveryPod, asksInternet, asksLan, asksNodes, asksServer, tcp, udp } from "./begins.ts";
import { closedPods } from "./closedPods.ts";
import { conditionNumbers } from "./conditionNumbers.ts";
import { schemeOf } from "./gatewayCertificates.ts";
import { replicas, workloadNodes } from "./workloadNodes.ts";
import { answeringIn, REACHES, routesOf, type Reach } from "./tailscaleReach.ts";

/** Id of the component, of its chart and of its app. */
export const TAILSCALE = "tailscale-operator";
const CONFIG = `${TAILSCALE}/config`;
/** Its own: the pods of the subnet router are privileged (v1.102.3, cmd/k8s-operator/deploy/manifests/proxy.yaml). */
const NAMESPACE = "tailscale";
const SECRET = "operator-oauth";
const CONNECTOR = "subnet-router";
/** Those of Tailscale's own instructions: the operator's tag owns that of what it makes. */
const OPERATOR_TAG = "tag:k8s-operator";
const TAG = "tag:k8s";

const options = z.strictObject({
  reach: z
    .enum(REACHES)
    .default("services")
    .describe(
      "what your devices reach: services, which is gateways and what else has an address of the load balancer; cluster, nodes and the Kubernetes API as well; lan, all that is in the LAN",
    )
    .meta({ because: "apps are what is wanted on the way, and who finds your phone reaches nothing else" }),
});

type Options = z.output<typeof options>;

export const tailscaleOperator: Component<Options> = {
  id: TAILSCALE,
  slot: "remote",
  provider: "tailscale",
  title: "Tailscale",
  summary: "your own devices reach your apps from anywhere, through a network of Tailscale Inc.; no open port",
  options,
  offer: {},
  passesOn: true,
  units: (plan, chosen) => [operator(plan), subnetRouter(plan, chosen)],
  meteredObjects: () => [CONNECTORS],
  alarms: () => [ROUTER_DOWN],
  flows: () => [nobodyAsksOperator, nobodyAsksRouter],
  begins: (plan, { reach }) => begun(plan, reach),
  workloads: (plan) => [anywhere("operator", 64), anywhere("subnet-router", 64, routersOf(plan))],
  pins: [TAILSCALE],
  docs: {
    template: "components/tailscale-operator/docs.md",
    page: { path: "docs/tailscale.md", template: "components/tailscale-operator/page.md" },
    fragments: {
      alarms: "components/tailscale-operator/alarms.md",
      dns: "components/tailscale-operator/dns.md",
      requests: "components/tailscale-operator/requests.md",
      routes: "components/tailscale-operator/routes.md",
      troubleshooting: "components/tailscale-operator/troubleshooting.md",
    },
    view: docsView,
  },
};

const operator = (plan: Plan): Unit => ({
  id: TAILSCALE,
  component: TAILSCALE,
  namespace: NAMESPACE,
  release: {
    name: TAILSCALE,
    chart: TAILSCALE,
    values: "components/tailscale-operator/values.yaml",
    installs: ["tailscale.com/*"],
  },
  secrets: [oauth],
  view: { hostname: `${plan.name}-operator`, secret: SECRET, operatorTag: OPERATOR_TAG, tag: TAG },
});

const subnetRouter = (plan: Plan, { reach }: Options): Unit => ({
  id: CONFIG,
  component: TAILSCALE,
  namespace: NAMESPACE,
  templates: "components/tailscale-operator/config",
  privileged: true,
  view: {
    name: CONNECTOR,
    prefix: prefixOf(plan),
    replicas: routersOf(plan),
    spread: routersOf(plan) > 1,
    tag: TAG,
    routes: routesOf(plan, reach),
  },
});

/** Its pods list no port with numbers; the operator writes down how its routers are (CRD of Connector, status.conditions). */
const CONNECTORS = conditionNumbers({
  group: "tailscale.com",
  version: "v1alpha1",
  kind: "Connector",
  resource: "connectors",
  prefix: "tailscale_connector",
});

const ROUTER_DOWN: Alarm = {
  name: "TailnetRouterDown",
  expr: 'tailscale_connector_condition{type="ConnectorReady",status="False"} == 1',
  for: "30m",
  severity: "warning",
  summary: "{{ $labels.name }} is not ready: your devices reach nothing of the house from afar",
};

/** Another takes over within some 15 seconds, on every plan (Tailscale documentation, Set up high availability). */
const routersOf = (plan: Plan): number => replicas(workloadNodes(plan));

/** Devices are called by it and a number: several replicas may have no name of their own (CRD of Connector). */
const prefixOf = ({ name }: Plan): string => `${name}-router`;

const nobodyAsksOperator: Flow = closedPods({
  unit: TAILSCALE,
  namespace: NAMESPACE,
  name: TAILSCALE,
  // Labels of the chart's pod (1.102.3, templates/deployment.yaml).
  to: { app: "operator" },
});

const nobodyAsksRouter: Flow = closedPods(
  {
    unit: CONFIG,
    namespace: NAMESPACE,
    name: CONNECTOR,
    // tailscale/tailscale v1.102.3, cmd/k8s-operator/sts.go, childResourceLabels.
    to: { "tailscale.com/parent-resource": CONNECTOR, "tailscale.com/parent-resource-type": "connector" },
  },
  "packets of your devices come in answer to its own, and it asks gateways in their stead",
);

const operatorPods = { namespace: NAMESPACE, labels: nobodyAsksOperator.to };
const routerPods = { namespace: NAMESPACE, labels: nobodyAsksRouter.to };

/** Tailscale documentation, What firewall ports should I open: devices are asked at ports of their own. */
const begun = (plan: Plan, reach: Reach): readonly Begun[] => [
  asksApi(operatorPods, "it makes routers, and writes down how they are"),
  asksInternet(operatorPods, [...tcp(443, 80), ...udp(3478)], "it adds itself and the routers to your tailnet"),
  asksApi(routerPods, "it keeps its key in a Secret"),
  asksInternet(routerPods, [], "it meets your devices at whatever ports they have"),
  // What devices ask for leaves it as its own.
  asksEveryPod(routerPods, [], "your devices reach gateways and what else has an address of the load balancer"),
  ...(reach === "services" ? [] : [asksNodes(routerPods, [], "your devices reach nodes and the Kubernetes API")]),
  ...(reach === "lan"
    ? [asksLan(routerPods, [], "your devices reach all that is in the LAN")]
    : [...new Set(answeringIn(plan).flatMap(({ servers }) => servers))]
        .filter((server) => !plan.pools.some(({ range }) => contains(range, server)))
        .flatMap((server) =>
          asksServer(routerPods, server, [...tcp(53), ...udp(53)], plan, "your devices ask for names of the house"),
        )),
];

const oauth: SecretNeed = {
  name: SECRET,
  keys: [
    {
      key: "client_id",
      what: `id of an OAuth client with the tag ${OPERATOR_TAG} and write scope for Devices Core, Auth Keys and Services`,
      from: "https://login.tailscale.com/admin/settings/trust-credentials, after the tags of docs/tailscale.md are in the policy",
    },
    {
      key: "client_secret",
      what: "secret of the same client, which lets whoever has it add devices with these tags",
      from: "shown once, beside the id",
    },
  ],
  because: "the operator adds itself and the subnet routers to your tailnet with it",
};

function docsView(plan: Plan, { reach }: Options) {
  const answering = answeringIn(plan);
  const routers = routersOf(plan);
  return {
    name: CONNECTOR,
    routers: Array.from({ length: routers }, (_, index) => `${prefixOf(plan)}-${index}`),
    several: routers > 1,
    operatorTag: OPERATOR_TAG,
    tag: TAG,
    secret: SECRET,
    cluster: reach !== "services",
    lan: reach === "lan",
    routes: routesOf(plan, reach),
    gateways: plan.gateways.map(({ object, addresses }) => ({ object, addresses })),
    answering: answering.map(({ domain, servers }) => ({ domain, servers })),
    servers: [...new Set(answering.flatMap(({ servers }) => servers))],
    server: answering[0]?.servers[0] ?? null,
    network: plan.lan.cidr.text,
    onNodes: plan.addresses.claims.some(({ onNode }) => onNode !== undefined),
    api: plan.cluster.api.address,
    port: plan.cluster.api.port,
    pods: plan.stacks.flatMap(({ pods }) => pods?.value.text ?? []),
    scheme: schemeOf(plan),
    example: `app.${appDomain(plan)}`,
  };
}
