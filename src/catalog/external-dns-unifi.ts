import type { Component } from "../model/component.ts";
import { pinOf } from "../model/pins.ts";
import type { Pin, PinId } from "../model/unit.ts";
import { externalDns, fromSecret, webhook, WILDCARD_MARK } from "./externalDns.ts";
import { urlKey } from "./lanServer.ts";
import type { PublishOptions } from "./publishing.ts";

const IMAGE = "external-dns-unifi-image";

export const externalDnsUnifi = (pins: ReadonlyMap<PinId, Pin>): Component<PublishOptions & { readonly url: string }> =>
  externalDns({
    id: "external-dns-unifi",
    provider: "unifi",
    title: "UniFi",
    summary: "writes the names of routes into the DNS of a UniFi gateway; takes UniFi Network 10.3.58 and an API key",
    publishes: { reach: "lan", serverKey: "url", server: ({ url }) => url },
    keys: { url: urlKey("https://172.16.1.1") },
    pins: [IMAGE],
    // It asks by key alone, and does not look at the certificate of the console (external-dns-unifi-webhook 0.10).
    told: ({ options: { url }, secret }) => ({
      provider: webhook(pinOf(pins, IMAGE), [
        { name: "UNIFI_HOST", value: url },
        fromSecret("UNIFI_API_KEY", secret, "api-key"),
      ]),
      env: [],
      args: [WILDCARD_MARK],
    }),
    key: "an API key of an administrator who may change the site",
    secret: ({ options: { url } }) => ({
      keys: [
        {
          key: "api-key",
          what: "API key of UniFi, of a user of its own who may administer the site and nothing else",
          from: `${url}: as a local Super Admin of its own, Settings, Control Plane, Integrations, Create API key; then make that user a Site Admin`,
        },
      ],
      because: "external-dns writes the names of routes into the DNS of your UniFi gateway",
    }),
    docs: "components/external-dns-unifi/docs.md",
  });
