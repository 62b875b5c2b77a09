/** Hosts of public DNS: the one a way in needs, and one for each domain. */
import { dnsHosts } from "../../catalog/dnsHosts.ts";
import { domainsIssuedBy } from "../../catalog/gatewayCertificates.ts";
import { hostOf, letsEncrypt } from "../../catalog/letsencrypt.ts";
import { publishedDomains, publishedOf, publishers, wayOf } from "../../catalog/publishing.ts";
import { optionsOf } from "../../model/chosen.ts";
import type { SpecPath } from "../../model/finding.ts";
import type { Hostname } from "../../model/names.ts";
import type { Plan } from "../../model/plan.ts";
import type { DnsHostId } from "../../model/publish.ts";
import type { Rule } from "../rule.ts";

export const proxiedAtItsHost: Rule = {
  id: "CFD-HOST",
  severity: "error",
  title: "names behind a tunnel are published where the tunnel is",
  because:
    "The name of a tunnel carries requests for records of the same Cloudflare account alone; from any other DNS server it leads nowhere.",
  source: "Cloudflare documentation, Tunnel, DNS records: only for a DNS record in the same Cloudflare account",
  *check(plan) {
    for (const publisher of publishers(plan)) {
      const host = publisher.component.publishes?.host;
      if (host === undefined) continue;
      for (const gateway of publishedOf(publisher, plan)) {
        const way = wayOf(gateway, plan);
        const wanted = way?.wayIn?.proxied;
        if (wanted === undefined || wanted === host) continue;
        const path = publisher.path ?? `dns.publish.${publisher.name}`;
        yield {
          message: `${gateway.name} is reached through ${way?.title}, and ${publisher.component.title} writes its names`,
          paths: [path, `ingress.gateways.${gateway.name}.public`],
          fix: `dns.publish with ${wanted} and the domain there, or another way in as public of ${gateway.name}`,
        };
      }
    }
  },
};

interface Writer {
  readonly host: DnsHostId;
  readonly path: SpecPath;
  readonly is: "published" | "proven";
}

const prover = (host: DnsHostId): Writer => ({ host, path: "certificates.letsencrypt.solver", is: "proven" });

function writersOf(domain: Hostname, plan: Plan): readonly Writer[] {
  const solving = optionsOf(plan, letsEncrypt);
  return [
    ...publishers(plan).flatMap((publisher): readonly Writer[] => {
      const host = publisher.component.publishes?.host;
      return host === undefined || !publishedDomains(publisher, plan).includes(domain)
        ? []
        : [{ host, path: publisher.path ?? "dns.publish", is: "published" }];
    }),
    ...(solving === undefined || !domainsIssuedBy(letsEncrypt.id, plan).includes(domain)
      ? []
      : [prover(hostOf(domain, solving))]),
  ];
}

export const oneHost: Rule = {
  id: "PUB-HOST",
  severity: "warning",
  title: "records of a domain are written to the host that answers for it",
  because: "The internet asks the servers that the domain is delegated to; what is written anywhere else nobody sees.",
  source: "RFC 1034 section 4.2.1; Let's Encrypt documentation, Challenge Types, DNS-01",
  *check(plan) {
    for (const domain of plan.domains) {
      const writers = writersOf(domain, plan);
      const [first] = writers;
      const other = writers.find(({ host }) => host !== first?.host);
      if (first === undefined || other === undefined) continue;
      yield {
        message: `${domain} is ${first.is} at ${dnsHosts[first.host].title}, and ${other.is} at ${dnsHosts[other.host].title}`,
        paths: [first.path, other.path],
        fix:
          other.is === "proven"
            ? `${other.path}: ${first.host}, or an entry of elsewhere for ${domain} alone`
            : `both where ${domain} is, or domains in each`,
      };
    }
  },
};
