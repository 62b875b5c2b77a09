import { cloudflareToken } from "./dnsHostKeys.ts";
import { delegated, dnsHosts } from "./dnsHosts.ts";
import { externalDns, fromSecret } from "./externalDns.ts";
import { isBehind } from "./publishing.ts";

export const externalDnsCloudflare = externalDns({
  id: "external-dns-cloudflare",
  provider: "cloudflare",
  title: dnsHosts.cloudflare.title,
  summary: "writes the names of routes into your public DNS at Cloudflare; asks for an API token",
  publishes: { reach: "internet", host: "cloudflare" },
  keys: {},
  offer: {
    proposed: (plan) =>
      plan.gateways.some((gateway) => isBehind("cloudflare", gateway, plan))
        ? "without it nobody finds the way in until you write each record by hand"
        : undefined,
  },
  told: ({ plan, secret, published }) => ({
    provider: { name: "cloudflare" },
    env: [fromSecret("CF_API_TOKEN", secret, "api-token")],
    args: [
      // Absent, records are plain (external-dns v0.21.0, docs/flags.md).
      ...(published.some((gateway) => isBehind("cloudflare", gateway, plan))
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
  // Scopes by external-dns's documentation, Cloudflare.
  secret: ({ domains }) => ({
    keys: cloudflareToken(domains, { reads: true, more: "; the one of cert-manager will do" }),
    because: "external-dns writes the names of routes into your public DNS",
  }),
  expects: ({ domains }) => domains.flatMap((domain) => delegated(domain, "cloudflare", "external-dns")),
});
