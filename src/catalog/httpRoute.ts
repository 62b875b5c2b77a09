/** Routes as the Gateway API has them (v1), for every component that implements it. */
import { asList, asMap } from "../model/unknown.ts";
import type { Plan } from "../model/plan.ts";
import type { KubernetesObject, ReadRoute, Route } from "../model/unit.ts";

const KIND = "HTTPRoute";
const GROUP = "gateway.networking.k8s.io";

/** `listener`: of each gateway, the one that takes this host name. */
export function httpRoute(
  { name, namespace, host, service, port, path, backend, gateways }: Route,
  plan: Plan,
  listener: string,
): readonly KubernetesObject[] {
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
      kind: KIND,
      metadata: { name, namespace },
      spec: {
        hostnames: [host],
        parentRefs: parents,
        rules: [{ ...(path !== undefined && matching(path)), backendRefs: [ref] }],
      },
    },
  ];
}

const matching = (value: string) => ({ matches: [{ path: { type: "PathPrefix", value } }] });

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
