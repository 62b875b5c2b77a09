/** `networks`: what is in the house beside the LAN. Nothing is made of them; whatever the cluster uses keeps away. */
import { z } from "zod";
import { cidrsField, named } from "../fields/fields.ts";

const network = z
  .strictObject({
    cidr: cidrsField({ description: "its addresses", example: "10.8.0.0/24" }),
    vlan: z
      .int()
      .min(1)
      .max(4094)
      .optional()
      .describe("VLAN it is, where switches know it as one")
      .meta({ example: 30 }),
  })
  .meta({ short: "cidr", kind: "a network as a CIDR, or a map", description: "a network beside the LAN" });

export const networks = named(network)
  .prefault({})
  .meta({
    description: "other networks of the house, such as VLANs, VPNs and Docker's, which the cluster keeps away from",
    kind: "a map of networks",
    because: "no other network was named",
    example: { vpn: "10.8.0.0/24" },
  });
