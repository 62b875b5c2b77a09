import { z } from "zod";
import { labelField } from "../fields/fields.ts";
import type { Component } from "../model/component.ts";
import type { Label } from "../model/names.ts";
import type { Settled, Settling } from "../model/settled.ts";

/** No address of its own: the API is where one control plane is. */
export const singleApi: Component<{ readonly node?: Label | undefined }> = {
  id: "single-api",
  slot: "api",
  provider: "none",
  title: "Address of the first control plane",
  summary: "no address to spare, but the API is gone while that machine is down",
  options: z.strictObject({
    node: labelField({ example: "talos-cp-1" })
      .optional()
      .describe("control plane whose address everybody knows the API by; it cannot change once the cluster runs"),
  }),
  settled: [{ key: "node", from: ({ nodes }) => firstControlPlane(nodes) }],
  apiMachine: ({ node }) => node,
  units: () => [],
  docs: {
    template: "components/single-api/docs.md",
    view: (plan) => ({ address: plan.cluster.api.address, port: plan.cluster.api.port }),
  },
};

function firstControlPlane(nodes: Settling["nodes"]): Settled | undefined {
  const first = nodes.find(({ role }) => role === "control-plane");
  return first && { value: first.name, because: "the first control plane" };
}
