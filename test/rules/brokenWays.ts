/** Broken networks whose router forwards ports, and of the record that leads to the house. */
import { DUAL_STACK } from "../fixtures/dualStack.ts";
import { edit, type Case, type Edit } from "./edits.ts";

const GATEWAY = "internal: { address: 172.16.1.61, default: true }";
const DNS = "split: { provider: k8s-gateway, address: 172.16.1.60 }";
const FORWARDED = ", public: port-forward";
const FIXED = `${FORWARDED}, publicAddress: 203.0.113.7`;
const ZONE = "023e105f4ecef8ad9ca31a8372d0c353";
const KEPT = `dynamic: { cloudflare: { zone: ${ZONE} } }`;
const PUBLISHED = "publish: { cloudflare: { gateways: [external] } }";

const external = (more: string, address = "172.16.1.62"): Edit =>
  edit(GATEWAY, `${GATEWAY}\n    external: { address: ${address}${more} }`);
const dns = (...lines: readonly string[]): Edit => edit(DNS, [DNS, ...lines].join("\n  "));

/** The provider delegates a network of IPv6 to the house, and the pools are of it. */
const GLOBAL: readonly Edit[] = DUAL_STACK.map(({ find, replace }) =>
  edit(find, /^(pods|services)/.test(find) ? replace : replace.replaceAll("fd00:1::", "2a02:8071:1::")),
);
const inBoth = (more: string, address: string): readonly Edit[] => [
  ...GLOBAL,
  edit("gitops: flux", "gitops: flux\nsilence: { NET-PREFIX: ours for good }"),
  edit(
    "internal: { address: [172.16.1.61, 2a02:8071:1::61], default: true }",
    `internal: { address: [172.16.1.61, 2a02:8071:1::61], default: true }\n    external: { address: ${address}${more} }`,
  ),
];
const bothDns = (...lines: readonly string[]): Edit =>
  edit(
    "address: [172.16.1.60, 2a02:8071:1::60] }",
    ["address: [172.16.1.60, 2a02:8071:1::60] }", ...lines].join("\n  "),
  );

const OWN_IPV6 = `${FORWARDED}, publicAddress: 2a02:8071:1::62`;

export const wayCases: readonly Case[] = [
  {
    id: "FWD-ONE",
    broken: [
      external(FORWARDED),
      edit("default: true }", `default: true${FORWARDED} }`),
      dns("publish: { cloudflare: { gateways: [internal, external] } }", KEPT),
    ],
    nearMiss: [external(FORWARDED), dns(PUBLISHED, KEPT)],
  },
  {
    id: "FWD-FAMILY",
    broken: [...inBoth(FORWARDED, "2a02:8071:1::62"), bothDns(PUBLISHED, KEPT)],
    nearMiss: inBoth(OWN_IPV6, "2a02:8071:1::62"),
  },
  {
    id: "FWD-FAMILY",
    broken: [...inBoth(FIXED, "2a02:8071:1::62"), bothDns(PUBLISHED)],
    nearMiss: inBoth(FIXED, "[172.16.1.62, 2a02:8071:1::62]"),
  },
  {
    id: "FWD-ADDRESS",
    broken: [external(`${FORWARDED}, publicAddress: 100.72.3.4`), dns(PUBLISHED)],
    nearMiss: [external(`${FORWARDED}, publicAddress: 100.128.3.4`)],
  },
  {
    id: "FWD-IPV6",
    broken: [
      ...inBoth(`${FORWARDED}, publicAddress: [203.0.113.7, 2a02:8071:1::1]`, "[172.16.1.62, 2a02:8071:1::62]"),
      bothDns(PUBLISHED),
    ],
    nearMiss: inBoth(`${FORWARDED}, publicAddress: [203.0.113.7, 2a02:8071:1::62]`, "[172.16.1.62, 2a02:8071:1::62]"),
  },
  {
    id: "FWD-DOMAIN",
    broken: [external(FORWARDED), edit("domains: [ragas.cc]", "domains: [ragas.home.arpa]")],
    nearMiss: [external(FORWARDED), edit("domains: [ragas.cc]", "domains: [ragas.cc, ragas.home.arpa]")],
  },
  {
    id: "DDNS-ONE",
    broken: [
      external(FORWARDED),
      edit("domains: [ragas.cc]", "domains: [ragas.cc, ragas.net]"),
      dns(
        "publish: { cloudflare: { gateways: [external], domains: [ragas.net] } }",
        `dynamic: { cloudflare: { zone: ${ZONE} }, hetzner: true }`,
      ),
    ],
    nearMiss: [external(FORWARDED), dns("dynamic: { hetzner: true }")],
  },
  {
    id: "DDNS-NOTHING",
    broken: [external(", public: cloudflare-tunnel"), dns(PUBLISHED, KEPT)],
    nearMiss: [external(FORWARDED), dns(KEPT)],
  },
  {
    id: "DDNS-FIXED",
    broken: [external(FIXED), dns(PUBLISHED, KEPT)],
    nearMiss: [external(FIXED), dns(PUBLISHED)],
  },
  {
    id: "DDNS-HOST",
    broken: [external(FORWARDED), dns(PUBLISHED, "dynamic: { digitalocean: true }")],
    nearMiss: [external(FORWARDED), dns(PUBLISHED, KEPT)],
  },
  {
    id: "PUB-PROXIED",
    broken: [
      external(FORWARDED),
      edit("default: true }", "default: true, public: cloudflare-tunnel }"),
      dns("publish: { cloudflare: { gateways: [internal, external] } }", KEPT),
    ],
    nearMiss: [
      external(FORWARDED),
      edit("default: true }", "default: true, public: cloudflare-tunnel }"),
      dns(
        "publish: { cloudflare: { gateways: [internal] }, direct: { provider: cloudflare, gateways: [external] } }",
        KEPT,
      ),
    ],
  },
];

export const wayWarnings: readonly Case[] = [
  {
    id: "FWD-RECORD",
    broken: [external(FORWARDED), dns(PUBLISHED)],
    nearMiss: [external(FORWARDED), dns(PUBLISHED, KEPT)],
  },
  {
    id: "FWD-RECORD",
    broken: [external(FIXED)],
    nearMiss: [external(FIXED), dns(PUBLISHED)],
  },
  {
    id: "FWD-NAMES",
    broken: [external(FORWARDED), dns(KEPT)],
    nearMiss: [external(FORWARDED), dns(PUBLISHED, KEPT)],
  },
];
