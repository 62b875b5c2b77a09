/** An app that is somebody's Helm chart. Nothing is known of its values, so none are invented. */
import type { Pin, View } from "../../model/unit.ts";
import type { ChartSource } from "./app.ts";

export const CHART_VALUES = "apps/chart/values.yaml";

/** Renovate reads OCIRepository and HelmRelease themselves, so datasource and name only complete the pin. */
export const chartPin = (app: string, { source, chart, version }: ChartSource): Pin => ({
  id: `app ${app}`,
  kind: "chart",
  source,
  ...(chart !== undefined && { chart }),
  version,
  datasource: chart === undefined ? "docker" : "helm",
  depName: chart ?? source.replace("oci://", ""),
});

export const chartView = ({ source, chart, version }: ChartSource): View => ({
  chart: `${chart ?? source} ${version}`,
  show:
    chart === undefined
      ? `helm show values ${source} --version ${version}`
      : `helm show values ${chart} --repo ${source} --version ${version}`,
});
