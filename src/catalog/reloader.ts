import { z } from "zod";
import type { Component } from "../model/component.ts";
import { anywhere } from "../model/workloads.ts";
import { closedPods } from "./closedPods.ts";

const NAME = "reloader";
const NAMESPACE = "kube-system";

export const reloader: Component<Record<string, never>> = {
  id: NAME,
  title: "Reloader",
  summary: "restarts apps whose Secret or ConfigMap has changed; one small pod",
  options: z.strictObject({}),
  needed: () => true,
  units: () => [
    {
      id: NAME,
      component: NAME,
      namespace: NAMESPACE,
      release: { name: NAME, chart: NAME, values: "components/reloader/values.yaml" },
      view: {},
    },
  ],
  flows: () => [nobody],
  metrics: () => [{ unit: NAME, namespace: NAMESPACE, name: NAME, pods: nobody.to, port: 9090 }],
  workloads: () => [anywhere(NAME, 32)],
  pins: [NAME],
  docs: { template: "components/reloader/docs.md", view: () => ({}) },
};

const nobody = closedPods({
  unit: NAME,
  namespace: NAMESPACE,
  name: NAME,
  // Labels of the chart's pod (2.2.16, templates/deployment.yaml).
  to: { "app.kubernetes.io/instance": NAME, "app.kubernetes.io/name": NAME },
});
