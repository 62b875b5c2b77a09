/** The host name of a route: one of ours, on a gateway, and nobody else's. */
import { UserError } from "../../src/model/errors.ts";
import { isUnder, parseHostname, parseLabel, type Hostname } from "../../src/model/names.ts";
import type { Plan } from "../../src/model/plan.ts";
import { appDomain, certifiedDomains } from "../../src/model/zones.ts";
import type { Gateway } from "../../src/model/gateway.ts";
import { suggest } from "../../src/model/suggest.ts";
import { EVERYTHING } from "../../src/model/routeOptions.ts";
import type { FoundApp, FoundRoute } from "../../src/repo/apps.ts";
import { given, type Session } from "../generator.ts";
import { schemeOf } from "../../src/catalog/gatewayCertificates.ts";

/** A name a gateway can answer: ours, and one its certificates are for. One word is a name where apps have theirs. */
export function hostIn(text: string, plan: Plan): Hostname {
  const word = parseLabel(text.toLowerCase());
  const host = hostUnder(word === undefined ? text : `${word}.${appDomain(plan)}`, plan);
  const record = plan.records.find(({ name }) => name === host);
  if (record !== undefined)
    throw new UserError(
      `${host} is a record of homelab.yaml (${record.path}), and would be answered with ${record.ip} instead of a gateway`,
      record.ofZone
        ? "choose another name: the zone of the machines has this one"
        : `choose another name, or take the record out: gen remove-record ${host}`,
    );
  return withinCertificate(host, plan);
}

const domainOf = (host: Hostname, plan: Plan): Hostname | undefined =>
  plan.domains.find((candidate) => isUnder(host, candidate));

export function hostUnder(text: string, plan: Plan): Hostname {
  const host = parseHostname(text.toLowerCase().replace(/\.$/, ""));
  if (host === undefined) throw new UserError(`${text} is not a host name`, `such as photos.${appDomain(plan)}`);
  if (domainOf(host, plan) !== undefined) return host;
  throw new UserError(
    `${host} is not under ${plan.domains.join(" or ")}: no resolver would send it here`,
    `${host.split(".")[0]}.${plan.domains[0]}, or add its domain: gen add-domain DOMAIN`,
  );
}

/** The certificate of a domain is for it and one label before it: a wildcard stands for no dot (RFC 6125 §6.4.3). */
function withinCertificate(host: Hostname, plan: Plan): Hostname {
  const above = host.slice(host.indexOf(".") + 1);
  const certified = certifiedDomains(plan);
  if (certified.some((domain) => domain === host || domain === above) || schemeOf(plan) === "http") return host;
  const [nearest = appDomain(plan)] = certified
    .filter((domain) => isUnder(host, domain))
    .sort((a, b) => b.length - a.length);
  const labels = host.slice(0, -nearest.length - 1).split(".");
  throw new UserError(
    `${host} stands deeper than the certificate *.${nearest} reaches: browsers would refuse it`,
    `one label before the domain, such as ${labels.join("-")}.${nearest}; or a certificate for it: gen add-domain ${above}`,
  );
}

/**
 * The route that has the host already, with the app it stands in. It has an object for each kind of gateway it is on.
 * `ask`: only one that takes these requests of the host, as `askOf` spells them.
 */
export function holderOf(
  host: Hostname,
  apps: readonly FoundApp[],
  ask?: string,
): (FoundRoute & { readonly app: FoundApp }) | undefined {
  for (const app of apps) {
    const routes = app.routes.filter(
      ({ hosts, asks }) => hosts.includes(host) && (ask === undefined || asks.some((theirs) => meets(theirs, ask))),
    );
    const [first] = routes;
    if (first === undefined) continue;
    const together = routes.filter(({ path }) => path === first.path);
    return {
      ...first,
      gateways: together.flatMap(({ gateways }) => gateways),
      backends: [...new Set(together.flatMap(({ backends }) => backends))],
      app,
    };
  }
  return undefined;
}

/** Whole connections are in everybody's way. */
const meets = (theirs: string, ask: string): boolean => [ask, EVERYTHING].includes(theirs) || ask === EVERYTHING;

export function gatewaysFor(plan: Plan, session: Session): readonly Gateway[] {
  const text = given(session, "gateway");
  if (text === undefined) return plan.gateways.filter(({ isDefault }) => isDefault);
  if (text === "all") return plan.gateways;
  const found = text.split(",").map((name) => {
    const gateway = plan.gateways.find((candidate) => candidate.name === name || candidate.object === name);
    if (gateway !== undefined) return gateway;
    const names = plan.gateways.map((candidate) => candidate.name);
    const near = suggest(name, names);
    throw new UserError(
      `there is no gateway ${name}`,
      near === undefined ? `gateways: ${names.join(", ")}, or all` : `did you mean ${near}?`,
    );
  });
  return [...new Set(found)];
}
