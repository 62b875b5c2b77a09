import type { Component } from "../model/component.ts";
import { pinOf } from "../model/pins.ts";
import type { Pin, PinId } from "../model/unit.ts";
import { externalDns, fromSecret, webhook, WILDCARD_MARK } from "./externalDns.ts";
import { urlKey, verifyKey } from "./lanServer.ts";
import type { PublishOptions } from "./publishing.ts";

const IMAGE = "external-dns-mikrotik-image";

type Own = { readonly url: string; readonly verify: boolean };

/** Environment: mirceanton/external-dns-provider-mikrotik v1.6.12, README.md. */
export const externalDnsMikrotik = (pins: ReadonlyMap<PinId, Pin>): Component<PublishOptions & Own> =>
  externalDns<Own>({
    id: "external-dns-mikrotik",
    provider: "mikrotik",
    title: "MikroTik RouterOS",
    summary: "writes the names of routes into the static DNS of a MikroTik router; takes RouterOS 7.16 and a user",
    publishes: { reach: "lan", serverKey: "url", server: ({ url }) => url },
    keys: { url: urlKey("https://172.16.1.1"), verify: verifyKey },
    pins: [IMAGE],
    told: ({ options: { url, verify }, secret }) => ({
      provider: webhook(pinOf(pins, IMAGE), [
        { name: "MIKROTIK_BASEURL", value: url },
        { name: "MIKROTIK_SKIP_TLS_VERIFY", value: String(!verify) },
        fromSecret("MIKROTIK_USERNAME", secret, "username"),
        fromSecret("MIKROTIK_PASSWORD", secret, "password"),
      ]),
      env: [],
      args: [WILDCARD_MARK],
    }),
    key: "a user of the router with the policies api, rest-api, read and write",
    secret: () => {
      const from =
        "RouterOS: /user group add name=external-dns policy=api,rest-api,read,write; /user add name=external-dns group=external-dns password=…";
      return {
        keys: [
          { key: "username", what: "user of the router who may change its static DNS and little else", from },
          { key: "password", what: "the password of that user", from },
        ],
        because: "external-dns writes the names of routes into your router",
      };
    },
    docs: "components/external-dns-mikrotik/docs.md",
  });
