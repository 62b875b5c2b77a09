/** Who answers for domains on the internet, by the words of homelab.yaml. */
export const DNS_HOSTS = ["cloudflare", "route53", "google", "digitalocean", "hetzner", "rfc2136"] as const;

export type DnsHostId = (typeof DNS_HOSTS)[number];

/** Where a component writes the names of routes. */
export type Publishing<Options = unknown> = Reach & {
  /** Several of one component write to one server, unless this tells them apart. */
  server?(options: Options): string;
  /** No mark can stand beside a record there, so nobody can tell whose it is. */
  readonly unmarked?: true;
};

/** `internet`: anybody reads it; names of gateways with a way in from there. `lan`: the house; gateways by their own addresses. */
type Reach =
  | { readonly reach: "internet"; readonly host: DnsHostId }
  | {
      readonly reach: "lan";
      readonly host?: undefined;
      /** The option that says where the server is. */
      readonly serverKey: string;
    };
