/** The certificates that gateways show: one a domain and zone of apps, for it and every name directly below it. */
import { chosenIn } from "../model/chosen.ts";
import type { Hostname } from "../model/names.ts";
import type { Chosen, Plan } from "../model/plan.ts";
import { privateSuffix } from "../model/privateDomain.ts";
import type { ComponentId } from "../model/unit.ts";
import { appDomain, certifiedDomains } from "../model/zones.ts";

export interface GatewayCertificate {
  readonly domain: Hostname;
  /** Name of the Certificate: `wildcard-ragas-cc`. */
  readonly name: string;
  /** Secret beside the gateway that holds it. */
  readonly secret: string;
}

/** None while nobody issues certificates: the gateways speak http then. */
export const gatewayCertificates = (plan: Pick<Plan, "chosen" | "domains" | "zones">): readonly GatewayCertificate[] =>
  issuersOf(plan).length === 0 ? [] : certifiedDomains(plan).map(certificateOf);

/** Authorities in use, those that browsers know by themselves first. */
export const issuersOf = (plan: Pick<Plan, "chosen">): readonly Chosen[] =>
  chosenIn(plan, "certificates").filter(({ component }) => component.issues !== undefined);

/** One a domain: the first that can. Of those that only certify names of the internet, none can do others. */
export function issuerFor(domain: Hostname, plan: Pick<Plan, "chosen">): Chosen | undefined {
  const issuers = issuersOf(plan);
  const isPrivate = privateSuffix(domain) !== undefined;
  return issuers.find(({ component }) => !(isPrivate && component.issues?.onlyPublic)) ?? issuers[0];
}

/** The domains that an authority has. */
export const domainsIssuedBy = (id: ComponentId, plan: Pick<Plan, "chosen" | "domains">): readonly Hostname[] =>
  plan.domains.filter((domain) => issuerFor(domain, plan)?.component.id === id);

/** The end of an example of the names that an authority certifies. */
export const exampleIssuedBy = (id: ComponentId, plan: Pick<Plan, "chosen" | "domains" | "zones">): Hostname =>
  [appDomain(plan), ...plan.domains].find((domain) => issuerFor(domain, plan)?.component.id === id) ?? appDomain(plan);

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

/** Who signs it: the rules see to it that all its domains have the same (TLS-ONE-ISSUER). */
export const signerOf = ({ domains }: IssuedCertificate, plan: Pick<Plan, "chosen">): Chosen | undefined =>
  domains.flatMap((domain) => issuerFor(domain, plan) ?? [])[0];

/** Those of an authority. */
export const certificatesBy = (id: ComponentId, plan: CertifiedPlan): readonly IssuedCertificate[] =>
  issuedCertificates(plan).filter((certificate) => signerOf(certificate, plan)?.component.id === id);

type CertifiedPlan = Pick<Plan, "chosen" | "domains" | "zones" | "gateways">;

/** The one that has all domains: of several, one beside those of each. */
export function commonCertificate(plan: Pick<Plan, "chosen" | "domains" | "zones">): IssuedCertificate | undefined {
  const [first, ...others] = gatewayCertificates(plan);
  if (first === undefined) return undefined;
  const name = others.length === 0 ? first.name : "all-domains";
  return { name, secret: `${name}-tls`, domains: certifiedDomains(plan) };
}

/** Those that a gateway of this network shows. */
export function issuedCertificates(plan: CertifiedPlan): readonly IssuedCertificate[] {
  const common = commonCertificate(plan);
  const takesOne = plan.gateways.map(
    ({ component }) =>
      plan.chosen.find((chosen) => chosen.component.id === component)?.component.gateways?.oneCertificate === true,
  );
  const single = gatewayCertificates(plan).map(({ name, secret, domain }) => ({ name, secret, domains: [domain] }));
  if (common === undefined || single.length < 2) return single;
  return [...(takesOne.includes(false) ? single : []), ...(takesOne.includes(true) ? [common] : [])];
}

/** For people: `*.ragas.cc`, `ragas.cc`. */
export const namesOf = ({ domains }: Pick<IssuedCertificate, "domains">): readonly string[] =>
  domains.flatMap((domain) => [`*.${domain}`, domain]);

/**
 * How devices are told of a root, for pages of authorities whose root they do not know. By those who make them:
 * update-ca-certificates(8) of Debian, update-ca-trust(8) of Fedora, security(1) of macOS, Import-Certificate of Windows
 * (MicrosoftDocs/windows-powershell-docs), support.apple.com/102390, Android's documentation of network security
 * configuration for what apps believe, Firefox by mozilla/policy-templates (Certificates, Install) and its release notes
 * 120, Chrome by Chromium's net/cert/internal/system_trust_store.cc.
 */
export const DEVICES = "components/gateway-certificates/devices.md";

/** What a browser puts before the names of apps. */
export const schemeOf = (plan: Pick<Plan, "chosen" | "domains" | "zones">): "http" | "https" =>
  gatewayCertificates(plan).length > 0 ? "https" : "http";
