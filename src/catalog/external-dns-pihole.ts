import { externalDns, fromSecret } from "./externalDns.ts";
import { urlKey, verifyKey } from "./lanServer.ts";

/** Flags and environment: kubernetes-sigs/external-dns v0.21.0, docs/tutorials/pihole.md. */
export const externalDnsPihole = externalDns({
  id: "external-dns-pihole",
  provider: "pihole",
  title: "Pi-hole",
  summary: "writes the names of routes into the local DNS records of Pi-hole 6; asks for an app password",
  publishes: { reach: "lan", serverKey: "url", server: ({ url }) => url, unmarked: true },
  keys: { url: urlKey("http://172.16.1.12"), verify: verifyKey },
  told: ({ options: { url, verify }, secret }) => ({
    provider: { name: "pihole" },
    env: [fromSecret("EXTERNAL_DNS_PIHOLE_PASSWORD", secret, "password")],
    args: [
      {
        why: "Pi-hole 6, older ones have another interface.",
        args: [
          `--pihole-server=${url}`,
          "--pihole-api-version=6",
          ...(verify || !url.startsWith("https:") ? [] : ["--pihole-tls-skip-verify"]),
        ],
      },
    ],
  }),
  key: "a password that Pi-hole takes",
  secret: ({ options: { url } }) => ({
    keys: [
      {
        key: "password",
        what: "app password of Pi-hole, so that yours stays yours",
        from: `${url}/admin: Settings, Web interface / API, Expert, Configure app password`,
      },
    ],
    because: "external-dns writes the names of routes into Pi-hole",
  }),
  docs: "components/external-dns-pihole/docs.md",
});
