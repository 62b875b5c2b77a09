/** `dns.records`: names that no gateway answers, and whose address they stand for. */
import { z } from "zod";
import { hostnameField, hostReferenceField } from "../fields/fields.ts";

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
