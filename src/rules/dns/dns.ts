import { parseIp, reservedIn } from "../../model/address.ts";
import { suggest } from "../../model/suggest.ts";
import { isNobodys } from "../addresses/networks.ts";
import { ZONES } from "../../model/zones.ts";
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

// Routers and other hosts resolve; what the cluster brings up cannot help to bring it up.
const OURS = new Set(["api", "gateway", "node", "service"]);

export const insideCluster: Rule = {
  id: "DNS-LOOP",
  severity: "error",
  title: "nodes do not resolve through their own cluster",
  because:
    "After a power cut nodes would need the cluster to resolve names, and the cluster would need names to pull its images.",
  source: "Talos documentation, ResolverConfig; CoreDNS plugin loop",
  unless: ["NET-OWNER"],
  *check(plan) {
    for (const { ip, path } of plan.lan.resolvers) {
      const owner = ip && plan.addresses.ownersOf(ip).find(({ role }) => OURS.has(role));
      if (!owner) continue;
      yield {
        message: `the resolver ${ip} is ${owner.owner}, which runs in this cluster`,
        paths: [path, owner.path],
        fix: "the router or another resolver outside the cluster; that one forwards your domain to the cluster",
      };
    }
  },
};

export const resolverIsSomebody: Rule = {
  id: "DNS-ADDRESS",
  severity: "error",
  title: "a resolver has an address of another machine",
  because: "A machine that asks itself or nobody resolves no name and pulls no image.",
  source: "RFC 1122 §3.2.1.3",
  *check(plan) {
    const reserved = new Set(plan.stacks.flatMap(({ lan }) => (lan === undefined ? [] : reservedIn(lan.value))));
    for (const { ip, path } of plan.lan.resolvers) {
      if (ip === undefined || !(isNobodys(ip) || reserved.has(ip))) continue;
      yield {
        message: `${ip} is no address of a resolver`,
        paths: [path],
        fix: "the address of the router or of another resolver",
      };
    }
  },
};

/** What a machine needs before the cluster answers for its domains: the repository, images, the time. */
export const bootstrapNames: Rule = {
  id: "DNS-BOOTSTRAP",
  severity: "error",
  title: "the domain holds none of the names the cluster is built from",
  because: "Inside the house only the cluster answers for its domains, and it needs these names before it runs.",
  source: "k8s-gateway documentation: authoritative for its zones; Talos documentation, time sync and image pulls",
  *check(plan) {
    const needed = [
      { name: new URL(plan.repository.url).hostname, path: "repository.url" },
      ...plan.lan.ntp.map((name, index) => ({ name, path: `lan.ntp.${index}` })),
      ...SOURCES.map((name) => ({ name, path: undefined })),
    ];
    for (const [index, domain] of plan.domains.entries()) {
      for (const { name, path } of needed) {
        if (name !== domain && !name.endsWith(`.${domain}`)) continue;
        yield {
          message: `${name} is under ${domain}, which only the cluster would answer`,
          paths: [`domains.${index}`, ...(path === undefined ? [] : [path])],
          fix: "a domain, or a name, apart from each other",
        };
      }
    }
    for (const { name, path } of needed) {
      const ip = parseIp(name);
      const owner = ip && plan.addresses.ownersOf(ip).find(({ role }) => OURS.has(role));
      if (owner)
        yield {
          message: `${name} is ${owner.owner}, which is part of this cluster`,
          paths: [path ?? "", owner.path].filter((text) => text !== ""),
          fix: "a server outside the cluster",
        };
    }
  },
};

const SOURCES = ["factory.talos.dev", "github.com", "ghcr.io", "docker.io", "quay.io", "registry.k8s.io"];

// cluster.local is the domain of Services; localhost is RFC 6761. Names below a domain need room for a label.
const ROOM = 253 - 64;

export const usableDomain: Rule = {
  id: "DNS-RESERVED",
  severity: "error",
  title: "the domain is free for names of apps",
  because: "Names under it are answered by somebody else, or become longer than a name may be.",
  source: "Kubernetes documentation, DNS for Services and Pods; RFC 6761 §6.3; RFC 1035 §2.3.4",
  *check(plan) {
    const zones = ZONES.flatMap((key) => {
      const zone = plan.zones[key];
      return zone === undefined ? [] : [{ domain: zone, path: `dns.zones.${key}` }];
    });
    const all = [...plan.domains.map((domain, index) => ({ domain, path: `domains.${index}` })), ...zones];
    for (const { domain, path } of all) {
      const owned = ["cluster.local", "localhost"].find((name) => domain === name || domain.endsWith(`.${name}`));
      if (owned === undefined && domain.length <= ROOM) continue;
      const message =
        owned === undefined
          ? `${domain} has ${domain.length} characters, and ${ROOM} leave room for names`
          : `${domain} belongs to ${owned}`;
      const fix = owned === undefined ? "a shorter name" : "a domain of your own, or one under home.arpa (RFC 8375)";
      yield { message, paths: [path], fix };
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
  unless: ["DNS-RESERVED"],
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
