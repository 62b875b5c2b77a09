/** Routers that nodes speak BGP with and machines beside the cluster, as cases.ts has the rest. */
import type { Case } from "./case.ts";
import { toldToRouter, withStepCa } from "./network.ts";
import { before, changed } from "./world.ts";

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
  {
    id: "DOCTOR-HOST-DEAF",
    what: "a machine on which no step-ca runs",
    in: changed(before, { programs: { "step version": { stdout: "Smallstep CLI/0.30.6 (linux/amd64)\n" } } }),
    network: withStepCa,
    broken: { addresses: { "172.16.1.2": { refused: [9000], ...somebody } } },
    nearMiss: { addresses: { "172.16.1.2": { open: [9000], ...somebody } } },
  },
];
