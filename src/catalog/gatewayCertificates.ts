/** The certificates that gateways show: one a domain, for the domain and every name directly below it. */
import { chosenIn } from "../model/chosen.ts";
import type { Hostname } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";

export interface GatewayCertificate {
  readonly domain: Hostname;
  /** Name of the Certificate: `wildcard-ragas-cc`. */
  readonly name: string;
  /** Secret beside the gateway that holds it. */
  readonly secret: string;
}

/** None while nobody issues certificates: the gateways speak http then. */
export const gatewayCertificates = (plan: Pick<Plan, "chosen" | "domains">): readonly GatewayCertificate[] =>
  chosenIn(plan, "certificates").length === 0 ? [] : plan.domains.map(certificateOf);

function certificateOf(domain: Hostname): GatewayCertificate {
  const name = `wildcard-${domain.replaceAll(".", "-")}`;
  return { domain, name, secret: `${name}-tls` };
}

/** What a browser puts before the names of apps. */
export const schemeOf = (plan: Pick<Plan, "chosen" | "domains">): "http" | "https" =>
  gatewayCertificates(plan).length > 0 ? "https" : "http";
