/** Parameters about names: who tells the house of them, and who proves the domains. */
import { all, ANY, asItIs, set, setting, WITHOUT, type Parameter, type Value } from "./parameter.ts";
import { PUBLIC, value, without } from "./base.ts";

/** Nothing in the cluster answers, and a DNS server of the house is told. */
const written = (name: string, options: Readonly<Record<string, unknown>>): Value =>
  value(name, all(setting("dns.split", "none"), setting("dns.publish.home", options)), APART);

/** The DNS server of the cluster has an address of its own, or none. */
const APART = { shared: [WITHOUT] };

const EXTERNAL = "ingress.gateways.external";
const TSIG = { server: "192.168.1.10", key: "homelab" };

/** A domain that is proven, with what has to be known of the host of its DNS. */
const proven = (solver: string, keys: Readonly<Record<string, unknown>> = {}): Value =>
  value(
    solver,
    (draft) =>
      Object.entries({ solver, ...keys }).reduce(
        (current, [key, one]) => set(current, `certificates.letsencrypt.${key}`, one),
        draft,
      ),
    { "certificates.letsencrypt.environment": [ANY] },
  );

/** Ports are forwarded; the names are at a host of the internet, and so is the record of an address that changes. */
const abroad = (name: string, keys: Readonly<Record<string, unknown>>, kept: Value["apply"]): Value =>
  value(name, all(setting("dns.publish.abroad", { provider: name, gateways: ["external"], ...keys }), kept), {
    [PUBLIC]: ["port-forward"],
    "dns.publish.site.policy": [WITHOUT],
  });

export const dnsShapes: readonly Parameter[] = [
  {
    name: "names of the house",
    values: [
      value("by a server in the cluster", asItIs),
      written("unifi", { provider: "unifi", url: "https://192.168.1.1" }),
      written("adguard-home", { provider: "adguard-home", url: "http://192.168.1.10", policy: "sync" }),
      written("pihole", { provider: "pihole", url: "https://192.168.1.10" }),
      written("mikrotik", { provider: "mikrotik", url: "https://192.168.1.1", verify: true }),
      written("rfc2136", { provider: "rfc2136", ...TSIG, algorithm: "hmac-sha512" }),
    ],
  },
  {
    name: "names on the internet",
    values: [
      without,
      abroad("cloudflare", {}, setting("dns.dynamic.cloudflare", { zone: "023e105f4ecef8ad9ca31a8372d0c353" })),
      abroad("route53", { policy: "sync" }, setting("dns.dynamic.route53", { zone: "Z2FDTNDATAQYW2" })),
      abroad(
        "google",
        { project: "homelab-123456" },
        setting("dns.dynamic.google", { project: "homelab-123456", zone: "example-com" }),
      ),
      abroad("digitalocean", {}, setting("dns.dynamic.digitalocean", true)),
      abroad("hetzner", {}, setting("dns.dynamic.hetzner", true)),
      abroad(
        "rfc2136-public",
        { ...TSIG, server: "203.0.113.53" },
        setting(`${EXTERNAL}.publicAddress`, "203.0.113.7"),
      ),
    ],
  },
  {
    name: "proofs",
    values: [
      { ...without, needs: { "certificates.letsencrypt.environment": [ANY] } },
      proven("route53", { route53: { region: "eu-central-1" } }),
      proven("google", { google: { project: "homelab-123456" } }),
      proven("digitalocean"),
      proven("hetzner"),
      proven("rfc2136", { rfc2136: { ...TSIG, server: "203.0.113.53" } }),
    ],
  },
];
