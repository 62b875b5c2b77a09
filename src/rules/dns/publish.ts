/** Names on the internet: who writes them, and whether somebody is there. */
import {
  ownerOf,
  publishedOf,
  wayOf,
  publishedDomains,
  publishedNames,
  publishers,
  reachOf,
  type Publisher,
} from "../../catalog/publishing.ts";
import type { Plan } from "../../model/plan.ts";
import { suggest } from "../../model/suggest.ts";
import type { Rule } from "../rule.ts";

const pathOf = ({ path, name }: Publisher): string => path ?? `dns.publish.${name}`;

export const publishedGatewayExists: Rule = {
  id: "PUB-GATEWAY",
  severity: "error",
  title: "a published gateway exists",
  because: "Nothing would be published, and nothing would say so.",
  source: "kubernetes-sigs/external-dns v0.21.0, source/gateway.go: routes of Gateways that its filter finds",
  *check(plan) {
    const names = plan.gateways.map(({ name }) => name);
    for (const publisher of publishers(plan)) {
      for (const [index, name] of (publisher.options.gateways ?? []).entries()) {
        if (names.includes(name)) continue;
        const near = suggest(name, names);
        yield {
          message: `no gateway is called ${name}`,
          paths: [`${pathOf(publisher)}.gateways.${index}`, "ingress.gateways"],
          fix: near === undefined ? `one of ${names.join(", ")}` : `did you mean ${near}?`,
        };
      }
    }
  },
};

const privateOnes = (publisher: Publisher, plan: Plan) =>
  reachOf(publisher) === "lan"
    ? []
    : plan.gateways.filter(
        (gateway) => gateway.public === undefined && publishedNames(publisher, plan).includes(gateway.name),
      );

export const publishedIsPublic: Rule = {
  id: "EDNS-13",
  severity: "error",
  title: "a published gateway can be reached from the internet",
  because:
    "Cloudflare refuses records that point at an address of a LAN while it stands in between, and without it nobody gets there.",
  source: "Cloudflare API, code 9003: target is not allowed for a proxied record; RFC 1918 §3",
  *check(plan) {
    for (const publisher of publishers(plan)) {
      for (const { name, address } of privateOnes(publisher, plan))
        yield {
          message: `the gateway ${name} is published, and its only address is ${address}`,
          paths: [pathOf(publisher), `ingress.gateways.${name}`],
          fix: `a way in from the internet as ingress.gateways.${name}.public, or another gateway in ${pathOf(publisher)}.gateways`,
        };
    }
  },
};

export const somethingPublished: Rule = {
  id: "PUB-NOTHING",
  severity: "error",
  title: "what publishes names has names to publish",
  because: "It would run, hold an API token for your public DNS, and do nothing.",
  source: "the order of this program: dns.publish without gateways means those with a way in from the internet",
  *check(plan) {
    for (const publisher of publishers(plan)) {
      if (publishedNames(publisher, plan).length > 0) continue;
      yield {
        message: `${pathOf(publisher)} has no gateway to publish`,
        paths: [pathOf(publisher), "ingress.gateways"],
        fix: "a way in from the internet as public of a gateway, or leave it out",
      };
    }
  },
};

export const proxiedApart: Rule = {
  id: "PUB-PROXIED",
  severity: "error",
  title: "names behind a proxy and names without one are published apart",
  because:
    "All records of a publisher are proxied or none is: either nobody finds the way into the tunnel, or requests that come straight to the house go through Cloudflare unasked.",
  source:
    "kubernetes-sigs/external-dns v0.21.0, docs/flags.md: --cloudflare-proxied; Cloudflare documentation, Proxied DNS records",
  *check(plan) {
    for (const publisher of publishers(plan)) {
      if (reachOf(publisher) === "lan") continue;
      const published = publishedOf(publisher, plan).filter((gateway) => gateway.public !== undefined);
      const proxied = published.filter((gateway) => wayOf(gateway, plan)?.wayIn?.proxied);
      const plain = published.filter((gateway) => !proxied.includes(gateway));
      const [first] = plain;
      if (proxied.length === 0 || first === undefined) continue;
      yield {
        message: `${pathOf(publisher)} has ${[...proxied, ...plain].map((gateway) => `${gateway.name} (${gateway.public})`).join(" and ")}`,
        paths: [`${pathOf(publisher)}.gateways`, ...published.map(({ name }) => `ingress.gateways.${name}.public`)],
        fix: `an entry of its own: dns.publish: { direct: { provider: ${publisher.component.provider}, gateways: [${first.name}] } }`,
      };
    }
  },
};

