import type { Gateway } from "../model/plan.ts";
import type { KubernetesObject } from "../model/unit.ts";
import { ANNOTATIONS } from "./publishing.ts";

/**
 * The only route on port 80, where no app may attach (`allowedRoutes: Same`). It has no name of its own, and nobody
 * shall make records from it: k8s-gateway reads the label, external-dns the annotation.
 */
export const httpsRedirect = (gateways: readonly Gateway[]): KubernetesObject => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "HTTPRoute",
  metadata: {
    name: "https-redirect",
    labels: { "k8s-gateway.dns/ignore": "true" },
    annotations: { [`${ANNOTATIONS}controller`]: "none" },
  },
  spec: {
    parentRefs: gateways.map(({ object, namespace }) => ({ name: object, namespace, sectionName: "http" })),
    rules: [{ filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }] }],
  },
});
