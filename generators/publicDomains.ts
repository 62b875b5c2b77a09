/** What is left to do in DNS servers that have names of this network when its domains change. */
import { publicTarget, publishedDomains, publishers, publishersOf, type Publisher } from "../src/catalog/publishing.ts";
import type { Hostname } from "../src/model/names.ts";
import type { Plan } from "../src/model/plan.ts";

const titleOf = ({ component, path }: Publisher): string => `${component.title} (${path ?? "dns.publish"})`;

/** Nobody's key knows the new domain yet, and a name that nobody writes is written by hand. */
export function stepsForDomain(domain: Hostname, plan: Plan): readonly string[] {
  const writers = publishers(plan).filter(({ options }) => options.domains === undefined);
  const open = plan.gateways.filter((gateway) => publicTarget(gateway, plan) !== undefined);
  const unwritten = open.filter((gateway) => !publishersOf(gateway, plan).some((one) => writers.includes(one)));
  return [
    ...writers.map(
      (publisher) => `let ${titleOf(publisher)} change the DNS of ${domain}: its key has to be allowed to`,
    ),
    ...unwritten.map(
      (gateway) =>
        `names below ${domain} on ${gateway.name} are reached from outside by a CNAME to ${publicTarget(gateway, plan)}, which you make`,
    ),
  ];
}

/** Nobody deletes what nobody looks at any more, and the first domain names the ways in. */
export function stepsWithoutDomain(domain: Hostname, plan: Plan): readonly string[] {
  const writers = publishers(plan).filter((publisher) => publishedDomains(publisher, plan).includes(domain));
  const rest: Plan = { ...plan, domains: plan.domains.filter((other) => other !== domain) };
  const moved = plan.gateways.flatMap((gateway) => {
    const [before, after] = [publicTarget(gateway, plan), publicTarget(gateway, rest)];
    return before === undefined || after === undefined || before === after ? [] : [{ before, after }];
  });
  return [
    ...writers.map((publisher) => `records of ${domain} that ${titleOf(publisher)} wrote stay until you delete them`),
    ...moved.map(
      ({ before, after }) =>
        `names lead to ${after} in place of ${before} now: docs/components.md says who keeps its record`,
    ),
  ];
}
