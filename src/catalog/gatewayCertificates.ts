/** The certificates that gateways show: one a domain and zone of apps, for it and every name directly below it. */
import { chosenIn } from "../model/chosen.ts";
import type { Hostname } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";
import { certifiedDomains } from "../model/zones.ts";

export interface GatewayCertificate {
  readonly domain: Hostname;
  /** Name of the Certificate: `wildcard-ragas-cc`. */
  readonly name: string;
  /** Secret beside the gateway that holds it. */
  readonly secret: string;
}

/** None while nobody issues certificates: the gateways speak http then. */
export const gatewayCertificates = (plan: Pick<Plan, "chosen" | "domains" | "zones">): readonly GatewayCertificate[] =>
  chosenIn(plan, "certificates").length === 0 ? [] : certifiedDomains(plan).map(certificateOf);

function certificateOf(domain: Hostname): GatewayCertificate {
  const name = `wildcard-${domain.replaceAll(".", "-")}`;
  return { domain, name, secret: `${name}-tls` };
}

/** A certificate as it is asked for. */
export interface IssuedCertificate {
  readonly name: string;
  readonly secret: string;
  /** Itself and every name directly below it. */
  readonly domains: readonly Hostname[];
}

/** The one that has all domains: of several, one beside those of each. */
export function commonCertificate(plan: Pick<Plan, "chosen" | "domains" | "zones">): IssuedCertificate | undefined {
  const [first, ...others] = gatewayCertificates(plan);
  if (first === undefined) return undefined;
  const name = others.length === 0 ? first.name : "all-domains";
  return { name, secret: `${name}-tls`, domains: certifiedDomains(plan) };
}

/** Those that a gateway of this network shows. */
export function issuedCertificates(
  plan: Pick<Plan, "chosen" | "domains" | "zones" | "gateways">,
): readonly IssuedCertificate[] {
  const common = commonCertificate(plan);
  const takesOne = plan.gateways.map(
    ({ component }) =>
      plan.chosen.find((chosen) => chosen.component.id === component)?.component.gateways?.oneCertificate === true,
  );
  const single = gatewayCertificates(plan).map(({ name, secret, domain }) => ({ name, secret, domains: [domain] }));
  if (common === undefined || single.length < 2) return single;
  return [...(takesOne.includes(false) ? single : []), ...(takesOne.includes(true) ? [common] : [])];
}

/** What a browser puts before the names of apps. */
export const schemeOf = (plan: Pick<Plan, "chosen" | "domains" | "zones">): "http" | "https" =>
  gatewayCertificates(plan).length > 0 ? "https" : "http";
