import { z } from "zod";
import type { Component } from "../model/component.ts";
import { proposedWhenPublic } from "../model/offer.ts";
import type { Plan } from "../model/plan.ts";
import type { SecretNeed, Unit } from "../model/unit.ts";
import { CLOUDFLARE } from "./publishing.ts";
import { CERT_MANAGER_NAMESPACE } from "./cert-manager.ts";
import { certificatesBy, domainsIssuedBy, namesOf } from "./gatewayCertificates.ts";

const ID = "letsencrypt";
const ISSUERS = "cert-manager/letsencrypt";

/** Directories of Let's Encrypt (its documentation, Staging Environment). */
const SERVERS = {
  staging: "https://acme-staging-v02.api.letsencrypt.org/directory",
  production: "https://acme-v02.api.letsencrypt.org/directory",
} as const;

const options = z.strictObject({
  solver: z
    .enum(["cloudflare"])
    .default("cloudflare")
    .describe("who writes the DNS record that proves a domain is yours: the host of its public DNS")
    .meta({ because: "a certificate for every name below a domain is only given to who can change its DNS" }),
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
    proposed: proposedWhenPublic("the tunnel's domain is at Cloudflare already, and this asks for the same account"),
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
  units: (plan, chosen) => [issuers({ domains: domainsIssuedBy(ID, plan) }, chosen)],
  expects: (plan) =>
    domainsIssuedBy(ID, plan).flatMap((domain) => [
      { kind: "delegated", domain, ...CLOUDFLARE, by: "cert-manager" },
      // The name an authority has in CAA records (Let's Encrypt documentation, CAA).
      { kind: "may-issue", domain, authority: "letsencrypt.org", title: "Let's Encrypt" },
    ]),
  docs: {
    template: "components/letsencrypt/docs.md",
    fragments: {
      troubleshooting: "components/letsencrypt/troubleshooting.md",
    },
    view: (plan, { environment }) => ({
      staging: environment === "staging",
      certificates: certificatesBy(ID, plan).map((certificate) => ({
        name: certificate.name,
        names: namesOf(certificate),
      })),
      namespace: plan.gateways[0]?.namespace ?? "",
      example: `echo.${domainsIssuedBy(ID, plan)[0] ?? plan.domains[0]}`,
      gateway: plan.gateways[0]?.address ?? "",
    }),
  },
};

// Both stand there from the start, so that a change of environment changes one line of a Certificate.
const issuers = (plan: Pick<Plan, "domains">, { email }: LetsEncryptOptions): Unit => ({
  id: ISSUERS,
  component: ID,
  namespace: CERT_MANAGER_NAMESPACE,
  templates: "components/letsencrypt/issuers",
  secrets: [cloudflareToken(plan)],
  view: {
    domains: plan.domains,
    email: email ?? null,
    issuers: Object.entries(SERVERS).map(([environment, server]) => ({
      name: issuerOf(environment as keyof typeof SERVERS),
      server,
    })),
  },
});

/** Scopes by cert-manager's documentation, ACME DNS01, Cloudflare. */
const cloudflareToken = ({ domains }: Pick<Plan, "domains">): SecretNeed => ({
  name: "cert-manager-cloudflare-secret",
  keys: [
    {
      key: "api-token",
      what: `API token of Cloudflare that may edit the DNS of ${domains.join(" and ")} and nothing else`,
      from: `https://dash.cloudflare.com/profile/api-tokens: Create Custom Token, permissions Zone / Zone / Read and Zone / DNS / Edit, zone resources Include / Specific zone / ${domains.join(", ")}`,
    },
  ],
  because: "cert-manager proves with a TXT record that the domain is yours",
});
