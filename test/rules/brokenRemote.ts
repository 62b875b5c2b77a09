/** Broken networks with a way home from outside. */
import { DUAL_STACK } from "../fixtures/dualStack.ts";
import { CILIUM_BGP } from "../fixtures/overBgp.ts";
import { edit, type Case } from "./edits.ts";

const TAILSCALE = edit("dns:\n", "remote: { tailscale: true }\n\ndns:\n");
const PODS = edit("pods: 10.42.0.0/16", "pods: 100.64.0.0/16");

export const remoteCases: readonly Case[] = [
  { id: "TS-NETWORK", broken: [TAILSCALE, PODS], nearMiss: [PODS] },
  {
    id: "TS-NETWORK",
    broken: [TAILSCALE, edit("services: 10.43.0.0/16", "services: 100.127.0.0/16")],
    nearMiss: [
      TAILSCALE,
      // The tailnet itself, written down.
      edit("cluster:\n", "networks: { tailnet: 100.64.0.0/10 }\n\ncluster:\n"),
    ],
  },
  {
    id: "TS-NETWORK",
    broken: [TAILSCALE, ...DUAL_STACK, edit("fd00:1:0:4200::/56", "fd7a:115c:a1e0:4200::/56")],
    nearMiss: [TAILSCALE, ...DUAL_STACK],
  },
  {
    id: "TS-NETWORK",
    broken: [
      TAILSCALE,
      ...CILIUM_BGP,
      edit("    lan: 10.50.0.0/24\n", "    lan: 10.50.0.0/24\n    far: 100.100.1.0/24\n"),
    ],
    nearMiss: [TAILSCALE, ...CILIUM_BGP],
  },
];
