import { z } from "zod";
import { isMetered } from "../model/metrics.ts";
import { familyOf } from "../model/address.ts";
import type { Component } from "../model/component.ts";
import { both, familyName } from "../model/families.ts";
import { objectNameOf } from "../model/layout.ts";
import type { Plan } from "../model/plan.ts";
import type { Gateway } from "../model/gateway.ts";
import type { Flow, Unit } from "../model/unit.ts";
import { anywhere } from "../model/workloads.ts";
import { asksApi, asksForRequests } from "./begins.ts";
import { commonCertificate } from "./gatewayCertificates.ts";
import { ingressObjects, namedIngresses, readIngress } from "./ingressObject.ts";
import { nginxAbilities, nginxAnnotations } from "./nginxRoutes.ts";
import { passedOn, passthroughKeys } from "./passthrough.ts";
import { serviceAnnotations, serviceLabels } from "./pools.ts";
import { seesClients } from "./clients.ts";
import { trafficPolicy } from "./trafficPolicy.ts";
import { replicas, workloadNodes } from "./workloadNodes.ts";
import { NGINX_PICTURES } from "./gatewayPictures.ts";

/** Rules and audits ask whether it is in use. */
export const INGRESS_NGINX = "ingress-nginx";

const NAMESPACE = "network";

/** A controller of its own for each gateway: one that reads two classes has one address for both. */
const releaseName = (gateway: string): string => `${INGRESS_NGINX}-${gateway}`;
const unitId = (gateway: string): string => `${INGRESS_NGINX}/${gateway}`;
/** Of the chart (ingress-nginx 4.15.1, templates/_helpers.tpl). */
const serviceName = (gateway: string): string => `${releaseName(gateway)}-controller`;
/** The longest of its names, which may have as many characters as a label and no more. */
export const longestName = (gateway: string): string => `${serviceName(gateway)}-admission`;

const own = (plan: Plan): readonly Gateway[] => plan.gateways.filter(({ component }) => component === INGRESS_NGINX);

const podLabels = (gateway: string) => ({
  "app.kubernetes.io/name": INGRESS_NGINX,
  "app.kubernetes.io/instance": releaseName(gateway),
  "app.kubernetes.io/component": "controller",
});

export const ingressNginx: Component<Record<string, never>> = {
  id: INGRESS_NGINX,
  slot: "ingress",
  title: "ingress-nginx",
  summary: "Ingress objects as in older networks; retired in March 2026, so holes found since then stay open",
  options: z.strictObject({}),
  entryOptions: z.strictObject(passthroughKeys),
  gateways: {
    object: ({ name }) => ({
      object: name,
      routeKind: "Ingress",
      namespace: NAMESPACE,
      service: serviceName(name),
      className: name,
      unit: unitId(name),
    }),
    route: (route, plan) => ingressObjects(route, plan, () => nginxAnnotations(route)),
    routeOptions: nginxAbilities,
    passedOn,
    readRoute: readIngress,
    namedKinds: (plan) => [namedIngresses(plan)],
    unverified: "route",
    // Without that Secret it reads none of its annotations about certificates of origins (kubernetes/ingress-nginx
    // controller-v1.15.1, internal/ingress/annotations/proxyssl/main.go, Parse).
    onlyUnverifiedOrigins:
      "ingress-nginx believes only authorities that stand in a Secret beside the Ingress, and none of those that everybody trusts",
    // The argument --default-ssl-certificate names one Secret.
    oneCertificate: true,
    dataPlane: (plan) => own(plan).map(({ name, namespace }) => ({ namespace, labels: podLabels(name) })),
  },
  units: (plan) => own(plan).map((gateway) => controller(gateway, plan)),
  flows: (plan) => own(plan).flatMap((gateway) => [requests(gateway, plan), admission(gateway)]),
  begins: (plan) =>
    own(plan).flatMap(({ name }) => {
      const pods = { namespace: NAMESPACE, labels: podLabels(name) };
      return [
        asksApi(pods, "it reads routes"),
        // Jobs of the chart (ingress-nginx 4.15.1, templates/admission-webhooks/job-patch).
        asksApi(
          { namespace: NAMESPACE, labels: { ...podLabels(name), "app.kubernetes.io/component": "admission-webhook" } },
          "it makes the certificate that the API server knows it by",
        ),
        ...asksForRequests(pods, plan),
      ];
    }),
  dashboards: () => [NGINX_PICTURES],
  metrics: (plan) =>
    own(plan).map(({ name, unit }) => ({
      unit,
      namespace: NAMESPACE,
      name: releaseName(name),
      pods: podLabels(name),
      port: 10254,
    })),
  workloads: (plan) =>
    own(plan).map((gateway) => anywhere(serviceName(gateway.name), 128, replicas(workloadNodes(plan)))),
  pins: [INGRESS_NGINX],
  docs: {
    template: "components/ingress-nginx/docs.md",
    fragments: {
      requests: "components/ingress-nginx/requests.md",
      troubleshooting: "components/ingress-nginx/troubleshooting.md",
      gateways: "components/ingress-nginx/gateways.md",
    },
    page: { path: "docs/ingress-nginx.md", template: "components/ingress-nginx/page.md" },
    view: (plan) => ({
      gateways: own(plan).map(({ name, className, unit, service, addresses, isDefault }) => ({
        name,
        class: className,
        // Where apps name what they wait for; waves name nobody.
        named: plan.engine === "flux" ? objectNameOf({ id: unit }) : null,
        service,
        address: both(addresses),
        isDefault,
      })),
      all: plan.gateways.map(({ name, addresses, component }) => ({
        name,
        address: both(addresses),
        provider: plan.chosen.find((chosen) => chosen.component.id === component)?.component.title ?? component,
      })),
      namespace: NAMESPACE,
      replicas: replicas(workloadNodes(plan)),
      certificate: commonCertificate(plan)?.name ?? null,
      seen: seesClients(own(plan), plan),
    }),
  },
};

