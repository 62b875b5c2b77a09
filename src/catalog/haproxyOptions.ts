import { z } from "zod";
import { ipsField, labelField } from "../fields/fields.ts";
import { quote } from "../fields/quote.ts";
import { API_SERVER_PORT } from "../model/apiUrl.ts";

const port = () => z.int().min(1).max(65_535);

export const haproxyOptions = z.strictObject({
  hosts: z
    .array(labelField())
    .min(1)
    .superRefine((hosts, context) => {
      hosts.forEach((host, index) => {
        if (hosts.indexOf(host) < index)
          context.addIssue({
            code: "custom",
            path: [index],
            message: `${quote(host)} stands here twice`,
            params: { fix: "leave one out" },
          });
      });
    })
    .describe(
      "machines HAProxy runs on, by their names in lan.hosts; the first carries the address while all of them run",
    )
    .meta({ kind: "a list of names", example: ["proxy"] }),
  address: ipsField()
    .optional()
    .describe("address of the API that keepalived moves between the hosts; one host alone has its own")
    .meta({ example: "172.16.1.49" }),
  interface: z
    .string()
    .regex(/^[a-zA-Z][a-zA-Z0-9._-]{0,14}$/, "expected the name of an interface, like eth0")
    .default("eth0")
    .describe("network interface of the hosts that keepalived puts the address on")
    .meta({ kind: "the name of an interface", because: "small boards call their only socket so" }),
  port: port()
    .default(API_SERVER_PORT)
    .describe("port of the API at that address")
    .meta({ because: "it is the port API servers have themselves" }),
  checks: z
    .strictObject({
      by: z
        .enum(["tcp", "readyz"])
        .default("tcp")
        .describe(
          "what an API server is asked: tcp: whether it takes a connection; readyz: whether it calls itself ready, which takes anonymous requests",
        )
        .meta({ because: "it needs nothing of the API servers" }),
      fall: z
        .int()
        .min(1)
        .max(100)
        .default(3)
        .describe("checks in a row that fail before a server gets no connections")
        .meta({
          because: "one lost packet is no reason, and it takes fifteen seconds",
        }),
      rise: z.int().min(1).max(100).default(2).describe("checks in a row that pass before it gets them again").meta({
        because: "a server that has just started may stop again",
      }),
    })
    .prefault({})
    .describe("how HAProxy finds out which API servers run"),
  metrics: port()
    .default(8405)
    .describe("port of each host that Prometheus reads the numbers of HAProxy from")
    .meta({ because: "HAProxy's own examples have it there" }),
});

export type HaproxyOptions = z.output<typeof haproxyOptions>;
