/** Routes of the Gateway API: objects, and what app-template makes of `route` in its values. */
import type { Place } from "../../model/finding.ts";
import type { Path } from "../../yaml/stream.ts";
import type { Cluster } from "../cluster.ts";
import { releasesOf, type Release, type Values } from "../releases.ts";
import { isAppTemplate } from "../services.ts";
import { asList, asMap, at, type Mapping } from "../../model/unknown.ts";
import { asText, isSubstituted } from "../values.ts";
import { GATEWAY_GROUP } from "./gateways.ts";

export interface Written {
  readonly text: string;
  readonly place: Place;
}

export interface Parent {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly sectionName: string | undefined;
  readonly port: unknown;
  /** Of the name, and of the section. */
  readonly place: Place;
  readonly sectionPlace: Place;
}

export interface Backend {
  readonly kind: string;
  readonly group: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly port: unknown;
  readonly place: Place;
  readonly portPlace: Place;
}

export interface Route {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly hostnames: readonly Written[];
  readonly parents: readonly Parent[];
  readonly backends: readonly Backend[];
  /** What of a host's requests it takes, as text that is equal when two routes take the same. */
  readonly matches: readonly string[];
  readonly place: Place;
}

const KINDS = ["HTTPRoute", "GRPCRoute", "TLSRoute"];

/** Those whose files say all there is to say: none that a kustomization patches. */
export const routesOf = (cluster: Cluster): readonly Route[] => [
  ...KINDS.flatMap((kind) => cluster.ofKind(kind, GATEWAY_GROUP))
    .filter(({ isPatched }) => !isPatched)
    .map(({ object, name, namespace }) =>
      routeFrom({ kind: object.kind, name, namespace }, asMap(object.value["spec"]), (path, part) =>
        object.place(["spec", ...path], part),
      ),
    ),
  ...releasesOf(cluster).filter(isAppTemplate).flatMap(templateRoutes),
];

/** Its backends are named by keys of the same values, or left out; both are the chart's own business. */
const templateRoutes = (release: Release): readonly Route[] =>
  release.values.flatMap((values: Values) =>
    Object.entries(asMap(values.value["route"]))
      .filter(([, route]) => at(route, "enabled") !== false)
      .map(([key, route]) => ({
        ...routeFrom(
          {
            kind: asText(at(route, "kind")) ?? "HTTPRoute",
            name: `${release.name} (${key})`,
            namespace: release.namespace,
          },
          asMap(route),
          (path, part) => values.place(["route", key, ...path], part),
        ),
        backends: [],
      })),
  );

type Locate = (path: Path, part?: "key" | "value") => Place;

function routeFrom(identity: Pick<Route, "kind" | "name" | "namespace">, spec: Mapping, place: Locate): Route {
  const { namespace } = identity;
  return {
    ...identity,
    hostnames: asList(spec["hostnames"]).flatMap((host, index) => {
      const text = asText(host);
      return text === undefined || !isTold(text)
        ? []
        : [{ text: text.toLowerCase(), place: place(["hostnames", index], "value") }];
    }),
    parents: asList(spec["parentRefs"]).flatMap((parent, index) =>
      parentFrom(parent, namespace, place, ["parentRefs", index]),
    ),
    backends: asList(spec["rules"]).flatMap((rule, number) =>
      asList(at(rule, "backendRefs")).flatMap((backend, index) =>
        backendFrom(backend, namespace, place, ["rules", number, "backendRefs", index]),
      ),
    ),
    matches: matchesOf(spec),
    place: place([]),
  };
}

/** Filled in when it is applied: by the engine, or by the chart. */
const isTold = (text: string): boolean => !isSubstituted(text) && !text.includes("{{");

function parentFrom(parent: unknown, own: string | undefined, place: Locate, path: Path): readonly Parent[] {
  const name = asText(at(parent, "name"));
  if (name === undefined || !isTold(name) || (at(parent, "kind") ?? "Gateway") !== "Gateway") return [];
  return [
    {
      name,
      namespace: asText(at(parent, "namespace")) ?? own,
      sectionName: asText(at(parent, "sectionName")),
      port: at(parent, "port"),
      place: place([...path, "name"], "value"),
      sectionPlace: place([...path, "sectionName"], "value"),
    },
  ];
}

function backendFrom(backend: unknown, own: string | undefined, place: Locate, path: Path): readonly Backend[] {
  const name = asText(at(backend, "name"));
  if (name === undefined || !isTold(name)) return [];
  return [
    {
      kind: asText(at(backend, "kind")) ?? "Service",
      group: asText(at(backend, "group")) ?? "",
      name,
      namespace: asText(at(backend, "namespace")) ?? own,
      port: at(backend, "port"),
      place: place([...path, "name"], "value"),
      portPlace: place([...path, "port"], "value"),
    },
  ];
}

// Gateway API, HTTPRouteRule.matches: a prefix match on "/" when nothing is said.
const EVERYTHING = { path: { type: "PathPrefix", value: "/" } };

function matchesOf(spec: Mapping): readonly string[] {
  const rules = asList(spec["rules"]);
  if (rules.length === 0) return [spell(EVERYTHING)];
  return rules.flatMap((rule) => {
    const matches = asList(at(rule, "matches"));
    return matches.length === 0
      ? [spell(EVERYTHING)]
      : matches.map((match) => spell({ ...EVERYTHING, ...asMap(match) }));
  });
}

const spell = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
