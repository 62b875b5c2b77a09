import { TUNNEL } from "../../catalog/cloudflared.ts";
import { publishersOf } from "../../catalog/publishing.ts";
import type { Plan } from "../../model/plan.ts";
import type { Gateway } from "../../model/gateway.ts";
import { privateSuffix } from "../../model/privateDomain.ts";
import { certifiedDomains } from "../../model/zones.ts";
import type { Rule } from "../rule.ts";

const tunnelled = ({ gateways }: Plan): readonly Gateway[] => gateways.filter((gateway) => gateway.public === TUNNEL);

const pathOf = ({ name }: Gateway): string => `ingress.gateways.${name}.public`;

export const oneTunnelEnd: Rule = {
  id: "CFD-ONE",
  severity: "error",
  title: "one gateway is at the end of the tunnel",
  because: "The tunnel tells requests apart by their domain, and every gateway answers for the same domains.",
  source: "cloudflared documentation, Configuration file: the first rule whose hostname matches takes the request",
  *check(plan) {
    const all = tunnelled(plan);
    if (all.length < 2) return;
    yield {
      message: `${all.map(({ name }) => name).join(" and ")} are both at the end of the tunnel`,
      paths: all.map(pathOf),
      fix: "public on one of them; its routes may go to other gateways as well",
    };
  },
};

export const tunnelDomain: Rule = {
  id: "CFD-DOMAIN",
  severity: "error",
  title: "a domain behind the tunnel is on the internet",
  because: "Cloudflare only takes requests for domains of its customers.",
  source: "Cloudflare documentation, Tunnel, DNS records; RFC 6761; RFC 8375",
  unless: ["TLS-04"],
  *check(plan) {
    const [gateway] = tunnelled(plan);
    if (gateway === undefined) return;
    for (const [index, domain] of plan.domains.entries()) {
      const suffix = privateSuffix(domain);
      if (suffix === undefined) continue;
      yield {
        message: `${domain} cannot be reached through the tunnel: nobody can own a name under ${suffix}`,
        paths: [`domains.${index}`, pathOf(gateway)],
        fix: "a domain of your own at Cloudflare",
      };
    }
  },
};

export const tunnelRecords: Rule = {
  id: "CFD-08",
  severity: "warning",
  title: "names behind the tunnel get their records",
  because: "The tunnel is open and no name leads to it until somebody writes its record by hand.",
  source: "Cloudflare documentation, Tunnel, DNS records: a proxied CNAME for each name",
  *check(plan) {
    for (const gateway of tunnelled(plan)) {
      if (publishersOf(gateway, plan).length > 0) continue;
      yield {
        message: `nobody publishes the names of ${gateway.name}`,
        paths: [pathOf(gateway), "dns.publish"],
        fix: `dns.publish: { cloudflare: { gateways: [${gateway.name}] } }`,
      };
    }
  },
};

// Registries that hand out names one level deeper (Public Suffix List), by their usual words.
const DEEPER = /^(ac|co|com|edu|gov|ne|net|or|org)\.[a-z]{2}$/;

export const coveredAtTheEdge: Rule = {
  id: "CFD-04",
  severity: "warning",
  title: "Cloudflare has a certificate for names below the domain",
  because:
    "Its free certificate covers a zone and one label below it. Names below a part of a zone are refused by browsers from outside.",
  source: "Cloudflare documentation, Universal SSL, limitations",
  unless: ["CFD-DOMAIN", "TLS-04"],
  *check(plan) {
    const [gateway] = tunnelled(plan);
    if (gateway === undefined) return;
    for (const domain of certifiedDomains(plan)) {
      const index = plan.domains.indexOf(domain);
      const labels = domain.split(".");
      const own = DEEPER.test(labels.slice(-2).join(".")) ? 3 : 2;
      if (labels.length <= own) continue;
      yield {
        message: `names below ${domain} are two labels below ${labels.slice(-own).join(".")}`,
        paths: [index < 0 ? "dns.zones.services" : `domains.${index}`, pathOf(gateway)],
        fix:
          index < 0
            ? `no dns.zones.services, or an advanced certificate for *.${domain} at Cloudflare`
            : `${labels.slice(-own).join(".")} as the domain, or an advanced certificate at Cloudflare`,
      };
    }
  },
};
