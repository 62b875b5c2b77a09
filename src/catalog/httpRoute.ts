/** Routes as the Gateway API has them (v1), for every component that implements it. */
import type { Plan } from "../model/plan.ts";
import type { KubernetesObject, ReadRoute, Route } from "../model/unit.ts";

const KIND = "HTTPRoute";
const GROUP = "gateway.networking.k8s.io";
/** Every gateway of ours has one of this name. */
const LISTENER = "http";

export function httpRoute(
  { name, namespace, host, service, port, backend, gateways }: Route,
  plan: Plan,
): readonly KubernetesObject[] {
  const parents = gateways.map((gateway) => {
    const found = plan.gateways.find((candidate) => candidate.name === gateway);
    if (found === undefined)
      throw new Error(`route ${host} names the gateway ${gateway}, which the plan does not have`);
    // k8s-gateway takes the namespace of the reference before when there is none (its source), so it is always written.
    return { name: found.object, namespace: found.namespace, sectionName: LISTENER };
  });
  // The port of any other object is its own affair.
  const ref =
    backend === undefined
      ? { name: service, port }
      : { group: backend.apiVersion.split("/")[0], kind: backend.kind, name: service };
  return [
    {
      apiVersion: `${GROUP}/v1`,
      kind: KIND,
      metadata: { name, namespace },
      spec: { hostnames: [host], parentRefs: parents, rules: [{ backendRefs: [ref] }] },
    },
  ];
}

type Mapping = Readonly<Record<string, unknown>>;
const asMap = (value: unknown): Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Mapping) : {};
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const asText = (value: unknown): string => (typeof value === "string" ? value : "");

export function readHttpRoute({ apiVersion, kind, metadata, ...object }: KubernetesObject): ReadRoute | undefined {
  if (kind !== KIND || !asText(apiVersion).startsWith(`${GROUP}/`)) return undefined;
  const spec = asMap(object["spec"]);
  const backends = asList(spec["rules"]).flatMap((rule) =>
    asList(asMap(rule)["backendRefs"])
      .map(asMap)
      .map(({ name, port }) => (port === undefined ? asText(name) : `${asText(name)}:${String(port)}`)),
  );
  return {
    name: asText(asMap(metadata)["name"]),
    hosts: asList(spec["hostnames"]).filter((host): host is string => typeof host === "string"),
    gateways: asList(spec["parentRefs"]).map((parent) => asText(asMap(parent)["name"])),
    backends: [...new Set(backends)],
  };
}
