/** Charts and manifests that Argo CD fetches, at which version. */
import type { Cluster } from "../cluster.ts";
import type { Source } from "../versions/carried.ts";
import { ARGO_GROUP } from "./names.ts";
import { chartOf } from "./releases.ts";
import { sourcesOf } from "./sources.ts";

/** A range of versions or a branch is nobody's pin. */
const EXACT = /^v?\d+(\.\d+)+([-+][\w.+-]+)?$/;

export const argoSources = (cluster: Cluster): readonly Source[] =>
  cluster.ofKind("Application", ARGO_GROUP).flatMap(({ object }) =>
    sourcesOf(object).flatMap((source): readonly Source[] => {
      const { repoURL, revision: version } = source;
      if (repoURL === undefined || version === undefined || !EXACT.test(version)) return [];
      const place = object.place([...source.at, "targetRevision"], "value");
      const chart = chartOf(source);
      if (chart === undefined) return [{ url: repoURL.replace(/\.git$/, ""), version, place }];
      return [
        chart.repository === undefined
          ? { url: chart.name, version, place }
          : { url: chart.repository, chart: chart.name, version, place },
      ];
    }),
  );
