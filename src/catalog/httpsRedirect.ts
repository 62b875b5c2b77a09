import type { Plan } from "../model/plan.ts";
import type { Gateway } from "../model/gateway.ts";
import type { KubernetesObject } from "../model/unit.ts";
import { ANNOTATIONS } from "./publishing.ts";

/**
 * The only route on port 80, where no app may attach (`allowedRoutes: Same`). It has no name of its own, and nobody
 * shall make records from it: k8s-gateway reads the label, external-dns the annotation.
 */
export const httpsRedirect = (gateways: readonly Gateway[], plan: Pick<Plan, "gateways">): KubernetesObject => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "HTTPRoute",
  metadata: {
    name: nameOf(gateways[0], plan),
    labels: { "k8s-gateway.dns/ignore": "true" },
    annotations: { [`${ANNOTATIONS}controller`]: "none" },
  },
  spec: {
    parentRefs: gateways.map(({ object, namespace }) => ({ name: object, namespace, sectionName: "http" })),
    rules: [{ filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }] }],
  },
});

/** All lie in one namespace, and gateways of other makers may have one of their own. */
const nameOf = (gateway: Gateway | undefined, { gateways: [first] }: Pick<Plan, "gateways">): string =>
  gateway === undefined || gateway.component === first?.component
    ? "https-redirect"
    : `https-redirect-${gateway.component}`;
