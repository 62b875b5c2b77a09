import { suggest } from "../../model/suggest.ts";
import type { Rule } from "../rule.ts";

export const resolverNamed: Rule = {
  id: "DNS-NAME",
  severity: "error",
  title: "a resolver called by name is a host of the LAN",
  because: "Machines need the resolver's address before they can resolve its name.",
  source: "Talos documentation, ResolverConfig: name servers are addresses",
  *check(plan) {
    for (const { written, ip, path } of plan.lan.resolvers) {
      if (ip !== undefined) continue;
      const near = suggest(
        written,
        plan.lan.hosts.map(({ name }) => name),
      );
      yield {
        message: `no host of the LAN is called ${written}`,
        paths: [path, "lan.hosts"],
        fix:
          near === undefined ? `lan.hosts: { ${written}: its address }, or write the address` : `did you mean ${near}?`,
      };
    }
  },
};

export const insideCluster: Rule = {
  id: "DNS-LOOP",
  severity: "error",
  title: "nodes do not resolve through their own cluster",
  because:
    "After a power cut nodes would need the cluster to resolve names, and the cluster would need names to pull its images.",
  source: "Talos documentation, ResolverConfig; CoreDNS plugin loop",
  *check(plan) {
    for (const { ip, path } of plan.lan.resolvers) {
      const owner = ip && plan.addresses.ownersOf(ip).find(({ fromPool }) => fromPool);
      if (!owner) continue;
      yield {
        message: `the resolver ${ip} is ${owner.owner}, which runs in this cluster`,
        paths: [path, owner.path],
        fix: "the router or another resolver outside the cluster; that one forwards your domain to the cluster",
      };
    }
  },
};

export const noMulticastDomain: Rule = {
  id: "DNS-MDNS",
  severity: "warning",
  title: "the domain is not one of multicast DNS",
  because:
    "Phones and computers ask the neighbours for names under .local and never the resolver, so these names do not resolve there.",
  source: "RFC 6762 §3",
  *check(plan) {
    for (const [index, domain] of plan.domains.entries()) {
      if (!domain.endsWith(".local")) continue;
      yield {
        message: `${domain} ends in .local, which belongs to multicast DNS`,
        paths: [`domains.${index}`],
        fix: "a domain of your own, or one under home.arpa (RFC 8375)",
      };
    }
  },
};
