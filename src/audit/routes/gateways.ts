/** Gateways with their listeners, as the files have them. */
import type { Place } from "../../model/finding.ts";
import type { Instance } from "../builds.ts";
import type { Cluster } from "../cluster.ts";
import { asList, asMap, at, type Mapping } from "../../model/unknown.ts";
import { asText, asTexts } from "../values.ts";

export interface Listener {
  readonly name: string;
  readonly protocol: string;
  readonly port: unknown;
  /** Undefined: every name. */
  readonly hostname: string | undefined;
  readonly value: Mapping;
  readonly place: Place;
}

export interface Gateway {
  readonly instance: Instance;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly listeners: readonly Listener[];
}

export const GATEWAY_GROUP = "gateway.networking.k8s.io";

export const gatewaysOf = ({ ofKind }: Cluster): readonly Gateway[] =>
  ofKind("Gateway", GATEWAY_GROUP).map((instance) => ({
    instance,
    name: instance.name,
    namespace: instance.namespace,
    listeners: asList(at(instance.object.value, "spec", "listeners")).map((listener, index) => ({
      name: asText(at(listener, "name")) ?? "",
      protocol: asText(at(listener, "protocol")) ?? "",
      port: at(listener, "port"),
      hostname: asText(at(listener, "hostname")),
      value: asMap(listener),
      place: instance.object.place(["spec", "listeners", index, "name"], "value"),
    })),
  }));

// Gateway API, RouteGroupKind: which listeners a route of a kind can use.
const PROTOCOLS: Readonly<Record<string, readonly string[]>> = {
  HTTPRoute: ["HTTP", "HTTPS"],
  GRPCRoute: ["HTTP", "HTTPS"],
  TLSRoute: ["TLS"],
};

export const speaks = ({ protocol }: Listener, kind: string): boolean => (PROTOCOLS[kind] ?? []).includes(protocol);

/** Gateway API, Listener.allowedRoutes: only routes of its own namespace when nothing is said. */
export function allows(
  { value }: Listener,
  gateway: Gateway,
  namespace: string | undefined,
  cluster: Cluster,
): boolean {
  const namespaces = at(value, "allowedRoutes", "namespaces");
  const from = asText(at(namespaces, "from")) ?? "Same";
  if (from === "All") return true;
  if (from === "Selector") return selects(at(namespaces, "selector"), labelsOf(namespace, cluster));
  return from === "Same" && namespace === gateway.namespace;
}

/** Kubernetes gives each namespace its own name as a label. */
function labelsOf(namespace: string | undefined, { find }: Cluster): Mapping {
  const object = namespace === undefined ? undefined : find({ kind: "Namespace", group: "", name: namespace });
  return { ...asMap(at(object?.object.value, "metadata", "labels")), "kubernetes.io/metadata.name": namespace };
}

function selects(selector: unknown, labels: Mapping): boolean {
  const wanted = Object.entries(asMap(at(selector, "matchLabels")));
  return (
    wanted.every(([key, value]) => labels[key] === value) &&
    asList(at(selector, "matchExpressions")).every((expression) => holds(expression, labels))
  );
}

function holds(expression: unknown, labels: Mapping): boolean {
  const value = labels[asText(at(expression, "key")) ?? ""];
  const values = asTexts(at(expression, "values"));
  switch (at(expression, "operator")) {
    case "In":
      return typeof value === "string" && values.includes(value);
    case "NotIn":
      return !(typeof value === "string" && values.includes(value));
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    default:
      return true;
  }
}
