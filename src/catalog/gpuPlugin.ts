/** Device plugins that take a device file and no runtime: one DaemonSet each, on nodes with a card of that maker. */
import { z } from "zod";
import type { Component } from "../model/component.ts";
import { nodesWithCards, RESOURCES } from "../model/gpu.ts";
import { pinOf } from "../model/pins.ts";
import type { Gpu, Plan } from "../model/plan.ts";
import type { Pin, PinId } from "../model/unit.ts";
import { onEach } from "../model/workloads.ts";
import { closedPods } from "./closedPods.ts";

/** System namespace: its pods have folders of their node, which Pod Security allows nowhere else. */
const NAMESPACE = "kube-system";

export interface GpuPlugin {
  readonly maker: Gpu;
  /** Id, folder of templates and name of its pods. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly image: PinId;
  /** MiB that it asks for. */
  readonly memory: number;
  readonly pins: ReadonlyMap<PinId, Pin>;
}

export const gpuPlugin = ({
  maker,
  id,
  title,
  summary,
  image,
  memory,
  pins,
}: GpuPlugin): Component<Record<string, never>> => ({
  id,
  title,
  summary,
  options: z.strictObject({}),
  needed: (plan) => nodesWithCards(plan, maker).length > 0,
  units: () => [
    {
      id,
      component: id,
      namespace: NAMESPACE,
      templates: `components/${id}/app`,
      privileged: true,
      view: { image: `${pinOf(pins, image).source}:${pinOf(pins, image).version}`, maker, taint: RESOURCES[maker] },
    },
  ],
  flows: () => [closedPods({ unit: id, namespace: NAMESPACE, name: id, to: { "app.kubernetes.io/name": id } })],
  workloads: (plan) => [onEach(nodesWithCards(plan, maker), id, memory)],
  pins: [image],
  docs: {
    template: `components/${id}/docs.md`,
    view: (plan: Plan) => ({
      nodes: nodesWithCards(plan, maker).map(({ name }) => name),
      resource: RESOURCES[maker],
      inImage: plan.cluster.traits.ownsMachine,
    }),
  },
});
