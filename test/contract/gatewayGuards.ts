/** What docs/security.md and the pages of gateways say of them, held against the files of a network alone. */
import type { Plan } from "../../src/model/plan.ts";
import type { Gateway } from "../../src/model/gateway.ts";
import { asList, asMap, at, isMap, type Mapping } from "../../src/model/unknown.ts";
import { readDocuments } from "../../src/yaml/documents.ts";
import { emittedCatalog } from "../fixtures/emitted.ts";

export type Texts = ReadonlyMap<string, string>;
type Routes = readonly { readonly host: string; readonly gateways: readonly string[] }[];

export interface Network {
  readonly plan: Plan;
  /** As the components asked for them. */
  readonly routes: Routes;
  readonly texts: Texts;
}

interface Found {
  readonly path: string;
  readonly value: Mapping;
}

const documents = (texts: Texts): readonly Found[] =>
  [...texts].flatMap(([path, text]) =>
    /kubernetes\/apps\/.*\.yaml$/.test(path)
      ? readDocuments(text, path).flatMap((value) => (isMap(value) ? [{ path, value }] : []))
      : [],
  );

const ofKind = (all: readonly Found[], kind: string): readonly Mapping[] =>
  all.map(({ value }) => value).filter((value) => value["kind"] === kind && value["apiVersion"] !== undefined);

const valuesOf = (all: readonly Found[], folder: RegExp): readonly Mapping[] =>
  all.filter(({ path }) => folder.test(path) && path.endsWith("/values.yaml")).map(({ value }) => value);

const isHttps = (all: readonly Found[]): boolean => ofKind(all, "Certificate").length > 0;

/** A sentence for each thing that is not as it is said. */
export function problems({ plan, routes, texts }: Network): readonly string[] {
  const all = documents(texts);
  return [
    ...plan.gateways.flatMap((gateway) => carried(gateway, routes, all)),
    ...classes(plan, all),
    ...(isHttps(all) ? [...redirects(plan, all), ...floors(plan, all)] : []),
    ...clients(plan, all),
  ];
}

/** Routes of a gateway are those that were asked for on it, each by name. */
function carried(
  { name, object, className, routeKind }: Gateway,
  routes: Routes,
  all: readonly Found[],
): readonly string[] {
  const asked = new Set(routes.filter(({ gateways }) => gateways.includes(name)).map(({ host }) => host));
  const read = all.flatMap(({ value }) =>
    emittedCatalog.components.flatMap(({ gateways }) => gateways?.readRoute(value as never) ?? []),
  );
  const there = new Set(
    read
      .filter(
        ({ gateways }) => gateways.includes(routeKind === "Ingress" ? className : object) || gateways.includes(object),
      )
      .flatMap(({ hosts }) => hosts),
  );
  return [
    ...[...there].filter((host) => !asked.has(host)).map((host) => `${object} carries ${host}, which nobody asked for`),
    ...[...asked].filter((host) => !there.has(host)).map((host) => `${object} does not carry ${host}`),
  ];
}

/** What names no gateway is on the default one, and on no other. */
function classes({ gateways }: Plan, all: readonly Found[]): readonly string[] {
  const others = gateways.filter(({ isDefault }) => !isDefault).map(({ className }) => className);
  const usual = [
    ...valuesOf(all, /\/ingress-nginx\//).map((values) => at(values, "controller", "ingressClassResource")),
    ...valuesOf(all, /\/traefik\//).map((values) => ({
      name: at(values, "ingressClass", "name"),
      default: at(values, "ingressClass", "isDefaultClass"),
    })),
  ];
  return usual
    .filter((one) => at(one, "default") === true && others.includes(String(at(one, "name"))))
    .map((one) => `Ingresses without a class are on ${String(at(one, "name"))}, which is not the default gateway`);
}

const ENVOY = ["envoy-gateway", "cilium-gateway"];

