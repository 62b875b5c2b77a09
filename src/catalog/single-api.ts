import { z } from "zod";
import type { Component } from "../model/component.ts";

/** No address of its own: the API is where the first control plane is. */
export const singleApi: Component<Record<string, never>> = {
  id: "single-api",
  slot: "api",
  provider: "none",
  title: "Address of the first control plane",
  summary: "no address to spare, but the API is gone while that machine is down",
  options: z.strictObject({}),
  units: () => [],
  docs: {
    template: "components/single-api/docs.md",
    view: (plan) => ({ address: plan.cluster.api.address, port: plan.cluster.api.port }),
  },
};
