import { z } from "zod";
import type { Ip } from "../model/address.ts";
import type { PerFamily } from "../model/families.ts";
import type { Component } from "../model/component.ts";
import { ipsField } from "../fields/fields.ts";

/** The cluster has an address for its API, and somebody who keeps it; both stay as they are. */
export const existingApi: Component<{ readonly address: PerFamily<Ip> }> = {
  id: "existing-api",
  slot: "api",
  provider: "existing",
  title: "Address that the API has",
  summary: "a virtual address or balancer that the cluster has already; nobody touches it",
  options: z.strictObject({
    address: ipsField()
      .describe("address under which the API of the cluster is reached already")
      .meta({ example: "192.168.1.49" }),
  }),
  distributions: ["existing"],
  addresses: [
    { key: "address", from: "lan", owner: "Kubernetes API", role: "api", note: "as the cluster had it before" },
  ],
  units: () => [],
  docs: {
    template: "components/existing-api/docs.md",
    view: (plan) => ({ address: plan.cluster.api.address, port: plan.cluster.api.port }),
  },
};
