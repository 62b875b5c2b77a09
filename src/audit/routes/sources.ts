/** Who may ask, said where nobody sees who asks. */
import type { Finding, Place } from "../../model/finding.ts";
import type { Gateway } from "../../model/gateway.ts";
import type { Plan } from "../../model/plan.ts";
import type { Unable } from "../../model/routeOptions.ts";
import { asList, at } from "../../model/unknown.ts";
import { envoyGateway } from "../../catalog/envoy-gateway.ts";
import { INGRESS_NGINX } from "../../catalog/ingress-nginx.ts";
import { TRAEFIK } from "../../catalog/traefikEntrypoints.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import { asTexts } from "../values.ts";
import type { Ingress } from "./ingresses.ts";

export const blindSources: Audit = {
  id: "ROUTE-SOURCES",
  severity: "error",
  title: "A route lets only some networks ask, and its gateway sees somebody else in everybody's place.",
  because:
    "Requests come from a node, or from the tunnel: where its address is allowed everybody is let in, elsewhere nobody.",
  source: "Kubernetes documentation, Using Source IP: externalTrafficPolicy Cluster",
};

export function* sources(ingresses: readonly Ingress[], cluster: Cluster): Generator<Finding> {
  const { plan } = cluster;
  for (const { shown, maker, place } of limited(cluster)) {
    const reasons = plan.gateways.filter(({ component }) => component === maker).map((one) => blind(one, plan));
    const [reason] = reasons;
    if (reason !== undefined && !reasons.includes(undefined)) yield unseen(shown, reason, place);
  }
  for (const { annotations, annotationPlace, className, name } of ingresses) {
    const gateway = plan.gateways.find((one) => one.component === INGRESS_NGINX && one.className === className?.text);
    const reason = gateway && blind(gateway, plan);
    const key = ALLOWED.find((candidate) => annotations[candidate] !== undefined);
    if (reason !== undefined && key !== undefined) yield unseen(`Ingress ${name}`, reason, annotationPlace(key));
  }
}

const ALLOWED = ["allowlist", "whitelist"].map((word) => `nginx.ingress.kubernetes.io/${word}-source-range`);

/** Why nobody sees who asks there. */
function blind(gateway: Gateway, plan: Plan): Unable | undefined {
  const maker = plan.chosen.find(({ component }) => component.id === gateway.component)?.component;
  const ability = maker?.gateways?.routeOptions(gateway, plan)["allow-from"];
  return ability === true ? undefined : ability;
}

interface Limited {
  readonly shown: string;
  readonly maker: string;
  readonly place: Place;
}

/** Objects beside routes that say who may ask, and whose gateways read them. */
function* limited({ ofKind }: Cluster): Generator<Limited> {
  for (const { object, name, isPatched } of ofKind("SecurityPolicy", "gateway.envoyproxy.io"))
    for (const [index, rule] of asList(at(object.value, "spec", "authorization", "rules")).entries())
      if (!isPatched && asTexts(at(rule, "principal", "clientCIDRs")).length > 0)
        yield {
          shown: `SecurityPolicy ${name}`,
          maker: envoyGateway.id,
          place: object.place(["spec", "authorization", "rules", index, "principal", "clientCIDRs"], "key"),
        };
  for (const kind of ["Middleware", "MiddlewareTCP"])
    for (const { object, name, isPatched } of ofKind(kind, "traefik.io"))
      if (!isPatched && at(object.value, "spec", "ipAllowList") !== undefined)
        yield { shown: `${kind} ${name}`, maker: TRAEFIK, place: object.place(["spec", "ipAllowList"], "key") };
}

const unseen = (shown: string, { because, instead }: Unable, place: Place): Finding =>
  toFinding(blindSources, { message: `${shown} says who may ask, and ${because}`, places: [place], fix: instead });
