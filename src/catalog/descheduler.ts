import { z } from "zod";
import type { Component } from "../model/component.ts";
import { anywhere } from "../model/workloads.ts";
import { closedPods } from "./closedPods.ts";

const ID = "descheduler";
const NAMESPACE = "kube-system";

export const descheduler: Component<Record<string, never>> = {
  id: ID,
  slot: "platform",
  title: "Descheduler",
  summary: "moves pods that would start elsewhere today: nodes that came back get their share; one small pod",
  options: z.strictObject({}),
  units: () => [
    {
      id: ID,
      component: ID,
      namespace: NAMESPACE,
      release: { name: ID, chart: ID, values: `components/${ID}/values.yaml` },
      view: {},
    },
  ],
  flows: () => [nobody],
  offer: {},
  workloads: () => [anywhere(ID, 48)],
  pins: [ID],
  docs: { template: `components/${ID}/docs.md`, view: () => ({ namespace: NAMESPACE }) },
};

/** Labels of the chart's pod (0.36.0, templates/_helpers.tpl). */
const nobody = closedPods({
  unit: ID,
  namespace: NAMESPACE,
  name: ID,
  to: { "app.kubernetes.io/instance": ID, "app.kubernetes.io/name": ID },
});
