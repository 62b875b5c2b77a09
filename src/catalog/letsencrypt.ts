import { z } from "zod";
import { hostnameField } from "../fields/fields.ts";
import type { Component } from "../model/component.ts";
import type { Expectation } from "../model/expectation.ts";
import type { Hostname } from "../model/names.ts";
import type { Plan } from "../model/plan.ts";
import type { Begun } from "../model/policies.ts";
import { DNS_HOSTS, type DnsHostId } from "../model/publish.ts";
import type { Unit } from "../model/unit.ts";
import { asksInternet, asksServer, tcp, udp } from "./begins.ts";
import { CERT_MANAGER_NAMESPACE, certManagerPods } from "./cert-manager.ts";
import { delegated, dnsHosts } from "./dnsHosts.ts";
import { dns01, solverKeys, solverNeed, solverSecret } from "./dnsSolvers.ts";
import { certificatesBy, domainsIssuedBy, exampleIssuedBy, namesOf } from "./gatewayCertificates.ts";
import { isBehind, publisherAt } from "./publishing.ts";

const ID = "letsencrypt";
const ISSUERS = "cert-manager/letsencrypt";

/** Directories of Let's Encrypt (its documentation, Staging Environment). */
const SERVERS = {
  staging: "https://acme-staging-v02.api.letsencrypt.org/directory",
  production: "https://acme-v02.api.letsencrypt.org/directory",
} as const;

const options = z.strictObject({
  solver: z
    .enum(DNS_HOSTS)
    .default("cloudflare")
    .describe("who writes the DNS record that proves a domain is yours: the host of its public DNS")
    .meta({ because: "a certificate for every name below a domain is only given to who can change its DNS" }),
  elsewhere: z
    .array(
      z
        .strictObject({
          domain: hostnameField().describe("one of the domains").meta({ example: "ragas.net" }),
          solver: z.enum(DNS_HOSTS).describe("the host of its public DNS"),
        })
        .meta({ layout: "line" }),
    )
    .min(1)
    .optional()
    .describe("domains whose public DNS another host has than `solver`")
    .meta({ kind: "a list of domains with their hosts", example: [{ domain: "ragas.net", solver: "hetzner" }] }),
  ...solverKeys,
  environment: z
    .enum(["staging", "production"])
    .default("staging")
    .describe(
      "which certificates: staging ones no browser trusts, as many as you like, production ones every browser trusts, a few a week",
    )
    .meta({
      because: "five failed attempts an hour or five equal certificates a week lock production until they are over",
    }),
  email: z
    .email("expected an e-mail address")
    .optional()
    .describe("address of the account at Let's Encrypt, which sends no mail about certificates that end")
    .meta({ kind: "an e-mail address", example: "me@example.com" }),
});

export type LetsEncryptOptions = z.output<typeof options>;

const issuerOf = (environment: keyof typeof SERVERS): string => `letsencrypt-${environment}`;

export const letsEncrypt: Component<LetsEncryptOptions> = {
  id: ID,
  slot: "certificates",
  title: "Let's Encrypt",
  summary: "certificates for public domains, trusted everywhere; asks for an API token of your DNS host",
  options,
  requires: ["cert-manager"],
  offer: {
    proposed: (plan) =>
      plan.gateways.some((gateway) => isBehind("cloudflare", gateway, plan))
        ? "the tunnel's domain is at Cloudflare already, and this asks for the same account"
        : hostToProve(plan) &&
          "names on the internet want certificates that browsers trust, and this asks where they are published",
    with: solverFor,
  },
  issues: {
    onlyPublic: true,
    reference: ({ environment }) => ({
      group: "cert-manager.io",
      kind: "ClusterIssuer",
      name: issuerOf(environment),
      unit: ISSUERS,
      switch: "certificates.letsencrypt.environment",
    }),
  },
  units: (plan, chosen) => [issuers(domainsIssuedBy(ID, plan), chosen)],
  begins: (plan, chosen) => [
    // It looks for the proof over https too (templates/components/cert-manager/values.yaml, dns01RecursiveNameservers).
    asksInternet(certManagerPods("controller"), tcp(443), "it asks Let's Encrypt and hosts of DNS"),
    ...nameServer(plan, chosen),
  ],
  expects: (plan, chosen) =>
    domainsIssuedBy(ID, plan).flatMap((domain): readonly Expectation[] => [
      ...delegated(domain, hostOf(domain, chosen), "cert-manager"),
      // The name an authority has in CAA records (Let's Encrypt documentation, CAA).
      { kind: "may-issue", domain, authority: "letsencrypt.org", title: "Let's Encrypt" },
    ]),
  docs: {
    template: "components/letsencrypt/docs.md",
    fragments: {
      troubleshooting: "components/letsencrypt/troubleshooting.md",
    },
    view: (plan, { environment, ...chosen }) => ({
      proofs: [...hostsOf(domainsIssuedBy(ID, plan), chosen)].map(([host, domains]) => ({
        title: dnsHosts[host].title,
        secret: solverSecret(host),
        domains,
      })),
      staging: environment === "staging",
      certificates: certificatesBy(ID, plan).map((certificate) => ({
        name: certificate.name,
        names: namesOf(certificate),
      })),
      namespace: plan.gateways[0]?.namespace ?? "",
      example: `echo.${exampleIssuedBy(ID, plan)}`,
      gateway: plan.gateways[0]?.address ?? "",
    }),
  },
};

