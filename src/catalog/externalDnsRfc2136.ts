/** Changes signed with a key, to any server that takes them (external-dns v0.21.0, docs/flags.md, provider/rfc2136). */
import type { Ip } from "../model/address.ts";
import type { Hostname } from "../model/names.ts";
import { tcp, udp } from "./begins.ts";
import { fromSecret, WILDCARD_MARK, type Around, type DnsProvider } from "./externalDns.ts";
import { tsigSecret, type Tsig } from "./tsig.ts";

type Own = Tsig & { readonly server: Ip | Hostname };

export const rfc2136 = {
  told: ({ options, domains, secret }: Around<Own>) => ({
    provider: { name: "rfc2136" },
    env: [fromSecret("EXTERNAL_DNS_RFC2136_TSIG_SECRET", secret, "tsig-secret")],
    args: [
      {
        why: "It reads each zone as a whole before it changes anything, so the key may transfer it too.",
        args: [
          `--rfc2136-host=${options.server}`,
          `--rfc2136-port=${options.port}`,
          ...domains.map((domain) => `--rfc2136-zone=${domain}`),
          `--rfc2136-tsig-keyname=${options.key}`,
          `--rfc2136-tsig-secret-alg=${options.algorithm}`,
          "--rfc2136-tsig-axfr",
          "--rfc2136-min-ttl=60s",
        ],
      },
      WILDCARD_MARK,
    ],
  }),
  // Whole zones come over TCP, changes by UDP unless they are long (external-dns v0.21.0, provider/rfc2136/rfc2136.go).
  at: ({ server, port }: Own) => ({ host: server, ports: [...tcp(port), ...udp(port)] }),
  view: ({ options }: Around<Own>) => ({ tsigKey: options.key }),
  key: "the secret of a key that may transfer and change the zones",
  secret: ({ options, domains }: Around<Own>) => ({
    keys: [{ key: "tsig-secret", ...tsigSecret(options, `transfer and change the zones ${domains.join(", ")}`) }],
    because: "external-dns writes the names of routes into your name server",
  }),
} satisfies Partial<DnsProvider<Own>>;