function* redirects({ gateways }: Plan, all: readonly Found[]): Generator<string> {
  const routes = ["HTTPRoute", "GRPCRoute"].flatMap((kind) => ofKind(all, kind));
  const parents = routes.flatMap((route) =>
    asList(at(route, "spec", "parentRefs")).map((parent) => ({ route, parent: asMap(parent) })),
  );
  for (const gateway of ofKind(all, "Gateway"))
    for (const listener of asList(at(gateway, "spec", "listeners"))) {
      const name = String(at(gateway, "metadata", "name"));
      if (at(listener, "protocol") === "HTTP" && at(listener, "allowedRoutes", "namespaces", "from") !== "Same")
        yield `the plain listener of ${name} takes routes of every namespace`;
    }
  for (const { object } of gateways.filter(({ component }) => ENVOY.includes(component))) {
    const plain = parents.filter(({ parent }) => parent["name"] === object && parent["sectionName"] === "http");
    const isRedirect = ({ route }: (typeof plain)[number]): boolean =>
      asList(at(route, "spec", "rules")).every(
        (rule) =>
          at(rule, "backendRefs") === undefined &&
          asList(at(rule, "filters")).some((filter) => at(filter, "requestRedirect", "scheme") === "https"),
      );
    if (plain.length !== 1 || !plain.every(isRedirect)) yield `http of ${object} is not redirected, or does more`;
  }
  for (const { route, parent } of parents)
    if (parent["sectionName"] === undefined) yield `${String(at(route, "metadata", "name"))} is on every listener`;
  for (const values of valuesOf(all, /\/traefik\/app\//))
    for (const [name, port] of Object.entries(asMap(values["ports"])).filter(
      ([, one]) => at(one, "exposedPort") === 80,
    ))
      if (at(port, "http", "redirections", "entryPoint", "scheme") !== "https") yield `${name} is not redirected`;
  for (const values of valuesOf(all, /\/ingress-nginx\//))
    if (at(values, "controller", "config", "force-ssl-redirect") !== "true") yield "nginx does not redirect";
}

function* floors({ gateways }: Plan, all: readonly Found[]): Generator<string> {
  const has = (component: string): boolean => gateways.some((gateway) => gateway.component === component);
  const policies = ofKind(all, "ClientTrafficPolicy").map((one) => at(one, "spec", "tls", "minVersion"));
  if (has("envoy-gateway") && policies.join() !== "1.2") yield "Envoy has no floor of TLS";
  const options = ofKind(all, "TLSOption").filter((one) => at(one, "metadata", "name") === "default");
  if (has("traefik") && options.map((one) => at(one, "spec", "minVersion")).join() !== "VersionTLS12")
    yield "Traefik has no floor of TLS";
  for (const values of valuesOf(all, /\/ingress-nginx\//))
    if (at(values, "controller", "config", "ssl-protocols") !== "TLSv1.2 TLSv1.3") yield "nginx has no floor of TLS";
}

/** Pods alone say on whose behalf they ask, and no address is kept at a node that has none of the pods. */
function* clients({ stacks }: Plan, all: readonly Found[]): Generator<string> {
  const pods = stacks
    .flatMap((stack) => stack.pods?.value.text ?? [])
    .sort()
    .join();
  const same = (texts: unknown): boolean => [...asList(texts)].map(String).sort().join() === pods;
  const spoken: [string, string][] = [];
  for (const one of ofKind(all, "ClientTrafficPolicy"))
    if (!same(at(one, "spec", "clientIPDetection", "xForwardedFor", "trustedCIDRs"))) yield "Envoy believes others";
  for (const one of ofKind(all, "EnvoyProxy"))
    spoken.push(["Envoy", String(at(one, "spec", "provider", "kubernetes", "envoyService", "externalTrafficPolicy"))]);
  for (const values of valuesOf(all, /\/traefik\/app\//)) {
    for (const [name, port] of Object.entries(asMap(values["ports"])))
      if (port !== null && !same(at(port, "forwardedHeaders", "trustedIPs")))
        yield `${name} of Traefik believes others`;
    for (const service of [values["service"], ...Object.values(asMap(at(values, "service", "additionalServices")))])
      spoken.push(["Traefik", String(at(service, "spec", "externalTrafficPolicy"))]);
  }
  for (const values of valuesOf(all, /\/ingress-nginx\//)) {
    const { "proxy-real-ip-cidr": believed, "enable-real-ip": on } = asMap(at(values, "controller", "config"));
    if (on !== "true" || !same(String(believed).split(","))) yield "nginx believes others";
    if (at(values, "controller", "allowSnippetAnnotations") !== false) yield "Ingresses write into nginx";
    spoken.push(["nginx", String(at(values, "controller", "service", "externalTrafficPolicy"))]);
  }
  // Answered by a node that may have none of the pods (Cilium documentation, L2 Announcements: externalTrafficPolicy Local).
  const isAnnounced = ofKind(all, "CiliumL2AnnouncementPolicy").length > 0;
  for (const [who, policy] of spoken)
    if (policy !== "Cluster" && (policy !== "Local" || isAnnounced)) yield `${who} is asked at ${policy} nodes`;
}
