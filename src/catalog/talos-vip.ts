import { z } from "zod";
import type { Ip } from "../model/address.ts";
import type { PerFamily } from "../model/families.ts";
import type { Component } from "../model/component.ts";
import { ipsField } from "../fields/fields.ts";

/** Talos itself moves the address between control planes; the machine configuration names it (src/platforms/talos). */
export const talosVip: Component<{ readonly address?: PerFamily<Ip> | undefined }> = {
  id: "talos-vip",
  slot: "api",
  title: "Talos virtual IP",
  summary: "one address that moves between the control planes; costs an address of the LAN",
  options: z.strictObject({
    address: ipsField()
      .optional()
      .describe("address of the Kubernetes API, free on the LAN and outside DHCP and pools")
      .meta({ example: "172.16.1.49" }),
  }),
  distributions: ["talos"],
  addresses: [
    { key: "address", from: "lan", owner: "Kubernetes API", role: "api", note: "VIP, moves between control planes" },
  ],
  units: () => [],
  docs: {
    template: "components/talos-vip/docs.md",
    fragments: { troubleshooting: "components/talos-vip/troubleshooting.md" },
    view: (plan) => ({
      address: plan.cluster.api.address,
      others: plan.cluster.api.addresses.filter((ip) => ip !== plan.cluster.api.address),
      port: plan.cluster.api.port,
      controlPlanes: plan.nodes.filter(({ role }) => role === "control-plane").map(({ name, ip }) => ({ name, ip })),
    }),
  },
};
