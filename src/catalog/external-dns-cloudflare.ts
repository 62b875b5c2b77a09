import { proposedWhenPublic } from "../model/offer.ts";
import { delegated, dnsHosts } from "./dnsHosts.ts";
import { externalDns, fromSecret } from "./externalDns.ts";
import { wayOf } from "./publishing.ts";

export const externalDnsCloudflare = externalDns({
  id: "external-dns-cloudflare",
  provider: "cloudflare",
  title: dnsHosts.cloudflare.title,
  summary: "writes the names of routes into your public DNS at Cloudflare; asks for an API token",
  publishes: { reach: "internet", host: "cloudflare" },
  keys: {},
  offer: { proposed: proposedWhenPublic("without it nobody finds the way in until you write each record by hand") },
  told: ({ plan, secret, published }) => ({
    provider: { name: "cloudflare" },
    env: [fromSecret("CF_API_TOKEN", secret, "api-token")],
    args: [
      // Absent, records are plain (external-dns v0.21.0, docs/flags.md).
      ...(published.some((gateway) => wayOf(gateway, plan)?.wayIn?.proxied)
        ? [
            {
              why: "Requests go through Cloudflare, which alone knows the way into the tunnel.",
              args: ["--cloudflare-proxied"],
            },
          ]
        : []),
      {
        why: "The mark beside a wildcard: Cloudflare takes an asterisk only as a whole first label.",
        args: ["--txt-wildcard-replacement=wildcard"],
      },
    ],
  }),
  key: "a token that may read the zone and edit its DNS",
  // Scopes by external-dns's documentation, Cloudflare; the same token serves cert-manager.
  secret: ({ domains }) => ({
    keys: [
      {
        key: "api-token",
        what: `API token of Cloudflare that may edit the DNS of ${domains.join(" and ")} and nothing else; the one of cert-manager will do`,
        from: `https://dash.cloudflare.com/profile/api-tokens: Create Custom Token, permissions Zone / Zone / Read and Zone / DNS / Edit, zone resources Include / Specific zone / ${domains.join(", ")}`,
      },
    ],
    because: "external-dns writes the names of routes into your public DNS",
  }),
  expects: ({ domains }) => domains.flatMap((domain) => delegated(domain, "cloudflare", "external-dns")),
});
