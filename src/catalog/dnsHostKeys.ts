/** What opens each host of public DNS, and where it is made. Who writes there says how little of it is enough. */
import type { Hostname } from "../model/names.ts";
import type { SecretNeed } from "../model/unit.ts";

type Keys = SecretNeed["keys"];

const CLOUDFLARE = "https://dash.cloudflare.com/profile/api-tokens: Create Custom Token";
const AWS = "https://console.aws.amazon.com/iam: Users, Security credentials, Create access key";

/** `reads`: it looks the zone up by its name. */
export const cloudflareToken = (
  domains: readonly Hostname[],
  { reads, more = "" }: { readonly reads: boolean; readonly more?: string },
): Keys => [
  {
    key: "api-token",
    what: `API token of Cloudflare that may edit the DNS of ${domains.join(" and ")} and nothing else${more}`,
    from: `${CLOUDFLARE}, ${reads ? "permissions Zone / Zone / Read and Zone / DNS / Edit" : "permission Zone / DNS / Edit"}, zone resources Include / Specific zone / ${domains.join(", ")}`,
  },
];

/** `may`: the actions of its policy, with what they are allowed on. */
export const awsKey = (may: string): Keys => [
  { key: "access-key-id", what: `id of an access key of an IAM user of AWS that may ${may}`, from: AWS },
  { key: "secret-access-key", what: "the secret of the same access key", from: AWS },
];

export const googleKey = (project: string): Keys => [
  {
    key: "credentials.json",
    what: `key of a service account with the role DNS Administrator in ${project}, as JSON on one line`,
    from: "https://console.cloud.google.com/iam-admin/serviceaccounts: Keys, Add key, JSON",
  },
];

export const digitalOceanToken = (actions: readonly string[]): Keys => {
  const scopes = actions.map((action) => `domain:${action}`);
  return [
    {
      key: "access-token",
      what: `API token of DigitalOcean with the scopes ${scopes.slice(0, -1).join(", ")} and ${scopes.at(-1)}`,
      from: "https://cloud.digitalocean.com/account/api/tokens: Generate New Token, Custom Scopes",
    },
  ];
};

export const hetznerToken = (domains: readonly Hostname[]): Keys => [
  {
    key: "token",
    what: `API token, Read & Write, of the Hetzner project that has ${domains.join(" and ")} and preferably nothing else`,
    from: "https://console.hetzner.com: the project, Security, API tokens",
  },
];
