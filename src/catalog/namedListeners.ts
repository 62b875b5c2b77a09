/**
 * Listeners for https where each takes one certificate: several domains are told apart by name. A browser that keeps a
 * connection for another domain is answered all the same, because Cilium gives all listeners of a Gateway one table of
 * routes (cilium/cilium v1.20.0, operator/pkg/model/translation/envoy_listener.go, httpsFilterChains).
 */
import { isUnder, type Hostname } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";
import { gatewayCertificates } from "./gatewayCertificates.ts";

export interface SealedListener {
  readonly name: string;
  /** Undefined: every name. */
  readonly hostname?: string;
  readonly secret: string;
}

type Certified = Pick<Plan, "chosen" | "domains" | "zones">;

const below = (domain: Hostname): string => `https-${domain.replaceAll(".", "-")}`;
const itself = (domain: Hostname): string => `${below(domain)}-itself`;

/** One for all names while one certificate has them; a wildcard never stands for its own domain (Gateway API, Hostname). */
export function sealedListeners(plan: Certified): readonly SealedListener[] {
  const certificates = gatewayCertificates(plan);
  if (certificates.length === 1) return certificates.map(({ secret }) => ({ name: "https", secret }));
  return certificates.flatMap(({ domain, secret }) => [
    { name: below(domain), hostname: `*.${domain}`, secret },
    { name: itself(domain), hostname: domain, secret },
  ]);
}

/** The one that takes a host name: of its longest domain. */
export function listenerFor(host: Hostname, plan: Certified): string {
  const certificates = gatewayCertificates(plan);
  if (certificates.length < 2) return certificates.length === 1 ? "https" : "http";
  const [domain = plan.domains[0]] = certificates
    .map((certificate) => certificate.domain)
    .filter((candidate) => isUnder(host, candidate))
    .sort((a, b) => b.length - a.length);
  if (domain === undefined) throw new Error("a plan has a domain");
  return host === domain ? itself(domain) : below(domain);
}
