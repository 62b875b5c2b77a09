/** How cert-manager writes the TXT record that proves a domain, at each host of public DNS (cert-manager v1.21.1, acme/v1). */
import { z } from "zod";
import { serverField } from "../fields/fields.ts";
import type { Hostname } from "../model/names.ts";
import type { DnsHostId } from "../model/publish.ts";
import type { SecretNeed, ViewValue } from "../model/unit.ts";
import { hostAndPort, tsigKeys, tsigSecret, type Tsig } from "./tsig.ts";
import { HETZNER_SOLVER } from "./hetznerSolver.ts";

interface Route53 {
  readonly region: string;
  readonly zone?: string | undefined;
}

interface Google {
  readonly project: string;
}

type Rfc2136 = Tsig & { readonly server: string };

/** By host, what has to be known of it beside the key. */
export interface SolverKeys {
  readonly route53?: Route53 | undefined;
  readonly google?: Google | undefined;
  readonly rfc2136?: Rfc2136 | undefined;
}

/** An identifier of a Google Cloud project (Google Cloud documentation, Creating and managing projects). */
const googleProject = () =>
  z
    .string()
    .regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, "expected the id of a project, like my-homelab-123456")
    .describe("id of the project that the zone is in")
    .meta({ kind: "the id of a project", example: "my-homelab-123456" });

export const solverKeys = {
  route53: z
    .strictObject({
      region: z
        .string()
        .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "expected the name of a region, like us-east-1")
        .default("us-east-1")
        .describe("region whose credentials are used; the service itself has none")
        .meta({ kind: "the name of a region", because: "every account has it" }),
      zone: z
        .string()
        .regex(/^Z[A-Z0-9]{5,31}$/, "expected the id of a hosted zone, like Z2FDTNDATAQYW2")
        .optional()
        .describe("id of the hosted zone; looked up by name when absent")
        .meta({ kind: "the id of a hosted zone", example: "Z2FDTNDATAQYW2" }),
    })
    .optional()
    .describe("what has to be known of Amazon Route 53"),
  google: z.strictObject({ project: googleProject() }).optional().describe("what has to be known of Google Cloud DNS"),
  rfc2136: z
    .strictObject({
      server: serverField()
        .describe("name server that takes the changes and that the internet asks, or the one it copies from")
        .meta({ example: "203.0.113.53" }),
      ...tsigKeys,
    })
    .optional()
    .describe("what has to be known of a name server of your own"),
} as const;

/** Hosts of which something has to be known that nothing stands in for. */
export const asksForKeys = (host: DnsHostId): host is "google" | "rfc2136" => host === "google" || host === "rfc2136";

export const solverSecret = (host: DnsHostId): string => `cert-manager-${host}-secret`;

/** `dns01` of a solver. */
export function dns01(host: DnsHostId, keys: SolverKeys): ViewValue {
  const ref = (key: string) => ({ name: solverSecret(host), key });
  switch (host) {
    case "cloudflare":
      return { cloudflare: { apiTokenSecretRef: ref("api-token") } };
    case "route53": {
      const { region = "us-east-1", zone } = keys.route53 ?? {};
      return {
        route53: {
          region,
          ...(zone !== undefined && { hostedZoneID: zone }),
          accessKeyIDSecretRef: ref("access-key-id"),
          secretAccessKeySecretRef: ref("secret-access-key"),
        },
      };
    }
    case "google":
      return { cloudDNS: { project: keys.google?.project ?? "", serviceAccountSecretRef: ref("credentials.json") } };
    case "digitalocean":
      return { digitalocean: { tokenSecretRef: ref("access-token") } };
    case "hetzner":
      return { webhook: { ...HETZNER_SOLVER, config: { tokenSecretKeyRef: ref("token") } } };
    case "rfc2136":
      return rfc2136(keys.rfc2136, ref("tsig-secret"));
  }
}

/** Its own spelling of the algorithm: HMACSHA256. */
const rfc2136 = (keys: Rfc2136 | undefined, secret: { readonly name: string; readonly key: string }): ViewValue => ({
  rfc2136: {
    nameserver: keys === undefined ? "" : hostAndPort(keys.server, keys.port),
    tsigKeyName: keys?.key ?? "",
    tsigAlgorithm: (keys?.algorithm ?? "").toUpperCase().replaceAll("-", ""),
    tsigSecretSecretRef: secret,
  },
});

/** The least that is enough, by cert-manager's documentation of each provider (ACME, DNS01). */
export function solverNeed(host: DnsHostId, domains: readonly Hostname[], keys: SolverKeys): SecretNeed {
  return {
    name: solverSecret(host),
    keys: keysOf(host, domains, keys),
    because: "cert-manager proves with a TXT record that the domain is yours",
  };
}

function keysOf(host: DnsHostId, domains: readonly Hostname[], keys: SolverKeys): SecretNeed["keys"] {
  const all = domains.join(" and ");
  switch (host) {
    case "cloudflare":
      return [
        {
          key: "api-token",
          what: `API token of Cloudflare that may edit the DNS of ${all} and nothing else`,
          from: `https://dash.cloudflare.com/profile/api-tokens: Create Custom Token, permissions Zone / Zone / Read and Zone / DNS / Edit, zone resources Include / Specific zone / ${domains.join(", ")}`,
        },
      ];
    case "route53": {
      const user = `IAM user of AWS that may do route53:GetChange, and on the hosted zone of ${all} route53:ChangeResourceRecordSets and route53:ListResourceRecordSets, and route53:ListHostedZonesByName`;
      const from = "https://console.aws.amazon.com/iam: Users, Security credentials, Create access key";
      return [
        { key: "access-key-id", what: `id of an access key of an ${user}`, from },
        { key: "secret-access-key", what: "the secret of the same access key", from },
      ];
    }
    case "google":
      return [
        {
          key: "credentials.json",
          what: `key of a service account with the role DNS Administrator in ${keys.google?.project ?? "the project"}, as JSON on one line`,
          from: "https://console.cloud.google.com/iam-admin/serviceaccounts: Keys, Add key, JSON",
        },
      ];
    case "digitalocean":
      return [
        {
          key: "access-token",
          what: `API token of DigitalOcean with the scopes domain:read, domain:create, domain:update and domain:delete`,
          from: "https://cloud.digitalocean.com/account/api/tokens: Generate New Token, Custom Scopes",
        },
      ];
    case "hetzner":
      return [
        {
          key: "token",
          what: `API token, Read & Write, of the Hetzner project that has ${all} and preferably nothing else`,
          from: "https://console.hetzner.com: the project, Security, API tokens",
        },
      ];
    case "rfc2136": {
      const { what, from } = tsigSecret(
        keys.rfc2136 ?? { key: "", algorithm: "hmac-sha256", port: 53 },
        `change the TXT records below _acme-challenge of ${all}`,
      );
      return [{ key: "tsig-secret", what, from }];
    }
  }
}
