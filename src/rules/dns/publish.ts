/** Names on the internet: who writes them, and whether somebody is there. */
import { publishedNames, publishers, type Publisher } from "../../catalog/publishing.ts";
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
  plan.gateways.filter(
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
          fix: `ingress.gateways.${name}.public: cloudflare-tunnel, or another gateway in ${pathOf(publisher)}.gateways`,
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
        fix: "public: cloudflare-tunnel on a gateway, or leave it out",
      };
    }
  },
};

export const onePublisher: Rule = {
  id: "PUB-TWICE",
  severity: "error",
  title: "names of a gateway are published once",
  because: "The first one makes the record, and the second one complains about it for ever.",
  source: "external-dns documentation, Registries: a record has one owner",
  *check(plan) {
    for (const { name } of plan.gateways) {
      const all = publishers(plan).filter((publisher) => publishedNames(publisher, plan).includes(name));
      for (const sort of new Set(all.map(({ component }) => component.id))) {
        const same = all.filter(({ component }) => component.id === sort);
        if (same.length < 2) continue;
        yield {
          message: `the gateway ${name} is published by ${same.map((publisher) => publisher.name).join(" and ")}`,
          paths: same.map(pathOf),
          fix: "each gateway in one of them",
        };
      }
    }
  },
};
