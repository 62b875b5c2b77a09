import type { Component } from "../model/component.ts";
import { pinOf } from "../model/pins.ts";
import type { Pin, PinId } from "../model/unit.ts";
import { externalDns, fromSecret, webhook, WILDCARD_MARK } from "./externalDns.ts";
import { urlKey } from "./lanServer.ts";
import type { PublishOptions } from "./publishing.ts";

const IMAGE = "external-dns-adguard-home-image";

export const externalDnsAdGuardHome = (
  pins: ReadonlyMap<PinId, Pin>,
): Component<PublishOptions & { readonly url: string }> =>
  externalDns({
    id: "external-dns-adguard-home",
    provider: "adguard-home",
    title: "AdGuard Home",
    summary: "writes the names of routes into the custom filtering rules of AdGuard Home; asks for its user",
    publishes: { reach: "lan", serverKey: "url", server: ({ url }) => url },
    keys: { url: urlKey("http://172.16.1.11:3000") },
    pins: [IMAGE],
    told: ({ options: { url }, secret }) => ({
      provider: webhook(pinOf(pins, IMAGE), [
        { name: "ADGUARD_URL", value: url },
        fromSecret("ADGUARD_USER", secret, "user"),
        fromSecret("ADGUARD_PASSWORD", secret, "password"),
      ]),
      env: [],
      args: [WILDCARD_MARK],
    }),
    key: "the user and the password of its pages",
    secret: ({ options: { url } }) => ({
      keys: [
        { key: "user", what: "user of AdGuard Home, which has one sort of them", from: `${url}: as you log in` },
        { key: "password", what: "the password of that user", from: `${url}: as you log in` },
      ],
      because: "external-dns writes the names of routes into AdGuard Home",
    }),
    docs: "components/external-dns-adguard-home/docs.md",
  });
