/** Broken networks of the way in from the internet: certificates, public names, the tunnel. */
import { wayCases } from "./brokenWays.ts";
import { edit, type Case } from "./edits.ts";

const GATEWAY = "internal: { address: 172.16.1.61, default: true }";
const DNS = "split: { provider: k8s-gateway, address: 172.16.1.60 }";

/** A second gateway, with or without a way in from the internet. */
const external = (more: string) => edit(GATEWAY, `${GATEWAY}\n    external: { address: 172.16.1.62${more} }`);
const TUNNEL = ", public: cloudflare-tunnel";
const publish = (entries: string) => edit(DNS, `${DNS}\n  publish: { ${entries} }`);
const certificates = edit("dns:\n", "certificates: { letsencrypt: true }\n\ndns:\n");

export const publicCases: readonly Case[] = [
  ...wayCases,
  {
    id: "TLS-04",
    broken: [certificates, edit("domains: [ragas.cc]", "domains: [ragas.home.arpa]")],
    nearMiss: [certificates, edit("domains: [ragas.cc]", "domains: [home.ragas.cc]")],
  },
  {
    id: "TLS-15",
    broken: [certificates, edit("domains: [ragas.cc]", "domains: [ragas.tk]")],
    nearMiss: [certificates, edit("domains: [ragas.cc]", "domains: [tk.ragas.cc]")],
  },
  {
    id: "TLS-15",
    broken: [external(TUNNEL), publish("cloudflare: true"), edit("domains: [ragas.cc]", "domains: [ragas.ml]")],
    nearMiss: [external(TUNNEL), edit("domains: [ragas.cc]", "domains: [ragas.ml]")],
  },
  {
    id: "CFD-ONE",
    broken: [
      external(TUNNEL),
      edit("default: true }", `default: true${TUNNEL} }`),
      publish("cloudflare: { gateways: [internal, external] }"),
    ],
    nearMiss: [external(TUNNEL), publish("cloudflare: { gateways: [external] }")],
  },
  {
    id: "CFD-DOMAIN",
    broken: [
      external(TUNNEL),
      publish("cloudflare: true"),
      edit("domains: [ragas.cc]", "domains: [ragas.cc, ragas.home.arpa]"),
    ],
    nearMiss: [external(TUNNEL), publish("cloudflare: true"), edit("domains: [ragas.cc]", "domains: [ragas.cc, a.cc]")],
  },
  {
    id: "PUB-GATEWAY",
    broken: [external(TUNNEL), publish("cloudflare: { gateways: [external, exernal] }")],
    nearMiss: [external(TUNNEL), publish("cloudflare: { gateways: [external] }")],
  },
  {
    id: "EDNS-13",
    broken: [external(""), publish("cloudflare: { gateways: [external] }")],
    nearMiss: [external(TUNNEL), publish("cloudflare: { gateways: [external] }")],
  },
  {
    id: "PUB-NOTHING",
    broken: [publish("cloudflare: true")],
    nearMiss: [external(TUNNEL), publish("cloudflare: true")],
  },
  {
    id: "PUB-TWICE",
    broken: [external(TUNNEL), publish("cloudflare: true, away: { provider: cloudflare, gateways: [external] }")],
    nearMiss: [external(TUNNEL), publish("away: { provider: cloudflare, gateways: [external] }")],
  },
];
