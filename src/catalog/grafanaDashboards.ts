/** Dashboards as Grafana reads them from ConfigMaps (Grafana documentation, Dashboard JSON model). */
import type { Dashboard, Picture } from "../model/dashboard.ts";
import { OBSERVABILITY } from "../model/observability.ts";
import type { KubernetesObject } from "../model/unit.ts";

/** What the chart of Prometheus calls its numbers (kube-prometheus-stack 88.5.3, grafana.sidecar.datasources.uid). */
const NUMBERS = { type: "prometheus", uid: "prometheus" };
/** Grafana brings older ones up to what it is itself. */
const SCHEMA = 41;
/** A dashboard is as wide as this. */
const COLUMNS = 24;
const HEIGHTS = { lines: 8, now: 5 } as const;

/** The labels and the annotation are those that templates/components/grafana/values.yaml names. */
export const dashboardObject = (dashboard: Dashboard): KubernetesObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: {
    name: `dashboard-${dashboard.id}`,
    namespace: OBSERVABILITY,
    labels: { grafana_dashboard: "1" },
    annotations: { grafana_folder: "Network" },
  },
  data: { [`${dashboard.id}.json`]: `${JSON.stringify(dashboardModel(dashboard), null, 2)}\n` },
});

const dashboardModel = ({ id, title, rows }: Dashboard) => ({
  uid: `network-${id}`,
  title,
  tags: ["network"],
  timezone: "browser",
  schemaVersion: SCHEMA,
  refresh: "1m",
  time: { from: "now-6h", to: "now" },
  panels: rows.flatMap((row, index) => row.map((picture, column) => panel(picture, placeOf(rows, index, column)))),
});

interface Place {
  readonly id: number;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
}

function placeOf(rows: Dashboard["rows"], index: number, column: number): Place {
  const row = rows[index] ?? [];
  const above = rows.slice(0, index);
  const w = Math.floor(COLUMNS / row.length);
  return {
    id: above.reduce((sum, { length }) => sum + length, 1) + column,
    gridPos: { x: column * w, y: above.reduce((sum, one) => sum + heightOf(one), 0), w, h: heightOf(row) },
  };
}

const heightOf = (row: readonly Picture[]): number => Math.max(...row.map(({ as }) => HEIGHTS[as]));

const panel = ({ title, as, unit, queries }: Picture, place: Place) => ({
  ...place,
  type: as === "lines" ? "timeseries" : "stat",
  title,
  datasource: NUMBERS,
  fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
  options: as === "lines" ? OF_LINES : OF_NOW,
  targets: queries.map(({ expr, legend }, query) => ({
    refId: String.fromCharCode("A".charCodeAt(0) + query),
    datasource: NUMBERS,
    expr,
    legendFormat: legend,
    ...(as === "now" && { instant: true }),
  })),
});

const OF_LINES = {
  legend: { displayMode: "list", placement: "bottom", showLegend: true },
  tooltip: { mode: "multi", sort: "desc" },
};

const OF_NOW = { reduceOptions: { calcs: ["lastNotNull"], fields: "", values: false }, textMode: "value_and_name" };
