import { z } from "zod";
import type { Component } from "../model/component.ts";
import { OBSERVABILITY } from "../model/observability.ts";

export const METRIC_TYPES = "prometheus-operator-crds";

/** Apart from those who use them: Helm changes types that a chart has among its templates, and no others. */
export const prometheusOperatorCrds: Component<Record<string, never>> = {
  id: METRIC_TYPES,
  title: "Types of the Prometheus operator",
  summary: "the resource types by which things say that they have numbers, and what is an alarm; no pod",
  options: z.strictObject({}),
  units: () => [
    {
      id: METRIC_TYPES,
      component: METRIC_TYPES,
      namespace: OBSERVABILITY,
      release: {
        name: METRIC_TYPES,
        chart: METRIC_TYPES,
        values: `components/${METRIC_TYPES}/values.yaml`,
        installs: ["monitoring.coreos.com/*"],
      },
      view: {},
    },
  ],
  begins: () => [],
  pins: [METRIC_TYPES],
  docs: { template: `components/${METRIC_TYPES}/docs.md`, view: () => ({}) },
};
