import type { Component } from "../model/component.ts";
import { pinOf } from "../model/pins.ts";
import type { Pin, PinId } from "../model/unit.ts";
import { digitalOceanToken } from "./dnsHostKeys.ts";
import { delegated, dnsHosts } from "./dnsHosts.ts";
import { externalDns, fromSecret, webhookOfItsOwn, WILDCARD_MARK } from "./externalDns.ts";
import type { PublishOptions } from "./publishing.ts";

const IMAGE = "external-dns-digitalocean-image";

/**
 * The provider that external-dns names since it has none itself (v0.21.0, README.md). Environment:
 * amoniacou/external-dns-digitalocean-webhook v0.1.2, README.md, cmd/webhook/main.go.
 */
export const externalDnsDigitalOcean = (pins: ReadonlyMap<PinId, Pin>): Component<PublishOptions> =>
  externalDns({
    id: "external-dns-digitalocean",
    provider: "digitalocean",
    title: dnsHosts.digitalocean.title,
    summary: "writes the names of routes into your public DNS at DigitalOcean; asks for an API token",
    publishes: { reach: "internet", host: "digitalocean" },
    keys: {},
    pins: [IMAGE],
    offer: {},
    told: ({ secret }) => ({
      // It answers questions about its health on the port that takes changes of records.
      provider: webhookOfItsOwn(pinOf(pins, IMAGE), [
        fromSecret("DO_TOKEN", secret, "access-token"),
        { name: "WEBHOOK_HOST", value: "127.0.0.1" },
      ]),
      env: [],
      args: [WILDCARD_MARK],
    }),
    key: "a token that may read and change the domains of the account",
    secret: () => ({
      keys: digitalOceanToken(["read", "create", "update", "delete"]),
      because: "external-dns writes the names of routes into your public DNS",
    }),
    expects: ({ domains }) => domains.flatMap((domain) => delegated(domain, "digitalocean", "external-dns")),
    docs: "components/external-dns-digitalocean/docs.md",
  });
