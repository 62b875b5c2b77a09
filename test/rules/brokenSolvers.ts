/** Broken networks about who proves the domains. */
import { edit, type Case } from "./edits.ts";

const letsEncrypt = (options: string) => edit("dns:\n", `certificates: { letsencrypt: { ${options} } }\n\ndns:\n`);
const domains = (all: string) => edit("domains: [ragas.cc]", `domains: [${all}]`);

export const solverCases: readonly Case[] = [
  {
    id: "TLS-15",
    broken: [
      letsEncrypt("solver: hetzner, elsewhere: [{ domain: ragas.tk, solver: cloudflare }]"),
      domains("ragas.cc, ragas.tk"),
    ],
    nearMiss: [letsEncrypt("solver: hetzner"), domains("ragas.cc, ragas.tk")],
  },
  {
    id: "TLS-SOLVER-DOMAIN",
    broken: [letsEncrypt("elsewhere: [{ domain: ragas.nte, solver: hetzner }]"), domains("ragas.cc, ragas.net")],
    nearMiss: [letsEncrypt("elsewhere: [{ domain: ragas.net, solver: hetzner }]"), domains("ragas.cc, ragas.net")],
  },
  {
    id: "TLS-SOLVER-DOMAIN",
    broken: [
      letsEncrypt("elsewhere: [{ domain: ragas.net, solver: hetzner }, { domain: ragas.net, solver: digitalocean }]"),
      domains("ragas.cc, ragas.net"),
    ],
    nearMiss: [
      letsEncrypt("elsewhere: [{ domain: ragas.net, solver: hetzner }, { domain: ragas.org, solver: digitalocean }]"),
      domains("ragas.cc, ragas.net, ragas.org"),
    ],
  },
  {
    id: "TLS-SOLVER-KEYS",
    broken: [letsEncrypt("solver: google")],
    nearMiss: [letsEncrypt("solver: google, google: { project: ragas-123456 }")],
  },
  {
    id: "TLS-SOLVER-KEYS",
    broken: [letsEncrypt("rfc2136: { server: 203.0.113.53, key: homelab }")],
    nearMiss: [letsEncrypt("solver: rfc2136, rfc2136: { server: 203.0.113.53, key: homelab }")],
  },
  {
    id: "TLS-SOLVER-KEYS",
    broken: [letsEncrypt("solver: hetzner, route53: { region: eu-central-1 }")],
    nearMiss: [letsEncrypt("solver: route53")],
  },
  {
    id: "TLS-SOLVER-ZONE",
    broken: [letsEncrypt("solver: route53, route53: { zone: Z2FDTNDATAQYW2 }"), domains("ragas.cc, ragas.net")],
    nearMiss: [letsEncrypt("solver: route53, route53: { zone: Z2FDTNDATAQYW2 }"), domains("ragas.cc, home.ragas.cc")],
  },
];
