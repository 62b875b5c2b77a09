/** Broken networks of who certifies what. */
import { ROOT } from "../fixtures/root.ts";
import { solverCases } from "./brokenSolvers.ts";
import { edit, NGINX, type Case } from "./edits.ts";

const KNOWN = edit("gitops: flux", "gitops: flux\nsilence: { NGX-01: until summer }");
const BOTH_DOMAINS = edit("domains: [ragas.cc]", "domains: [ragas.cc, ragas.home.arpa]");
const certificates = (issuers: string) => edit("dns:\n", `certificates: { ${issuers} }\n\ndns:\n`);
const STEP_CA = certificates(`step-ca: { host: pve1, root: ${ROOT} }`);
const PROXY = edit("provider: talos-vip, address: 172.16.1.49", "provider: haproxy, hosts: [pve1]");
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
  {
    id: "STEP-HOST",
    broken: [certificates(`step-ca: { host: talos-cp-1, root: ${ROOT} }`)],
    nearMiss: [STEP_CA],
  },
  {
    id: "STEP-HOST",
    broken: [certificates(`step-ca: { host: pve11, root: ${ROOT} }`)],
    nearMiss: [STEP_CA],
  },
  {
    id: "STEP-PORT",
    broken: [certificates(`step-ca: { host: pve1, port: 8405, root: ${ROOT} }`), PROXY],
    nearMiss: [certificates(`step-ca: { host: pve2, port: 8405, root: ${ROOT} }`), PROXY],
  },
  {
    id: "STEP-PORT",
    broken: [certificates(`step-ca: { host: pve1, port: 6443, root: ${ROOT} }`), PROXY],
    nearMiss: [certificates(`step-ca: { host: pve1, root: ${ROOT} }`), PROXY],
  },
  {
    id: "STEP-MACHINES",
    broken: [certificates(`step-ca: { host: pve1, root: ${ROOT}, machines: [pve2] }`)],
    nearMiss: [certificates(`step-ca: { host: pve1, root: ${ROOT}, ssh: true, machines: [pve2] }`)],
  },
  {
    id: "STEP-MACHINES",
    broken: [certificates(`step-ca: { host: pve1, root: ${ROOT}, ssh: true, machines: [pve9] }`)],
    nearMiss: [certificates(`step-ca: { host: pve1, root: ${ROOT}, ssh: true, machines: [pve2, pve1] }`)],
  },
  {
    id: "STEP-MACHINES",
    broken: [certificates(`step-ca: { host: pve1, root: ${ROOT}, ssh: true, machines: [talos-cp-1] }`)],
    nearMiss: [certificates(`step-ca: { host: pve1, root: ${ROOT}, ssh: true }`)],
  },
  {
    id: "TLS-ISSUER-IDLE",
    broken: [certificates(`letsencrypt: true, step-ca: { host: pve1, root: ${ROOT} }`)],
    nearMiss: [certificates(`letsencrypt: true, step-ca: { host: pve1, ssh: true }`)],
  },
  ...solverCases,
];
