/** IngressRoutes of Traefik, as routes of another kind: entrypoints stand where those name a gateway. */
import { GATEWAY_LABEL } from "../../catalog/traefikRoutes.ts";
import { hostsIn } from "../../catalog/traefikRule.ts";
import type { Place } from "../../model/finding.ts";
import { asList, at } from "../../model/unknown.ts";
import type { Path } from "../../yaml/stream.ts";
import type { Cluster } from "../cluster.ts";
import { asText, asTexts, isSubstituted } from "../values.ts";
import type { Backend, Route } from "./routes.ts";

export const TRAEFIK_GROUP = "traefik.io";

/** An object that it names by kind: a Middleware, a ServersTransport. */
export interface Named {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly place: Place;
}

export interface IngressRoute extends Route {
  /** None: the default ones. */
  readonly entrypoints: readonly string[];
  readonly entrypointsPlace: Place;
  /** The gateway it says it is for. */
  readonly gateway: string | undefined;
  readonly named: readonly Named[];
  readonly secret: { readonly name: string; readonly place: Place } | undefined;
}

export const ingressRoutesOf = (cluster: Cluster): readonly IngressRoute[] =>
  ["IngressRoute", "IngressRouteTCP"]
    .flatMap((kind) => cluster.ofKind(kind, TRAEFIK_GROUP))
    .filter(({ isPatched }) => !isPatched)
    .map(({ object, name, namespace }): IngressRoute => {
      const spec = object.value["spec"];
      const place = (path: Path, part?: "key" | "value"): Place => object.place(["spec", ...path], part);
      const rules = asList(at(spec, "routes"));
      const secret = asText(at(spec, "tls", "secretName"));
      return {
        kind: object.kind,
        name,
        namespace,
        hostnames: rules.flatMap((rule, index) =>
          hostsIn(asText(at(rule, "match")) ?? "")
            .filter((host) => !isSubstituted(host) && host !== "*")
            .map((text) => ({ text, place: place(["routes", index, "match"], "value") })),
        ),
        parents: [],
        backends: rules.flatMap((rule, number) =>
          asList(at(rule, "services")).flatMap((service, index) =>
            backendFrom(service, namespace, place, ["routes", number, "services", index]),
          ),
        ),
        matches: rules.map((rule) => asText(at(rule, "match")) ?? ""),
        place: place([]),
        entrypoints: asTexts(at(spec, "entryPoints")),
        entrypointsPlace: place(at(spec, "entryPoints") === undefined ? [] : ["entryPoints"], "key"),
        gateway: asText(at(object.value, "metadata", "labels", GATEWAY_LABEL)),
        named: rules.flatMap((rule, number) => namedIn(object.kind, rule, namespace, place, ["routes", number])),
        secret: secret === undefined ? undefined : { name: secret, place: place(["tls", "secretName"], "value") },
      };
    });

type Locate = (path: Path, part?: "key" | "value") => Place;

function backendFrom(service: unknown, own: string | undefined, place: Locate, path: Path): readonly Backend[] {
  const name = asText(at(service, "name"));
  if (name === undefined || isSubstituted(name)) return [];
  const port = at(service, "port");
  return [
    {
      kind: asText(at(service, "kind")) ?? "Service",
      group: at(service, "kind") === "TraefikService" ? TRAEFIK_GROUP : "",
      name,
      namespace: asText(at(service, "namespace")) ?? own,
      // A port by its name is looked up in the Service, whose names nobody reads here.
      port: typeof port === "number" ? port : undefined,
      place: place([...path, "name"], "value"),
      portPlace: place([...path, "port"], "value"),
    },
  ];
}

function namedIn(kind: string, rule: unknown, own: string | undefined, place: Locate, path: Path): readonly Named[] {
  const middlewares = asList(at(rule, "middlewares")).flatMap((middleware, index) => {
    const name = asText(at(middleware, "name"));
    return name === undefined
      ? []
      : [
          {
            kind: kind === "IngressRouteTCP" ? "MiddlewareTCP" : "Middleware",
            name,
            namespace: asText(at(middleware, "namespace")) ?? own,
            place: place([...path, "middlewares", index, "name"], "value"),
          },
        ];
  });
  const transports = asList(at(rule, "services")).flatMap((service, index) => {
    const name = asText(at(service, "serversTransport"));
    // `NAMESPACE-NAME@PROVIDER` is looked up by Traefik alone.
    return name === undefined || name.includes("@")
      ? []
      : [
          {
            kind: kind === "IngressRouteTCP" ? "ServersTransportTCP" : "ServersTransport",
            name,
            namespace: own,
            place: place([...path, "services", index, "serversTransport"], "value"),
          },
        ];
  });
  return [...middlewares, ...transports].filter(({ name }) => !isSubstituted(name));
}
