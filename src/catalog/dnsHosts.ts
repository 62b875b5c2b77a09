/** Who answers for domains on the internet. What writes records there and what proves domains there name the same hosts. */
import type { Expectation } from "../model/expectation.ts";
import type { Hostname } from "../model/names.ts";
import type { DnsHostId } from "../model/publish.ts";

interface DnsHost {
  readonly title: string;
  /** What the names of its servers look like; absent where they are the user's own. */
  readonly servers?: RegExp;
  /** Top-level domains whose zones its API leaves alone. */
  readonly leaves?: readonly string[];
}

export const dnsHosts: Readonly<Record<DnsHostId, DnsHost>> = {
  cloudflare: {
    title: "Cloudflare",
    // Cloudflare documentation, DNS: Nameserver options.
    servers: /\.ns\.cloudflare\.com$/,
    // cert-manager documentation, ACME DNS01, Cloudflare: Limitations.
    leaves: ["cf", "ga", "gq", "ml", "tk"],
  },
  route53: {
    title: "Amazon Route 53",
    // Amazon Route 53 documentation, Getting the name servers for a public hosted zone.
    servers: /\.awsdns-\d+\.(com|net|org|co\.uk)$/,
  },
  google: {
    title: "Google Cloud DNS",
    // Google Cloud DNS documentation, Update your domain's name servers.
    servers: /^ns-cloud-[a-z]\d\.googledomains\.com$/,
  },
  digitalocean: {
    title: "DigitalOcean",
    // DigitalOcean documentation, Point to DigitalOcean name servers.
    servers: /^ns\d\.digitalocean\.com$/,
  },
  hetzner: {
    title: "Hetzner",
    // Hetzner documentation, DNS: authoritative name servers.
    servers: /\.ns\.hetzner\.(com|de)$/,
  },
  rfc2136: { title: "a name server of your own (RFC 2136)" },
};

/** Nothing can be said of servers that are the user's own. */
export function delegated(domain: Hostname, host: DnsHostId, by: string): readonly Expectation[] {
  const { title, servers } = dnsHosts[host];
  return servers === undefined ? [] : [{ kind: "delegated", domain, host: title, servers, by }];
}
