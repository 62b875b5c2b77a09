/** Charts and manifests that Flux fetches, at which version. */
import { at } from "../../model/unknown.ts";
import type { Cluster } from "../cluster.ts";
import { asText } from "../values.ts";
import type { Source } from "../versions/carried.ts";
import { HELM_GROUP, SOURCE_GROUP } from "./names.ts";

export const fluxSources = (cluster: Cluster): readonly Source[] => [
  ...["OCIRepository", "GitRepository"].flatMap((kind) => tagged(kind, cluster)),
  ...ofChartRepositories(cluster),
];

/** A range of versions or a branch is nobody's pin. */
const tagged = (kind: string, cluster: Cluster): readonly Source[] =>
  cluster.ofKind(kind, SOURCE_GROUP).flatMap(({ object }): readonly Source[] => {
    const [url, version] = [asText(at(object.value, "spec", "url")), asText(at(object.value, "spec", "ref", "tag"))];
    return url === undefined || version === undefined
      ? []
      : [{ url, version, place: object.place(["spec", "ref", "tag"], "value") }];
  });

const ofChartRepositories = (cluster: Cluster): readonly Source[] =>
  cluster.ofKind("HelmRelease", HELM_GROUP).flatMap(({ object, namespace }): readonly Source[] => {
    const spec = at(object.value, "spec", "chart", "spec");
    const [chart, version, name] = [
      asText(at(spec, "chart")),
      asText(at(spec, "version")),
      asText(at(spec, "sourceRef", "name")),
    ];
    if (chart === undefined || version === undefined || name === undefined) return [];
    const own = asText(at(spec, "sourceRef", "namespace")) ?? namespace;
    const repository = cluster.find({ kind: "HelmRepository", group: SOURCE_GROUP, name, namespace: own });
    const url = asText(at(repository?.object.value, "spec", "url"));
    const place = object.place(["spec", "chart", "spec", "version"], "value");
    return url === undefined ? [] : [{ url, chart, version, place }];
  });