/** Of one's own, whose changes go by UDP unless they are long (cert-manager v1.21.1, pkg/issuer/acme/dns/rfc2136). */
function nameServer(plan: Plan, { rfc2136, ...chosen }: LetsEncryptOptions): readonly Begun[] {
  if (rfc2136 === undefined || !hostsOf(domainsIssuedBy(ID, plan), chosen).has("rfc2136")) return [];
  const { server, port } = rfc2136;
  return asksServer(certManagerPods("controller"), server, [...tcp(port), ...udp(port)], plan, PROVES);
}

const PROVES = "it writes records that prove whose a domain is";

const hostToProve = (plan: Plan): DnsHostId | undefined => {
  const [domain] = plan.domains;
  return domain && publisherAt(domain, plan)?.component.publishes?.host;
};

/** Names are proven where they are published, and what is known of that host is said once more for it. */
function solverFor(plan: Plan): Readonly<Record<string, unknown>> | undefined {
  const host = hostToProve(plan);
  const [domain] = plan.domains;
  if (host === undefined || host === "cloudflare" || domain === undefined) return undefined;
  const known = publisherAt(domain, plan)?.options as Readonly<Record<string, unknown>> | undefined;
  const keys = { google: ["project"], rfc2136: ["server", "port", "key", "algorithm"] }[host as string] ?? [];
  const own = Object.fromEntries(keys.map((key) => [key, known?.[key]]));
  return { solver: host, ...(keys.length > 0 && { [host]: own }) };
}

type Solving = Pick<LetsEncryptOptions, "solver" | "elsewhere">;

export const hostOf = (domain: Hostname, { solver, elsewhere }: Solving): DnsHostId =>
  elsewhere?.find((one) => one.domain === domain)?.solver ?? solver;

/** Every host that proves something, with its domains. */
export function hostsOf(domains: readonly Hostname[], solving: Solving): ReadonlyMap<DnsHostId, readonly Hostname[]> {
  const hosts = new Map<DnsHostId, readonly Hostname[]>();
  for (const domain of domains) {
    const host = hostOf(domain, solving);
    hosts.set(host, [...(hosts.get(host) ?? []), domain]);
  }
  return hosts;
}

// Both stand there from the start, so that a change of environment changes one line of a Certificate.
function issuers(domains: readonly Hostname[], { email, ...chosen }: LetsEncryptOptions): Unit {
  const hosts = [...hostsOf(domains, chosen)];
  return {
    id: ISSUERS,
    component: ID,
    namespace: CERT_MANAGER_NAMESPACE,
    templates: "components/letsencrypt/issuers",
    secrets: hosts.map(([host, proven]) => solverNeed(host, proven, chosen)),
    // Where it is in use: it answers before the first certificate is asked for.
    after: ["cert-manager-webhook-hetzner"],
    view: {
      solvers: hosts.map(([host, proven]) => ({ domains: proven, dns01: dns01(host, chosen) })),
      email: email ?? null,
      issuers: Object.entries(SERVERS).map(([environment, server]) => ({
        name: issuerOf(environment as keyof typeof SERVERS),
        server,
      })),
    },
  };
}