const overlaps = (one: readonly string[], other: readonly string[]): boolean =>
  one.some((name) => other.includes(name));

/** Two write to one server when they are of one sort, and it has no servers to choose from or the same was chosen. */
const writeTogether = (one: Publisher, other: Publisher): boolean =>
  one.component.id === other.component.id &&
  one.component.publishes?.server?.(one.options) === other.component.publishes?.server?.(other.options);

export const onePublisher: Rule = {
  id: "PUB-TWICE",
  severity: "error",
  title: "names of a gateway are written to a server once",
  because: "The first one makes the record, and the second one complains about it for ever.",
  source: "external-dns documentation, Registries: a record has one owner",
  *check(plan) {
    const all = publishers(plan);
    for (const [index, one] of all.entries()) {
      for (const other of all.slice(index + 1)) {
        if (!writeTogether(one, other)) continue;
        if (!overlaps(publishedDomains(one, plan), publishedDomains(other, plan))) continue;
        const both = publishedNames(one, plan).filter((name) => publishedNames(other, plan).includes(name));
        if (both.length === 0) continue;
        yield {
          message: `the gateway ${both.join(", ")} is published by ${one.name} and ${other.name}`,
          paths: [one, other].map(pathOf),
          fix: "each gateway in one of them, or each domain",
        };
      }
    }
  },
};

export const ownOwner: Rule = {
  id: "EDNS-01",
  severity: "error",
  title: "every publisher marks records as its own",
  because: "Each takes the records of the other for its own, and with policy: sync removes them.",
  source:
    "kubernetes-sigs/external-dns v0.21.0, registry/txt: the owner of a record; kubernetes-sigs/external-dns#3336",
  *check(plan) {
    const marking = publishers(plan).filter(({ component }) => component.publishes?.unmarked === undefined);
    for (const [index, publisher] of marking.entries()) {
      const owner = ownerOf(publisher, plan);
      const first = marking.slice(0, index).find((other) => ownerOf(other, plan) === owner);
      if (first === undefined) continue;
      yield {
        message: `${pathOf(first)} and ${pathOf(publisher)} both mark records as ${owner}'s`,
        paths: [`${pathOf(publisher)}.owner`, `${pathOf(first)}.owner`],
        fix: `another owner for the one that has no records yet`,
      };
    }
  },
};

export const unmarkedStays: Rule = {
  id: "EDNS-06",
  severity: "error",
  title: "nothing is removed where no record can be marked",
  because: "Every record of the server would be taken for one whose route is gone, also those you made yourself.",
  source: "kubernetes-sigs/external-dns v0.21.0, docs/tutorials/pihole.md; registry/noop",
  *check(plan) {
    for (const { component, options, path } of publishers(plan)) {
      if (component.publishes?.unmarked === undefined || options.policy === "upsert-only") continue;
      yield {
        message: `${component.title} keeps no marks, and policy: ${options.policy} removes what has none`,
        paths: [`${path}.policy`],
        fix: "policy: upsert-only",
      };
    }
  },
};

export const domainsPublished: Rule = {
  id: "PUB-DOMAIN",
  severity: "error",
  title: "a published domain is one of the domains",
  because: "No route has a name below another one, so nothing would be published, and nothing would say so.",
  source: "kubernetes-sigs/external-dns v0.21.0, docs/advanced/domain-filter.md",
  *check(plan) {
    for (const publisher of publishers(plan)) {
      for (const [index, domain] of (publisher.options.domains ?? []).entries()) {
        if (plan.domains.includes(domain)) continue;
        const near = suggest(domain, plan.domains);
        yield {
          message: `${domain} is none of the domains`,
          paths: [`${pathOf(publisher)}.domains.${index}`, "domains"],
          fix: near === undefined ? `one of ${plan.domains.join(", ")}` : `did you mean ${near}?`,
        };
      }
    }
  },
};
