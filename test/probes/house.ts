/** The public address of the house and its record, as cases.ts has the rest. */
import type { Case } from "./case.ts";
import { forwarded } from "./network.ts";
import { changed, running } from "./world.ts";

/** With ports forwarded: what the internet says of the house, and of its name. */
const home = changed(running, {
  names: {
    "A direct.ragas.cc @1.1.1.1": ["203.0.113.7"],
    "A myip.opendns.com @208.67.222.222": ["203.0.113.7"],
  },
  servers: [...running.servers, "208.67.222.222"],
});

export const houseCases: readonly Case[] = [
  {
    id: "DOCTOR-HOME-ADDRESS",
    what: "a record with the address of last week",
    in: home,
    network: forwarded,
    broken: { names: { "A direct.ragas.cc @1.1.1.1": ["203.0.113.200"] } },
    nearMiss: { names: { "A myip.opendns.com @208.67.222.222": "failed" } },
  },
];
