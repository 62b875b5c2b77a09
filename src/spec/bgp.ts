/** `bgp`: the routers that nodes tell the way to addresses of Services, and what both sides have to agree on. */
import { z } from "zod";
import { ipsField, named } from "../fields/fields.ts";

// RFC 6793 §4: numbers have four octets.
const asNumber = () => z.int().min(1).max(4_294_967_295);

// Two octets (RFC 4271 §4.2); a hold time is three seconds or more.
const seconds = (least: number) => z.int().min(least).max(65_535);

const timers = z
  .strictObject({
    hold: seconds(3)
      .default(30)
      .describe("seconds of silence after which a side takes the other for dead")
      .meta({ because: "a node that is switched off is noticed within half a minute, and a busy one is not lost" }),
    keepalive: seconds(1)
      .default(10)
      .describe("seconds between two signs of life")
      .meta({ because: "two of them may be lost within the hold time" }),
    connectRetry: seconds(1)
      .default(10)
      .describe("seconds between two attempts to reach a router that does not answer")
      .meta({ because: "a router that restarts is back in use soon after" }),
  })
  .prefault({})
  .describe("how soon a side is taken for dead; the smaller hold time of the two counts")
  .meta({ layout: "line" });

const peer = z
  .strictObject({
    asn: asNumber().describe("autonomous system number of the router").meta({ example: 64512 }),
    address: ipsField({
      description: "its address; when absent, that of the machine of lan.hosts with the name",
      example: "192.168.1.1",
    }).optional(),
    password: z
      .boolean()
      .default(false)
      .describe("whether sessions have a password; it is asked for by bootstrap/secrets.sh and stands in no file")
      .meta({ because: "whoever is in the LAN could as well answer for the address of the router" }),
    timers,
    multihop: z
      .int()
      .min(2)
      .max(255)
      .optional()
      .describe("hops a packet may make to a router outside the LAN; when absent, it is in the LAN")
      .meta({ example: 4 }),
    bfd: z
      .boolean()
      .default(false)
      .describe(
        "whether both sides look for each other several times a second (BFD), so that a failure is seen at once",
      )
      .meta({ because: "few home routers speak it" }),
  })
  .describe("a router that nodes talk to; one of lan.hosts by its name, or with an address")
  .meta({ kind: "a map with the number of the router", layout: "line" });

export const bgp = z
  .strictObject({
    asn: asNumber().describe("autonomous system number of the nodes, a private one").meta({ example: 64513 }),
    peers: named(peer)
      .refine((peers) => Object.keys(peers).length > 0, "nobody to talk to stands here")
      .meta({
        description: "routers that nodes talk to",
        kind: "a map of routers",
        layout: "lines",
        example: { router: { asn: 64512, address: "192.168.1.1" } },
      }),
  })
  .optional()
  .meta({
    description: "BGP: how nodes tell routers the way to addresses of Services",
    kind: "a map with asn and peers",
  });

/** What the schema gives. */
export type BgpSection = NonNullable<z.output<typeof bgp>>;
