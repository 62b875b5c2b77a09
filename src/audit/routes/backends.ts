/** Whether what a route sends requests to is there. */
import type { Finding } from "../../model/finding.ts";
import { suggest } from "../../model/suggest.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import type { Service, Services } from "../services.ts";
import { asList, at } from "../../model/unknown.ts";
import { unseen } from "./attachment.ts";
import { GATEWAY_GROUP } from "./gateways.ts";
import type { Backend, Route } from "./routes.ts";

export const missingBackend: Audit = {
  id: "ROUTE-BACKEND",
  severity: "error",
  title: "A route sends requests to a Service or port that does not exist.",
  because: "The gateway answers every request with an error, 500 or 503: it has nobody to hand it to.",
  source: "gateway-api.sigs.k8s.io, HTTPRoute: backendRefs (BackendNotFound)",
};

export const missingGrant: Audit = {
  id: "ROUTE-GRANT",
  severity: "error",
  title: "A route sends requests into another namespace that has not agreed to it.",
  because:
    "The Gateway answers with 500 (RefNotPermitted) until a ReferenceGrant in the Service's namespace allows it.",
  source: "gateway-api.sigs.k8s.io, ReferenceGrant",
};

export function* backends(routes: readonly Route[], services: Services, cluster: Cluster): Generator<Finding> {
  for (const route of routes)
    for (const backend of route.backends) {
      const found =
        backend.kind === "Service" && backend.group === ""
          ? serviceProblem(route, backend, services, cluster)
          : objectProblem(route, backend, cluster);
      if (found !== undefined) yield found;
      if (backend.namespace !== route.namespace && !isGranted(route, backend, cluster))
        yield notGranted(route, backend);
    }
}

const shown = ({ name, namespace }: { readonly name: string; readonly namespace: string | undefined }): string =>
  `${namespace ?? "?"}/${name}`;

function serviceProblem(
  route: Route,
  backend: Backend,
  { known, hidden }: Services,
  cluster: Cluster,
): Finding | undefined {
  const { name, namespace, port } = backend;
  const service = known.find((candidate) => candidate.name === name && candidate.namespace === namespace);
  if (service !== undefined)
    return service.ports.length === 0 || port === undefined || service.ports.some((known) => known === port)
      ? undefined
      : wrongPort(route, backend, service);
  const maker = hidden(namespace, name);
  if (maker !== undefined)
    return toFinding(unseen, {
      message: `${route.kind} ${shown(route)} sends requests to Service ${shown(backend)}, which only ${maker} can make`,
      places: [backend.place],
      fix: `kubectl get service -n ${namespace ?? "?"} ${name} tells`,
    });
  const inNamespace = known.filter((candidate) => candidate.namespace === namespace).map((candidate) => candidate.name);
  const near = suggest(name, inNamespace);
  const off = cluster.unlisted({ kind: "Service", name });
  const elsewhere = known.find((candidate) => candidate.name === name);
  return toFinding(missingBackend, {
    message: `${route.kind} ${shown(route)} sends requests to Service ${shown(backend)}, which does not exist`,
    places: [backend.place],
    fix:
      off !== undefined
        ? cluster.toApply(off)
        : near !== undefined
          ? `did you mean ${near}?`
          : elsewhere !== undefined
            ? `it is in namespace ${elsewhere.namespace}: put the route there`
            : inNamespace.length === 0
              ? `namespace ${namespace} has no Service that files show`
              : `one of ${inNamespace.join(", ")}`,
  });
}

const wrongPort = (route: Route, backend: Backend, { ports }: Service): Finding =>
  toFinding(missingBackend, {
    message: `${route.kind} ${shown(route)} sends requests to port ${String(backend.port)} of Service ${shown(backend)}, which has ${ports.join(", ")}`,
    places: [backend.portPlace],
    fix: `port: ${ports.join(", or ")} (the port of the Service, not that of the container)`,
  });

/** Envoy Gateway's Backend and the like are never made by a chart. */
function objectProblem(route: Route, backend: Backend, { find, ofKind }: Cluster): Finding | undefined {
  const { kind, group, name, namespace } = backend;
  if (kind !== "Backend" || find({ kind, group, name, namespace }) !== undefined) return undefined;
  const names = ofKind(kind, group).map((other) => other.name);
  return toFinding(missingBackend, {
    message: `${route.kind} ${shown(route)} sends requests to ${kind} ${shown(backend)}, which does not exist`,
    places: [backend.place],
    fix: names.length === 0 ? `add the ${kind} beside the route` : `one of ${names.join(", ")}`,
  });
}

const isGranted = ({ kind, namespace }: Route, backend: Backend, { ofKind }: Cluster): boolean =>
  ofKind("ReferenceGrant", GATEWAY_GROUP).some(
    ({ object, namespace: there }) =>
      there === backend.namespace &&
      asList(at(object.value, "spec", "from")).some(
        (from) => at(from, "kind") === kind && at(from, "namespace") === namespace,
      ) &&
      asList(at(object.value, "spec", "to")).some(
        (to) =>
          at(to, "kind") === backend.kind && [undefined, backend.name].includes(at(to, "name") as string | undefined),
      ),
  );

const notGranted = (route: Route, backend: Backend): Finding =>
  toFinding(missingGrant, {
    message: `${route.kind} ${shown(route)} sends requests to ${backend.kind} ${shown(backend)} in another namespace, and no ReferenceGrant allows it`,
    places: [backend.place],
    fix: `put the route into namespace ${backend.namespace ?? "?"}, or add a ReferenceGrant there from ${route.kind} in ${route.namespace ?? "?"}`,
  });
