/** Services that routes ask whether somebody may: that they are there. */
import type { Finding, Place } from "../../model/finding.ts";
import { authService } from "../../model/routeOptions.ts";
import { suggest } from "../../model/suggest.ts";
import { asList, at } from "../../model/unknown.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Instance } from "../builds.ts";
import type { Cluster } from "../cluster.ts";
import type { Services } from "../services.ts";
import { asText } from "../values.ts";
import type { Ingress } from "./ingresses.ts";

export const missingAuth: Audit = {
  id: "ROUTE-AUTH",
  severity: "error",
  title: "A route asks a service that does not exist whether somebody may.",
  because: "Nobody answers the gateway, which refuses everybody then.",
  source:
    "Envoy Gateway 1.9.0, API reference: ExtAuth, failOpen; traefik v3.7, ForwardAuth; nginx, ngx_http_auth_request_module",
};

interface Asking {
  readonly shown: string;
  readonly url: string;
  readonly place: Place;
}

const ENVOY = "gateway.envoyproxy.io";
const AUTH_URL = "nginx.ingress.kubernetes.io/auth-url";

export function* asked(ingresses: readonly Ingress[], services: Services, cluster: Cluster): Generator<Finding> {
  for (const policy of cluster.ofKind("SecurityPolicy", ENVOY)) yield* backendless(policy, cluster);
  for (const one of [...middlewares(cluster), ...backends(cluster), ...annotated(ingresses)])
    yield* unanswered(one, services);
}

function* unanswered({ shown, url, place }: Asking, { known, hidden }: Services): Generator<Finding> {
  const target = authService(url);
  if (target?.service === undefined) return;
  const { name, namespace } = target.service;
  const inNamespace = known.filter((service) => service.namespace === namespace);
  const found = inNamespace.find((service) => service.name === name);
  if (found === undefined && hidden(namespace, name) !== undefined) return;
  const near = suggest(
    name,
    inNamespace.map((service) => service.name),
  );
  if (found === undefined)
    yield toFinding(missingAuth, {
      message: `${shown} asks Service ${namespace}/${name}, which does not exist`,
      places: [place],
      fix: near === undefined ? "gen add-app adds what is asked" : `did you mean ${near}?`,
    });
  else if (found.ports.length > 0 && !found.ports.includes(target.port))
    yield toFinding(missingAuth, {
      message: `${shown} asks port ${target.port} of Service ${namespace}/${name}, which has ${found.ports.join(", ")}`,
      places: [place],
      fix: `the port of the Service: ${found.ports.join(", or ")}`,
    });
}

function* backendless({ object, name, namespace, isPatched }: Instance, { find, ofKind }: Cluster): Generator<Finding> {
  const references = asList(at(object.value, "spec", "extAuth", "http", "backendRefs"));
  for (const [index, reference] of references.entries()) {
    const called = asText(at(reference, "name")) ?? "";
    const there = asText(at(reference, "namespace")) ?? namespace;
    if (isPatched || at(reference, "kind") !== "Backend") continue;
    if (find({ kind: "Backend", group: ENVOY, name: called, namespace: there }) !== undefined) continue;
    const near = suggest(
      called,
      ofKind("Backend", ENVOY).map((one) => one.name),
    );
    yield toFinding(missingAuth, {
      message: `SecurityPolicy ${name} asks Backend ${called}, which does not exist`,
      places: [object.place(["spec", "extAuth", "http", "backendRefs", index, "name"], "value")],
      fix: near === undefined ? "add the Backend beside it" : `did you mean ${near}?`,
    });
  }
}

const middlewares = ({ ofKind }: Cluster): readonly Asking[] =>
  ofKind("Middleware", "traefik.io").flatMap(({ object, name, isPatched }) => {
    const url = asText(at(object.value, "spec", "forwardAuth", "address"));
    const place = object.place(["spec", "forwardAuth", "address"], "value");
    return url === undefined || isPatched ? [] : [{ shown: `Middleware ${name}`, url, place }];
  });

const backends = ({ ofKind }: Cluster): readonly Asking[] =>
  ofKind("Backend", ENVOY).flatMap(({ object, name, isPatched }) =>
    asList(at(object.value, "spec", "endpoints")).flatMap((endpoint, index) => {
      const host = asText(at(endpoint, "fqdn", "hostname"));
      const url = `http://${host ?? ""}:${String(at(endpoint, "fqdn", "port"))}`;
      const place = object.place(["spec", "endpoints", index, "fqdn", "hostname"], "value");
      return host === undefined || isPatched ? [] : [{ shown: `Backend ${name}`, url, place }];
    }),
  );

const annotated = (ingresses: readonly Ingress[]): readonly Asking[] =>
  ingresses.flatMap(({ name, annotations, annotationPlace }) => {
    const url = asText(annotations[AUTH_URL]);
    return url === undefined ? [] : [{ shown: `Ingress ${name}`, url, place: annotationPlace(AUTH_URL) }];
  });
