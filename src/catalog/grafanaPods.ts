import { OBSERVABILITY } from "../model/observability.ts";
import type { Pods } from "../model/unit.ts";

export const GRAFANA = "grafana";

/** Labels of the chart's pod (12.11.1, templates/_helpers.tpl). */
export const GRAFANA_PODS: Pods = {
  namespace: OBSERVABILITY,
  labels: { "app.kubernetes.io/name": GRAFANA, "app.kubernetes.io/instance": GRAFANA },
};
