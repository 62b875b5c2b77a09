import { z } from "zod";
import type { Component } from "../model/component.ts";
import { nodesWithCards, RESOURCES, RUNTIMES } from "../model/gpu.ts";
import type { Plan } from "../model/plan.ts";
import type { KubernetesObject } from "../model/unit.ts";
import { onEach } from "../model/workloads.ts";
import { closedPods } from "./closedPods.ts";
import { toolkitFiles, toolkitRole, toolkitView } from "./nvidiaToolkit.ts";

const NAME = "nvidia-device-plugin";
/** System namespace: its pods have folders of their node, which Pod Security allows nowhere else. */
const NAMESPACE = "kube-system";
const RUNTIME = RUNTIMES.nvidia ?? "";

export const nvidiaDevicePlugin: Component<Record<string, never>> = {
  id: NAME,
  title: "Device plugin of NVIDIA",
  summary: "counts graphics cards of NVIDIA and hands them to pods; one small pod on each node that has one",
  options: z.strictObject({}),
  needed: (plan) => nodesWithCards(plan, "nvidia").length > 0,
  units: ({ cluster: { traits } }) => [
    {
      id: NAME,
      component: NAME,
      namespace: NAMESPACE,
      release: { name: NAME, chart: NAME, values: "components/nvidia-device-plugin/values.yaml" },
      ...(!traits.findsRuntimes && { objects: { "runtimeclass.yaml": [runtimeClass] } }),
      privileged: true,
      view: { runtime: RUNTIME, taint: RESOURCES.nvidia },
    },
  ],
  files: toolkitFiles,
  hostRoles: toolkitRole,
  flows: () => [
    closedPods({
      unit: NAME,
      namespace: NAMESPACE,
      name: NAME,
      to: { "app.kubernetes.io/instance": NAME, "app.kubernetes.io/name": NAME },
    }),
  ],
  workloads: (plan) => [onEach(nodesWithCards(plan, "nvidia"), NAME, 48)],
  pins: [NAME],
  docs: {
    template: "components/nvidia-device-plugin/docs.md",
    fragments: { troubleshooting: "components/nvidia-device-plugin/troubleshooting.md" },
    view: (plan: Plan) => ({
      nodes: nodesWithCards(plan, "nvidia").map(({ name }) => name),
      resource: RESOURCES.nvidia,
      runtime: RUNTIME,
      ...toolkitView(plan),
    }),
  },
};

/** How a pod asks for the runtime that brings the libraries of the card (NVIDIA/k8s-device-plugin, README). */
const runtimeClass: KubernetesObject = {
  apiVersion: "node.k8s.io/v1",
  kind: "RuntimeClass",
  metadata: { name: RUNTIME },
  handler: RUNTIME,
};
