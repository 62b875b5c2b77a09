/** Broken networks whose gateways are entrypoints of Traefik. */
import { edit, type Case } from "./edits.ts";

const GATEWAY = "internal: { address: 172.16.1.61, default: true }";
const TRAEFIK = edit("provider: envoy-gateway", "provider: traefik");

export const traefikCases: readonly Case[] = [
  {
    id: "TRF-02",
    broken: [TRAEFIK, edit(GATEWAY, `${GATEWAY}\n    grandparents: { address: 172.16.1.62 }`)],
    nearMiss: [TRAEFIK, edit(GATEWAY, `${GATEWAY}\n    neighbours1: { address: 172.16.1.62 }`)],
  },
  {
    id: "TRF-03",
    broken: [TRAEFIK, edit(GATEWAY, `${GATEWAY}\n    old: { address: 172.16.1.62, entrypoints: [web, websecure239] }`)],
    nearMiss: [
      TRAEFIK,
      edit(GATEWAY, `${GATEWAY}\n    old: { address: 172.16.1.62, entrypoints: [web239, websecure239] }`),
    ],
  },
];
