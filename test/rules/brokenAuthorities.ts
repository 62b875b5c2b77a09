/** Broken networks of who certifies what. */
import { solverCases } from "./brokenSolvers.ts";
import { edit, NGINX, type Case } from "./edits.ts";

const KNOWN = edit("gitops: flux", "gitops: flux\nsilence: { NGX-01: until summer }");
const BOTH_DOMAINS = edit("domains: [ragas.cc]", "domains: [ragas.cc, ragas.home.arpa]");
const certificates = (issuers: string) => edit("dns:\n", `certificates: { ${issuers} }\n\ndns:\n`);
const BOTH = certificates("letsencrypt: true, internal-ca: true");

export const certificateCases: readonly Case[] = [
  {
    id: "TLS-04",
    broken: [certificates("letsencrypt: true"), BOTH_DOMAINS],
    nearMiss: [BOTH, BOTH_DOMAINS],
  },
  {
    id: "TLS-SOLVER-DOMAIN",
    broken: [
      certificates("letsencrypt: { elsewhere: [{ domain: ragas.home.arpa, solver: hetzner }] }, internal-ca: true"),
      BOTH_DOMAINS,
    ],
    nearMiss: [BOTH, BOTH_DOMAINS],
  },
  { id: "TLS-ISSUER-IDLE", broken: [BOTH], nearMiss: [BOTH, BOTH_DOMAINS] },
  {
    id: "TLS-ISSUER-IDLE",
    broken: [BOTH, edit("domains: [ragas.cc]", "domains: [ragas.home.arpa]")],
    nearMiss: [certificates("internal-ca: true"), edit("domains: [ragas.cc]", "domains: [ragas.home.arpa]")],
  },
  {
    id: "TLS-ONE-ISSUER",
    broken: [...NGINX, KNOWN, BOTH, BOTH_DOMAINS],
    nearMiss: [...NGINX, KNOWN, certificates("internal-ca: true"), BOTH_DOMAINS],
  },
  ...solverCases,
];
