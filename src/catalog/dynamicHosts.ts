/** What ddns-updater has to be told and given for each DNS host. */
import { z } from "zod";
import type { Hostname } from "../model/names.ts";
import type { DnsHostId } from "../model/publish.ts";
import type { SecretNeed } from "../model/unit.ts";
import { awsKey, cloudflareToken, digitalOceanToken, googleKey, hetznerToken } from "./dnsHostKeys.ts";
import { googleProject } from "./dnsSolvers.ts";

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
  needed(domain: Hostname, options: DynamicOptions): SecretNeed["keys"];
  /** Settings beside the name of the record and what is secret. */
  told(options: DynamicOptions): Readonly<Record<string, unknown>>;
}

/** What of its Secret stands where in its settings, by way of the environment. */
interface Secret {
  readonly key: string;
  readonly variable: string;
  readonly setting: string;
  /** Is an object itself, and not a text. */
  readonly isJson?: true;
}

const zone = (pattern: RegExp, expected: string, description: string, example: string) =>
  z.string().regex(pattern, expected).describe(description).meta({ kind: "the id of a zone", example });

const token = (key: string): readonly Secret[] => [{ key, variable: "TOKEN", setting: "token" }];

// Short, so that a new address is known soon.
const TTL = 300;

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
    secrets: token("api-token"),
    needed: (domain) => cloudflareToken([domain], { reads: false, more: "; the one of external-dns will do" }),
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
      { key: "access-key-id", variable: "ACCESS_KEY", setting: "access_key" },
      { key: "secret-access-key", variable: "SECRET_KEY", setting: "secret_key" },
    ],
    needed: (_domain, options) =>
      awsKey(`do route53:ChangeResourceRecordSets on arn:aws:route53:::hostedzone/${options.zone} and nothing else`),
    told: (options) => ({ provider: "route53", zone_id: options.zone, ttl: TTL }),
  },
  {
    id: "google",
    keys: {
      project: googleProject(),
      zone: zone(
        /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
        "expected the name of a zone, as Cloud DNS lists it",
        "name of the zone of the first domain in Cloud DNS",
        "ragas-cc",
      ),
    },
    asks: "the key of a service account",
    secrets: [{ key: "credentials.json", variable: "CREDENTIALS", setting: "credentials", isJson: true }],
    needed: (_domain, options) => googleKey(options.project ?? "the project"),
    told: (options) => ({ provider: "gcp", project: options.project, zone: options.zone }),
  },
  {
    id: "digitalocean",
    keys: {},
    asks: "an API token",
    // qdm12/ddns-updater v2.10.0, internal/provider/providers/digitalocean: without a record it stops at "no result".
    wantsRecord: true,
    secrets: token("access-token"),
    needed: () => digitalOceanToken(["read", "update"]),
    told: () => ({ provider: "digitalocean" }),
  },
  {
    id: "hetzner",
    keys: {},
    asks: "an API token",
    secrets: token("token"),
    needed: (domain) => hetznerToken([domain]),
    told: () => ({ provider: "hetznercloud", ttl: TTL }),
  },
];
