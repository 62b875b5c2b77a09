/** What routes of Traefik name beside a Service: a Middleware, a ServersTransport. */
import { MIDDLEWARES } from "../../catalog/traefikMiddlewares.ts";
import type { Finding } from "../../model/finding.ts";
import { suggest } from "../../model/suggest.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import { asText } from "../values.ts";
import type { Ingress } from "./ingresses.ts";
import { TRAEFIK_GROUP, type IngressRoute } from "./ingressRoutes.ts";
import type { Route } from "./routes.ts";

export const missingPart: Audit = {
  id: "ROUTE-PART",
  severity: "error",
  title: "A route names a Middleware or a ServersTransport that does not exist.",
  because: "Traefik leaves the route out, and its names are answered with 404.",
  source: "traefik v3.7, Kubernetes CRD: middlewares, serversTransport",
};

const shown = ({ kind, name, namespace }: Pick<Route, "kind" | "name" | "namespace">): string =>
  `${kind} ${namespace ?? "?"}/${name}`;

export function* parts(route: IngressRoute, { find, ofKind }: Cluster): Generator<Finding> {
  for (const { kind, name, namespace, place } of route.named) {
    if (namespace !== route.namespace || find({ kind, group: TRAEFIK_GROUP, name, namespace }) !== undefined) continue;
    const there = ofKind(kind, TRAEFIK_GROUP)
      .filter((other) => other.namespace === namespace)
      .map((other) => other.name);
    const near = suggest(name, there);
    yield toFinding(missingPart, {
      message: `${shown(route)} names ${kind} ${name}, which is not in its namespace`,
      places: [place],
      fix: near === undefined ? `add the ${kind} beside the route` : `did you mean ${near}?`,
    });
  }
}

/** `NAMESPACE-NAME@kubernetescrd`; what another provider has stands in no object. */
export function* middlewares(ingress: Ingress, { ofKind }: Cluster): Generator<Finding> {
  const there = ofKind("Middleware", TRAEFIK_GROUP).map(({ name, namespace }) => `${namespace ?? ""}-${name}`);
  for (const written of (asText(ingress.annotations[MIDDLEWARES]) ?? "").split(",")) {
    const [name = "", provider] = written.trim().split("@");
    if (provider !== "kubernetescrd" || there.includes(name)) continue;
    const near = suggest(name, there);
    yield toFinding(missingPart, {
      message: `${shown(ingress)} names Middleware ${name}, which does not exist`,
      places: [ingress.annotationPlace(MIDDLEWARES)],
      fix: near === undefined ? "add the Middleware beside the route" : `did you mean ${near}@kubernetescrd?`,
    });
  }
}
