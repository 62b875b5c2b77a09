import type { Component } from "../model/component.ts";
import { pinOf } from "../model/pins.ts";
import type { Pin, PinId } from "../model/unit.ts";
import { hetznerToken } from "./dnsHostKeys.ts";
import { delegated, dnsHosts } from "./dnsHosts.ts";
import { externalDns, fromSecret, webhook, WILDCARD_MARK } from "./externalDns.ts";
import type { PublishOptions } from "./publishing.ts";

const IMAGE = "external-dns-hetzner-image";

/** Environment: mconfalonieri/external-dns-hetzner-webhook v1.0.2, docs/environment-variables.md. */
export const externalDnsHetzner = (pins: ReadonlyMap<PinId, Pin>): Component<PublishOptions> =>
  externalDns({
    id: "external-dns-hetzner",
    provider: "hetzner",
    title: dnsHosts.hetzner.title,
    summary: "writes the names of routes into your public DNS at Hetzner; asks for an API token",
    publishes: { reach: "internet", host: "hetzner" },
    keys: {},
    pins: [IMAGE],
    offer: {},
    told: ({ secret }) => ({
      provider: webhook(pinOf(pins, IMAGE), [fromSecret("HETZNER_API_KEY", secret, "token")]),
      env: [],
      args: [WILDCARD_MARK],
    }),
    key: "a token that may read and write the project of the zones",
    secret: ({ domains }) => ({
      keys: hetznerToken(domains),
      because: "external-dns writes the names of routes into your public DNS",
    }),
    expects: ({ domains }) => domains.flatMap((domain) => delegated(domain, "hetzner", "external-dns")),
    docs: "components/external-dns-hetzner/docs.md",
  });
