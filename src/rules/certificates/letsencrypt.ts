import { dnsHosts } from "../../catalog/dnsHosts.ts";
import { asksForKeys } from "../../catalog/dnsSolvers.ts";
import { domainsIssuedBy, issuerFor } from "../../catalog/gatewayCertificates.ts";
import { hostOf, hostsOf, letsEncrypt } from "../../catalog/letsencrypt.ts";
import { publishers } from "../../catalog/publishing.ts";
import { optionsOf } from "../../model/chosen.ts";
import { privateSuffix } from "../../model/privateDomain.ts";
import { suggest } from "../../model/suggest.ts";
import type { Rule } from "../rule.ts";

const PATH = "certificates.letsencrypt";

export const publicDomain: Rule = {
  id: "TLS-04",
  severity: "error",
  title: "Let's Encrypt can look the domain up",
  because: "A public authority only certifies names of the public DNS; it refuses this one every time.",
  source: "CA/Browser Forum Baseline Requirements §4.2.2, internal names; RFC 8375; RFC 6762",
  *check(plan) {
    for (const [index, domain] of plan.domains.entries()) {
      const suffix = privateSuffix(domain);
      if (suffix === undefined || issuerFor(domain, plan)?.component.id !== letsEncrypt.id) continue;
      yield {
        message: `${domain} is not on the internet: nobody can own a name under ${suffix}`,
        paths: [`domains.${index}`, PATH],
        fix: "certificates: { internal-ca: true }, an authority of your own; or a domain of your own",
      };
    }
  },
};

export const editableZone: Rule = {
  id: "TLS-15",
  severity: "error",
  title: "the DNS host lets programs change the zone",
  because: "Cloudflare refuses changes by its API to domains of the free top-level domains.",
  source: "cert-manager documentation, ACME DNS01, Cloudflare: Limitations",
  *check(plan) {
    const solving = optionsOf(plan, letsEncrypt);
    const proven = domainsIssuedBy(letsEncrypt.id, plan);
    for (const [index, domain] of plan.domains.entries()) {
      const solver = solving && proven.includes(domain) ? hostOf(domain, solving) : undefined;
      const written = [
        ...(solver === undefined ? [] : [{ host: solver, path: `${PATH}.solver` }]),
        ...publishers(plan).flatMap(({ component, path }) =>
          path === undefined || component.publishes?.host === undefined
            ? []
            : [{ host: component.publishes.host, path }],
        ),
      ];
      const last = domain.split(".").at(-1) ?? "";
      const refused = written.filter(({ host }) => dnsHosts[host].leaves?.includes(last));
      const [first] = refused;
      if (first === undefined) continue;
      yield {
        message: `${dnsHosts[first.host].title}'s API changes no record of ${domain}, as of no domain under .${last}`,
        paths: [`domains.${index}`, ...refused.map(({ path }) => path)],
        fix: "a domain of another top-level domain",
      };
    }
  },
};

export const solverOfDomain: Rule = {
  id: "TLS-SOLVER-DOMAIN",
  severity: "error",
  title: "a domain whose DNS is elsewhere is one of the domains",
  because: "Nothing is proven for a domain that gets no certificate, and nothing would say so.",
  source: "cert-manager v1.21.1, acme/v1, CertificateDNSNameSelector: dnsZones",
  *check(plan) {
    const elsewhere = optionsOf(plan, letsEncrypt)?.elsewhere ?? [];
    for (const [index, { domain }] of elsewhere.entries()) {
      const path = `${PATH}.elsewhere.${index}.domain`;
      if (!plan.domains.includes(domain)) {
        const near = suggest(domain, plan.domains);
        yield {
          message: `${domain} is none of the domains`,
          paths: [path, "domains"],
          fix: near === undefined ? `one of ${plan.domains.join(", ")}` : `did you mean ${near}?`,
        };
      } else if (issuerFor(domain, plan)?.component.id !== letsEncrypt.id)
        yield {
          message: `${domain} has ${issuerFor(domain, plan)?.component.title ?? "nobody"}, and nothing of it is proven`,
          paths: [path],
          fix: "leave it out",
        };
      else if (elsewhere.findIndex((one) => one.domain === domain) < index)
        yield { message: `${domain} stands here twice`, paths: [path], fix: "leave one out: a domain has one host" };
    }
  },
};

export const solverKnown: Rule = {
  id: "TLS-SOLVER-KEYS",
  severity: "error",
  title: "what has to be known of a DNS host is there for those that are used, and for no other",
  because: "cert-manager cannot find the zone without it, and what nobody reads looks as if it were in use.",
  source: "cert-manager v1.21.1, acme/v1: cloudDNS.project and rfc2136.nameserver have no default",
  *check(plan) {
    const solving = optionsOf(plan, letsEncrypt);
    if (solving === undefined) return;
    const used = hostsOf(domainsIssuedBy(letsEncrypt.id, plan), solving);
    for (const host of used.keys()) {
      if (!asksForKeys(host) || solving[host] !== undefined) continue;
      yield {
        message: `${dnsHosts[host].title} proves ${(used.get(host) ?? []).join(", ")}, and ${PATH}.${host} is not there`,
        paths: [`${PATH}.solver`],
        fix: `${PATH}: { ${host}: ${EXAMPLES[host]} }`,
      };
    }
    for (const host of ["route53", "google", "rfc2136"] as const) {
      if (solving[host] === undefined || used.has(host)) continue;
      yield {
        message: `${PATH}.${host} is there, and no domain is proven by it`,
        paths: [`${PATH}.${host}`, `${PATH}.solver`],
        fix: `take it out, or solver: ${host}`,
      };
    }
  },
};

const EXAMPLES = {
  google: "{ project: my-homelab-123456 }",
  rfc2136: "{ server: 203.0.113.53, key: homelab }",
} as const;

export const zoneOfOne: Rule = {
  id: "TLS-SOLVER-ZONE",
  severity: "error",
  title: "a hosted zone of Route 53 has one domain",
  because: "cert-manager looks nothing up where the zone is named, and writes the proof of every domain into that one.",
  source: "cert-manager v1.21.1, acme/v1, ACMEIssuerDNS01ProviderRoute53: hostedZoneID",
  *check(plan) {
    const solving = optionsOf(plan, letsEncrypt);
    const domains = solving && hostsOf(domainsIssuedBy(letsEncrypt.id, plan), solving).get("route53");
    if (solving?.route53?.zone === undefined || domains === undefined) return;
    const [first, ...others] = domains;
    const outside = others.filter((domain) => !domain.endsWith(`.${first}`) && !first?.endsWith(`.${domain}`));
    if (outside.length === 0) return;
    yield {
      message: `${domains.join(" and ")} are proven in the hosted zone ${solving.route53.zone}`,
      paths: [`${PATH}.route53.zone`, "domains"],
      fix: "leave the zone out: it is looked up by name",
    };
  },
};
