/** What ddns-updater has to be told and given for each DNS host. */
import { z } from "zod";
import type { DnsHostId } from "../model/publish.ts";

export interface DynamicOptions {
  readonly zone?: string;
  readonly project?: string;
}

export interface DynamicHost {
  readonly id: DnsHostId;
  readonly keys: z.ZodRawShape;
  /** Its secret, in one clause. */
  readonly asks: string;
  /** It changes the record that is there and makes none. */
  readonly wantsRecord?: true;
  readonly secrets: readonly Secret[];
  /** Settings beside the name of the record and what is secret. */
  told(options: DynamicOptions): Readonly<Record<string, unknown>>;
}

interface Secret {
  /** In the Secret, in the environment and in the settings. */
  readonly key: string;
  readonly variable: string;
  readonly setting: string;
  /** Is an object itself, and not a text. */
  readonly isJson?: true;
  what(domain: string, options: DynamicOptions): string;
  readonly from: string;
}

const zone = (pattern: RegExp, expected: string, description: string, example: string) =>
  z.string().regex(pattern, expected).describe(description).meta({ kind: "the id of a zone", example });

// Short, so that a new address is known soon.
const TTL = 300;

const AWS = "https://console.aws.amazon.com/iam: Users, Security credentials, Create access key";

export const dynamicHosts: readonly DynamicHost[] = [
  {
    id: "cloudflare",
    keys: {
      zone: zone(
        /^[0-9a-f]{32}$/,
        "expected a Zone ID of Cloudflare, 32 digits and letters from a to f",
        "Zone ID of the first domain, no secret: on its overview page at Cloudflare",
        "023e105f4ecef8ad9ca31a8372d0c353",
      ),
    },
    asks: "an API token and the Zone ID",
    secrets: [
      {
        key: "api-token",
        variable: "TOKEN",
        setting: "token",
        what: (domain) =>
          `API token of Cloudflare that may edit the DNS of ${domain} and nothing else; the one of external-dns will do`,
        from: "https://dash.cloudflare.com/profile/api-tokens: Create Custom Token, permission Zone / DNS / Edit, zone resources Include / Specific zone",
      },
    ],
    told: (options) => ({ provider: "cloudflare", zone_identifier: options.zone, ttl: TTL }),
  },
  {
    id: "route53",
    keys: {
      zone: zone(
        /^Z[0-9A-Z]{5,31}$/,
        "expected the id of a hosted zone, which begins with Z",
        "id of the hosted zone of the first domain, no secret",
        "Z2FDTNDATAQYW2",
      ),
    },
    asks: "an access key",
    secrets: [
      {
        key: "access-key-id",
        variable: "ACCESS_KEY",
        setting: "access_key",
        what: (_domain, options) =>
          `id of an access key of an IAM user of AWS that may do route53:ChangeResourceRecordSets on arn:aws:route53:::hostedzone/${options.zone} and nothing else`,
        from: AWS,
      },
      {
        key: "secret-access-key",
        variable: "SECRET_KEY",
        setting: "secret_key",
        what: () => "the secret of the same access key",
        from: AWS,
      },
    ],
    told: (options) => ({ provider: "route53", zone_id: options.zone, ttl: TTL }),
  },
  {
    id: "google",
    keys: {
      project: z
        .string()
        .regex(/^[a-z][-a-z0-9]{4,28}[a-z0-9]$/, "expected the id of a project of Google Cloud")
        .describe("project of Google Cloud that has the zone")
        .meta({ kind: "the id of a project", example: "my-project" }),
      zone: zone(
        /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
        "expected the name of a zone, as Cloud DNS lists it",
        "name of the zone of the first domain in Cloud DNS",
        "ragas-cc",
      ),
    },
    asks: "the key of a service account",
    secrets: [
      {
        key: "credentials.json",
        variable: "CREDENTIALS",
        setting: "credentials",
        isJson: true,
        what: (_domain, options) =>
          `key of a service account with the role DNS Administrator in ${options.project}, as JSON on one line`,
        from: "https://console.cloud.google.com/iam-admin/serviceaccounts: Keys, Add key, JSON",
      },
    ],
    told: (options) => ({ provider: "gcp", project: options.project, zone: options.zone }),
  },
  {
    id: "digitalocean",
    keys: {},
    asks: "an API token",
    // qdm12/ddns-updater v2.10.0, internal/provider/providers/digitalocean: without a record it stops at "no result".
    wantsRecord: true,
    secrets: [
      {
        key: "access-token",
        variable: "TOKEN",
        setting: "token",
        what: () => "API token of DigitalOcean with the scopes domain:read and domain:update",
        from: "https://cloud.digitalocean.com/account/api/tokens: Generate New Token, Custom Scopes",
      },
    ],
    told: () => ({ provider: "digitalocean" }),
  },
  {
    id: "hetzner",
    keys: {},
    asks: "an API token",
    secrets: [
      {
        key: "token",
        variable: "TOKEN",
        setting: "token",
        what: (domain) =>
          `API token, Read & Write, of the Hetzner project that has ${domain} and preferably nothing else`,
        from: "https://console.hetzner.com: the project, Security, API tokens",
      },
    ],
    told: () => ({ provider: "hetznercloud", ttl: TTL }),
  },
];
