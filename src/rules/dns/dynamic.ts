/** The record of a public address that changes: one who writes it, where its domain is, and somebody who needs it. */
import { publishedDomains, publishers, reachOf } from "../../catalog/publishing.ts";
import { DYNAMIC_DNS, fixedAddresses, forwarded, homeName } from "../../catalog/port-forward.ts";
import { chosenIn } from "../../model/chosen.ts";
import type { Plan } from "../../model/plan.ts";
import type { Rule } from "../rule.ts";

const keepers = (plan: Plan) =>
  chosenIn(plan, DYNAMIC_DNS).map(({ component, path }) => ({
    title: component.title,
    host: component.provider,
    path: path ?? "dns.dynamic",
  }));

export const oneKeeper: Rule = {
  id: "DDNS-ONE",
  severity: "error",
  title: "the record of the house has one writer",
  because: "The internet asks one host for the domain, and never sees what the other writes.",
  source: "RFC 1034 section 4.2.1: a zone is answered for by the servers it is delegated to",
  *check(plan) {
    const all = keepers(plan);
    if (all.length < 2) return;
    yield {
      message: `${all.map(({ title }) => title).join(" and ")} both keep the record of ${homeName(plan)}`,
      paths: all.map(({ path }) => path),
      fix: `the one where ${plan.domains[0]} is`,
    };
  },
};

export const keptForSomebody: Rule = {
  id: "DDNS-NOTHING",
  severity: "error",
  title: "a record of the house is there for a way in",
  because: "It would tell the internet the address of your house, and hold a token for your DNS, for nobody.",
  source: "the order of this program: names lead to the house where a gateway has public: port-forward",
  *check(plan) {
    if (forwarded(plan).length > 0) return;
    for (const { path } of keepers(plan))
      yield {
        message: "no gateway is reached by the public address of the house",
        paths: [path, "ingress.gateways"],
        fix: "public: port-forward on a gateway, or leave it out",
      };
  },
};

export const fixedOrKept: Rule = {
  id: "DDNS-FIXED",
  severity: "error",
  title: "a public address either stays or is followed",
  because: "Two programs write one record, and each changes it back.",
  source: "kubernetes-sigs/external-dns v0.21.0, plan/plan.go; qdm12/ddns-updater v2.10.0, README.md, Architecture",
  *check(plan) {
    const fixed = forwarded(plan).filter((gateway) => fixedAddresses(gateway).length > 0);
    for (const { path } of keepers(plan))
      for (const gateway of fixed)
        yield {
          message: `${homeName(plan)} is ${fixedAddresses(gateway).join(" and ")} for good, and somebody looks for a new address of it`,
          paths: [`ingress.gateways.${gateway.name}.publicAddress`, path],
          fix: "one of the two",
        };
  },
};

export const keptWhereItIs: Rule = {
  id: "DDNS-HOST",
  severity: "error",
  title: "the record of the house is written where its domain is",
  because: "The internet asks another host for it, and finds nothing.",
  source: "RFC 1034 section 4.2.1",
  *check(plan) {
    const hosts = publishers(plan).filter(
      (publisher) =>
        reachOf(publisher) === "internet" && publishedDomains(publisher, plan).some((it) => it === plan.domains[0]),
    );
    for (const { host, path, title } of keepers(plan))
      for (const publisher of hosts) {
        if (publisher.component.publishes?.host === host) continue;
        yield {
          message: `${title} keeps ${homeName(plan)}, and ${publisher.component.title} writes the other names of ${plan.domains[0]}`,
          paths: [path, publisher.path ?? "dns.publish"],
          fix: `both where ${plan.domains[0]} is`,
        };
      }
  },
};
