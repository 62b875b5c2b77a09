/** Routers that nodes speak BGP with, as cases.ts has the rest. */
import type { Case } from "./case.ts";
import { toldToRouter } from "./network.ts";
import { before } from "./world.ts";

const somebody = { neighbour: { mac: "a4:83:e7:00:00:01" } };

export const routerCases: readonly Case[] = [
  {
    id: "DOCTOR-ROUTER-DEAF",
    what: "a router that speaks no BGP",
    in: before,
    network: toldToRouter,
    broken: { addresses: { "172.16.1.254": { refused: [179], ...somebody } } },
    nearMiss: { addresses: { "172.16.1.254": { refused: [22], ...somebody } } },
  },
];
