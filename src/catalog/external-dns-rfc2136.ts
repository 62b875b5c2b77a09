import { serverField } from "../fields/fields.ts";
import type { Ip } from "../model/address.ts";
import type { Hostname } from "../model/names.ts";
import { externalDns } from "./externalDns.ts";
import { rfc2136 } from "./externalDnsRfc2136.ts";
import { hostAndPort, tsigKeys, type Tsig } from "./tsig.ts";

type Own = Tsig & { readonly server: Ip | Hostname };

export const externalDnsRfc2136 = externalDns<Own>({
  id: "external-dns-rfc2136",
  provider: "rfc2136",
  title: "your name server",
  summary:
    "writes the names of routes into a zone of BIND, Technitium, Knot or PowerDNS in the house; asks for a TSIG key",
  publishes: { reach: "lan", serverKey: "server", server: ({ server, port }) => hostAndPort(server, port) },
  keys: {
    server: serverField().describe("name server of the house that has the zones").meta({ example: "172.16.1.10" }),
    ...tsigKeys,
  },
  ...rfc2136,
  docs: ["components/external-dns-rfc2136/docs.md", "components/external-dns-rfc2136/key.md"],
});
