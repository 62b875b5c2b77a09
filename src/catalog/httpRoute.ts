/** Routes as the Gateway API has them (v1), for every component that implements it. */
import { asList, asMap, at } from "../model/unknown.ts";
import type { Plan } from "../model/plan.ts";
import type { NamedKind } from "../model/routeNames.ts";
import { askOf, EVERYTHING, type Header, type RouteOptions } from "../model/routeOptions.ts";
import type { KubernetesObject, ReadRoute, Route } from "../model/unit.ts";

const KINDS = ["HTTPRoute", "GRPCRoute", "TLSRoute"];
const GROUP = "gateway.networking.k8s.io";

/** `listener`: of each gateway, the one that takes this host name. `before`: filters that only its provider knows. */
export function httpRoute(
  route: Route,
  plan: Plan,
  listener: string,
  before: readonly object[] = [],
): readonly KubernetesObject[] {
  const { name, namespace, host, service, port, backend, gateways } = route;
  const parents = gateways.map((gateway) => {
    const found = plan.gateways.find((candidate) => candidate.name === gateway);
    if (found === undefined)
      throw new Error(`route ${host} names the gateway ${gateway}, which the plan does not have`);
    // k8s-gateway takes the namespace of the reference before when there is none (its source), so it is always written.
    return { name: found.object, namespace: found.namespace, sectionName: listener };
  });
  // The port of any other object is its own affair.
  const ref =
    backend === undefined
      ? { name: service, port }
      : { group: backend.apiVersion.split("/")[0], kind: backend.kind, name: service };
  return [
    {
      apiVersion: `${GROUP}/v1`,
      kind: routeKind(route),
      metadata: { name, namespace },
      spec: {
        hostnames: [host],
        parentRefs: parents,
        rules: [{ ...matching(route), ...filtered(route, before), ...limited(route), backendRefs: [ref] }],
      },
    },
  ];
}

/** A listener takes either for a host name and refuses the other (gateway-api v1.6.1, GRPCRouteSpec.Hostnames). */
export const routeKind = ({ grpc }: RouteOptions): string => (grpc === true ? "GRPCRoute" : "HTTPRoute");

function matching({ path, headers }: RouteOptions) {
  if (path === undefined && headers === undefined) return {};
  const match = {
    ...(path !== undefined && { path: { type: "PathPrefix", value: path } }),
    ...(headers !== undefined && { headers: headers.map(({ name, value }) => ({ name, value })) }),
  };
  return { matches: [match] };
}

function filtered({ setHeaders }: RouteOptions, before: readonly object[]) {
  const filters = [
    ...before,
    ...(setHeaders === undefined ? [] : [{ type: "RequestHeaderModifier", requestHeaderModifier: set(setHeaders) }]),
  ];
  return filters.length === 0 ? {} : { filters };
}

const set = (headers: readonly Header[]) => ({ set: headers.map(({ name, value }) => ({ name, value })) });

// `0s` is no limit (gateway-api v1.6.1, HTTPRouteTimeouts.Request).
const limited = ({ timeout }: RouteOptions) => (timeout === undefined ? {} : { timeouts: { request: `${timeout}s` } });

/** Without a name a route is for all names of its listener: what it takes then nobody else has named. */
export function namedRoutes({ gateways }: Pick<Plan, "gateways">): NamedKind {
  const ours = gateways
    .filter(({ routeKind: kind }) => kind === "HTTPRoute")
    .map(({ object, namespace }) => `'${namespace}/${object}'`);
  const attached = (object: string): string =>
    `${object}.spec.?parentRefs.orValue([]).exists(parent, parent.?kind.orValue('Gateway') == 'Gateway' && parent.?namespace.orValue(request.namespace) + '/' + parent.name in [${ours.join(", ")}])`;
  return {
    id: "gateway-api",
    group: GROUP,
    resources: ["httproutes", "grpcroutes", "tlsroutes"],
    asked: (object) =>
      `(${object}.spec.?hostnames.orValue([]).size() > 0 ? ${object}.spec.hostnames : (${attached(object)} ? ['*'] : []))`,
  };
}

const asText = (value: unknown): string => (typeof value === "string" ? value : "");

export function readHttpRoute({ apiVersion, kind, metadata, ...object }: KubernetesObject): ReadRoute | undefined {
  if (!KINDS.includes(kind) || !asText(apiVersion).startsWith(`${GROUP}/`)) return undefined;
  const spec = asMap(object["spec"]);
  const rules = asList(spec["rules"]);
  const backends = rules.flatMap((rule) =>
    asList(asMap(rule)["backendRefs"])
      .map(asMap)
      .map(({ name, port }) => (port === undefined ? asText(name) : `${asText(name)}:${String(port)}`)),
  );
  return {
    name: asText(asMap(metadata)["name"]),
    hosts: asList(spec["hostnames"]).filter((host): host is string => typeof host === "string"),
    gateways: asList(spec["parentRefs"]).map((parent) => asText(asMap(parent)["name"])),
    backends: [...new Set(backends)],
    asks: kind === "TLSRoute" ? [EVERYTHING] : [...new Set(rules.length === 0 ? [askOf({})] : rules.flatMap(asksOf))],
  };
}

/** A rule that says nothing takes everything (gateway-api v1.6.1, HTTPRouteRule.Matches). */
function asksOf(rule: unknown): readonly string[] {
  const matches = asList(at(rule, "matches"));
  return matches.length === 0 ? [askOf({})] : matches.map(asked);
}

function asked(match: unknown): string {
  const { path, headers, ...others } = asMap(match);
  const ask = askOf({
    path: `${OTHERWISE[asText(at(path, "type"))] ?? ""}${asText(at(path, "value")) || "/"}`,
    headers: asList(headers).map((header) => ({
      name: asText(at(header, "name")),
      value: `${at(header, "type") === "RegularExpression" ? "~" : ""}${asText(at(header, "value"))}`,
    })),
  });
  return Object.keys(others).length === 0 ? ask : `${ask} ${JSON.stringify(others)}`;
}

/** A path that is no prefix is spelled in another way than that of any route of ours. */
const OTHERWISE: Readonly<Record<string, string>> = { Exact: "=", RegularExpression: "~" };
