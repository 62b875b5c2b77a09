/** Ingress objects, and what app-template makes of `ingress` in its values: from a host name to a class and a Service. */
import type { Place } from "../../model/finding.ts";
import { asList, asMap, at, type Mapping } from "../../model/unknown.ts";
import type { Path } from "../../yaml/stream.ts";
import type { Cluster } from "../cluster.ts";
import { releasesOf, type Release } from "../releases.ts";
import { isAppTemplate } from "../services.ts";
import { asText, asTexts, isSubstituted } from "../values.ts";
import type { Backend, Route, Written } from "./routes.ts";

export const INGRESS_GROUP = "networking.k8s.io";

/** As routes of another kind: its class stands where those name a gateway. */
export interface Ingress extends Route {
  readonly className: Written | undefined;
  readonly annotations: Mapping;
  /** Of an annotation, or of all. */
  readonly annotationPlace: (key?: string) => Place;
  /** Names it shows a certificate of its own for. */
  readonly ownCertificates: readonly string[];
}

export const ingressesOf = (cluster: Cluster): readonly Ingress[] => [
  ...cluster
    .ofKind("Ingress", INGRESS_GROUP)
    .filter(({ isPatched }) => !isPatched)
    .map(({ object, name, namespace }) =>
      ingressFrom(
        { name, namespace },
        asMap(object.value["spec"]),
        asMap(at(object.value, "metadata", "annotations")),
        (path, part) => object.place(path, part),
        [["spec"], ["metadata", "annotations"]],
      ),
    ),
  ...releasesOf(cluster).filter(isAppTemplate).flatMap(templateIngresses),
];

type Locate = (path: Path, part?: "key" | "value") => Place;

/** Its backends are named by keys of the same values, which is the chart's own business. */
const templateIngresses = (release: Release): readonly Ingress[] =>
  release.values.flatMap((values) =>
    Object.entries(asMap(values.value["ingress"]))
      .filter(([, ingress]) => at(ingress, "enabled") !== false)
      .map(([key, ingress]) => {
        const hosts = asList(at(ingress, "hosts")).map((entry) => ({ host: at(entry, "host") }));
        const spec = { ingressClassName: at(ingress, "className"), rules: hosts, tls: at(ingress, "tls") };
        const made = ingressFrom(
          { name: `${release.name} (${key})`, namespace: release.namespace },
          spec,
          asMap(at(ingress, "annotations")),
          (path, part) => values.place(["ingress", key, ...path.map(inValues)], part),
          [[], ["annotations"]],
        );
        return { ...made, backends: [], matches: [] };
      }),
  );

/** The names that app-template has for the fields of an Ingress. */
const inValues = (step: Path[number]): Path[number] =>
  step === "ingressClassName" ? "className" : step === "rules" ? "hosts" : step;

function ingressFrom(
  identity: Pick<Route, "name" | "namespace">,
  spec: Mapping,
  annotations: Mapping,
  place: Locate,
  [above, besides]: readonly [Path, Path],
): Ingress {
  const rules = asList(spec["rules"]);
  return {
    ...identity,
    kind: "Ingress",
    className: written(spec["ingressClassName"], place([...above, "ingressClassName"], "value")),
    hostnames: rules.flatMap(
      (rule, index) => written(at(rule, "host"), place([...above, "rules", index, "host"], "value")) ?? [],
    ),
    parents: [],
    backends: rules.flatMap((rule, number) =>
      asList(at(rule, "http", "paths")).flatMap((path, index) =>
        backendFrom(at(path, "backend"), identity.namespace, place, [
          ...above,
          "rules",
          number,
          "http",
          "paths",
          index,
          "backend",
        ]),
      ),
    ),
    matches: rules.flatMap((rule) =>
      asList(at(rule, "http", "paths")).map((path) => JSON.stringify([at(rule, "host"), at(path, "path") ?? "/"])),
    ),
    place: place(above),
    annotations,
    annotationPlace: (key) => (key === undefined ? place(above) : place([...besides, key], "key")),
    ownCertificates: asList(spec["tls"]).flatMap((tls) =>
      at(tls, "secretName") === undefined ? [] : asTexts(at(tls, "hosts")),
    ),
  };
}

function written(value: unknown, place: Place): Written | undefined {
  const text = asText(value);
  return text === undefined || isSubstituted(text) || text.includes("{{")
    ? undefined
    : { text: text.toLowerCase(), place };
}

function backendFrom(backend: unknown, namespace: string | undefined, place: Locate, path: Path): readonly Backend[] {
  const name = written(at(backend, "service", "name"), place([...path, "service", "name"], "value"));
  const port = at(backend, "service", "port", "number");
  // A port by its name is looked up in the Service, whose names nobody reads here.
  return name === undefined
    ? []
    : [
        {
          kind: "Service",
          group: "",
          name: name.text,
          namespace,
          port,
          place: name.place,
          portPlace: place([...path, "service", "port"], port === undefined ? "key" : "value"),
        },
      ];
}