const controller = (gateway: Gateway, plan: Plan): Unit => ({
  id: unitId(gateway.name),
  component: INGRESS_NGINX,
  namespace: NAMESPACE,
  release: {
    name: releaseName(gateway.name),
    chart: INGRESS_NGINX,
    values: "components/ingress-nginx/values.yaml",
    clusterWide: ["admissionregistration.k8s.io/ValidatingWebhookConfiguration", "networking.k8s.io/IngressClass"],
  },
  view: {
    name: releaseName(gateway.name),
    class: gateway.className,
    isDefault: gateway.isDefault,
    controller: `k8s.io/${gateway.className}`,
    replicas: replicas(workloadNodes(plan)),
    spread: replicas(workloadNodes(plan)) > 1,
    labels: podLabels(gateway.name),
    certificate: certificateOf(plan),
    passthrough: passedOn(gateway).length > 0,
    https: listensSealed(gateway, plan),
    pods: plan.stacks.flatMap(({ pods }) => pods?.value.text ?? []).join(","),
    annotations: serviceAnnotations(gateway.addresses, plan),
    serviceLabels: serviceLabels(gateway.addresses, plan),
    metered: isMetered(plan),
    families: gateway.addresses.map((address) => familyName(familyOf(address))),
    local: trafficPolicy(plan, gateway.addresses) === "Local",
    policy: gateway.addresses.length > 1 ? "RequireDualStack" : "SingleStack",
  },
});

const listensSealed = (gateway: Gateway, plan: Plan): boolean =>
  commonCertificate(plan) !== undefined || passedOn(gateway).length > 0;

function certificateOf(plan: Plan): string | null {
  const certificate = commonCertificate(plan);
  return certificate === undefined ? null : `${NAMESPACE}/${certificate.secret}`;
}

// Ports of the pod are those of the Service (ingress-nginx 4.15.1, values.yaml, containerPort). Forwarded by another
// node, a request comes from that node and not from the world (Cilium, native routing).
const requests = (gateway: Gateway, plan: Plan): Flow => ({
  unit: gateway.unit,
  namespace: NAMESPACE,
  name: releaseName(gateway.name),
  to: podLabels(gateway.name),
  from: ["world", "cluster"],
  ports: [
    { port: 80, protocol: "TCP" },
    ...(listensSealed(gateway, plan) ? [{ port: 443, protocol: "TCP" as const }] : []),
  ],
  because: "requests from the LAN and from pods, through the address of the gateway",
});

const admission = (gateway: Gateway): Flow => ({
  unit: gateway.unit,
  namespace: NAMESPACE,
  name: `${releaseName(gateway.name)}-admission`,
  to: podLabels(gateway.name),
  from: ["kube-apiserver", "host", "remote-node"],
  ports: [{ port: 8443, protocol: "TCP" }],
  because: "the API server asks it about every Ingress, whatever its class",
});
