import { serverField } from "../fields/fields.ts";
import type { Ip } from "../model/address.ts";
import type { Hostname } from "../model/names.ts";
import { externalDns } from "./externalDns.ts";
import { rfc2136 } from "./externalDnsRfc2136.ts";
import { hostAndPort, tsigKeys, type Tsig } from "./tsig.ts";

type Own = Tsig & { readonly server: Ip | Hostname };

export const externalDnsRfc2136Public = externalDns<Own>({
  id: "external-dns-rfc2136-public",
  provider: "rfc2136-public",
  title: "your public name server",
  summary:
    "writes the names of routes into a zone that the internet asks, at a BIND, Knot, PowerDNS or Technitium of your own; asks for a TSIG key",
  publishes: { reach: "internet", host: "rfc2136", server: ({ server, port }) => hostAndPort(server, port) },
  keys: {
    server: serverField()
      .describe("name server that takes the changes and that the internet asks, or the one it copies from")
      .meta({ example: "203.0.113.53" }),
    ...tsigKeys,
  },
  ...rfc2136,
  docs: ["components/external-dns-rfc2136-public/docs.md", "components/external-dns-rfc2136/key.md"],
});
