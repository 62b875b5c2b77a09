/** Routes as Ingress objects (networking.k8s.io/v1), for every component that reads them: one object for each class. */
import { asList, asMap, at } from "../model/unknown.ts";
import type { Plan } from "../model/plan.ts";
import type { Gateway } from "../model/gateway.ts";
import type { NamedKind } from "../model/routeNames.ts";
import { askOf, EVERYTHING } from "../model/routeOptions.ts";
import type { KubernetesObject, ReadRoute, Route } from "../model/unit.ts";
import { schemeOf } from "./gatewayCertificates.ts";
import { publication } from "./publishing.ts";

const KIND = "Ingress";
const GROUP = "networking.k8s.io";

/** Of ingress-nginx: connections are handed on as they come. */
const UNOPENED = "nginx.ingress.kubernetes.io/ssl-passthrough";

type Annotations = Readonly<Record<string, string>>;

/** An Ingress has one class, so a route on several gateways is as many objects, told apart by the gateway. */
export function ingressObjects(
  route: Route,
  plan: Plan,
  annotationsFor: (gateway: Gateway) => Annotations,
): readonly KubernetesObject[] {
  return route.gateways.map((name) => {
    const gateway = plan.gateways.find((candidate) => candidate.name === name);
    if (gateway === undefined)
      throw new Error(`route ${route.host} names the gateway ${name}, which the plan does not have`);
    // What the record points at is read here and nowhere else (kubernetes-sigs/external-dns v0.21.0, source/ingress.go).
    const annotations = { ...publication(gateway, plan).target, ...annotationsFor(gateway) };
    return {
      apiVersion: `${GROUP}/v1`,
      kind: KIND,
      metadata: {
        name: route.gateways.length > 1 ? `${route.name}-${name}` : route.name,
        namespace: route.namespace,
        ...(Object.keys(annotations).length > 0 && { annotations }),
      },
      spec: {
        ingressClassName: gateway.className,
        rules: [{ host: route.host, http: { paths: [pathOf(route)] } }],
        // Without a Secret it is the certificate that the controller shows for every name.
        ...(schemeOf(plan) === "https" && { tls: [{ hosts: [route.host] }] }),
      },
    };
  });
}

/** Further names of an Ingress (nginx.ingress.kubernetes.io, server-alias); a regular expression there stands for any. */
const ALIAS = "nginx.ingress.kubernetes.io/server-alias";

/** An Ingress without a class is that of the default one. */
export function namedIngresses({ gateways }: Pick<Plan, "gateways">): NamedKind {
  const classes = gateways.filter(({ routeKind }) => routeKind === "Ingress").map(({ className }) => `'${className}'`);
  return {
    id: "ingress",
    group: GROUP,
    resources: ["ingresses"],
    asked: (object) => {
      const rules = `${object}.spec.?rules.orValue([])`;
      const every = `(has(${object}.spec.defaultBackend) || ${rules}.exists(rule, rule.?host.orValue('') == ''))`;
      const ours = `${object}.spec.?ingressClassName.orValue('') in ['', ${classes.join(", ")}]`;
      const aliases = `${object}.metadata.?annotations[?'${ALIAS}'].orValue('').split(',').map(name, name.trim()).filter(name, name != '')`;
      return `(${rules}.map(rule, rule.?host.orValue('')).filter(name, name != '') + ${aliases}.map(name, name.startsWith('~') ? '*' : name) + (${ours} && ${every} ? ['*'] : []))`;
    },
  };
}

const pathOf = ({ path = "/", service, port }: Route) => ({
  path,
  pathType: "Prefix",
  backend: { service: { name: service, port: { number: port } } },
});

const asText = (value: unknown): string => (typeof value === "string" ? value : "");

export function readIngress({ apiVersion, kind, metadata, ...object }: KubernetesObject): ReadRoute | undefined {
  if (kind !== KIND || !asText(apiVersion).startsWith(`${GROUP}/`)) return undefined;
  const spec = asMap(object["spec"]);
  const rules = asList(spec["rules"]);
  const backends = [
    ...rules.flatMap((rule) => asList(at(rule, "http", "paths")).map((path) => at(path, "backend", "service"))),
    ...(spec["defaultBackend"] === undefined ? [] : [at(spec["defaultBackend"], "service")]),
  ];
  return {
    name: asText(asMap(metadata)["name"]),
    hosts: rules.map((rule) => asText(at(rule, "host"))).filter((host) => host !== ""),
    gateways: [asText(spec["ingressClassName"])].filter((name) => name !== ""),
    backends: [...new Set(backends.map(backendText))].filter((backend) => backend !== ""),
    asks:
      at(metadata, "annotations", UNOPENED) === "true"
        ? [EVERYTHING]
        : [...new Set(rules.flatMap((rule) => asList(at(rule, "http", "paths")).map(asked)))],
  };
}

/** An exact path is spelled in another way than that of any route of ours. */
const asked = (path: unknown): string =>
  askOf({ path: `${at(path, "pathType") === "Exact" ? "=" : ""}${asText(at(path, "path")) || "/"}` });

function backendText(service: unknown): string {
  const port = at(service, "port", "number") ?? at(service, "port", "name");
  const name = asText(at(service, "name"));
  return port === undefined ? name : `${name}:${String(port)}`;
}
