/** `dns.records`: names that no gateway answers, and whose address they stand for. `dns.zones`: where names are. */
import { z } from "zod";
import { hostnameField, hostReferenceField, zoneField } from "../fields/fields.ts";

const record = z
  .strictObject({
    name: hostnameField({ description: "name under one of your domains", example: "nas.ragas.cc" }),
    to: hostReferenceField({
      description: "a machine of lan.hosts or a node by its name, or an address",
      example: "nas",
    }),
  })
  .describe("one name")
  .meta({ kind: "a map with name and to", layout: "line" });

export const records = z
  .array(record)
  .prefault([])
  .meta({
    description: "names that do not go through a gateway, answered on the LAN",
    kind: "a list of records",
    layout: "lines",
    because: "every name goes through a gateway",
    example: [{ name: "nas.ragas.cc", to: "nas" }],
  });

export const zones = z
  .strictObject({
    machines: zoneField({
      description: "zone in which every node and every machine of lan.hosts has a name",
      example: "nodes",
    }).optional(),
    services: zoneField({
      description: "zone in which apps get their names, with a certificate of its own",
      example: "services",
    }).optional(),
  })
  .prefault({})
  .meta({
    description: "parts of a domain for names of one sort; one word stands below the first domain",
    kind: "a map with machines and services",
    layout: "line",
    because: "machines have the names you give them, and apps stand below the first domain",
    example: { machines: "nodes", services: "services" },
  });
