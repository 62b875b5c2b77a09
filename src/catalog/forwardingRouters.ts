/** Routers that a page knows the steps for, by what homelab.yaml says of the machines of the LAN. */
import type { Plan } from "../model/plan.ts";
import type { View } from "../model/unit.ts";

const ROUTERS: Readonly<Record<string, readonly string[]>> = {
  unifi: ["unifi", "unifi-network", "udm"],
  opnsense: ["opnsense"],
  mikrotik: ["mikrotik", "routeros"],
  fritzbox: ["fritzbox", "fritz!box", "fritz-box"],
};

/** Which of them are there, by id; all where none is known. */
export function routerSections({ lan }: Pick<Plan, "lan">): View {
  const software = lan.hosts.flatMap((host) => host.software).map((one) => one.toLowerCase().replaceAll(" ", "-"));
  const known = Object.keys(ROUTERS).filter((id) => ROUTERS[id]?.some((word) => software.includes(word)));
  return Object.fromEntries(Object.keys(ROUTERS).map((id) => [id, known.length === 0 || known.includes(id)]));
}
