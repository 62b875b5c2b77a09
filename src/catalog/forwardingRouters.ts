/** Routers that a page knows the steps for, by what homelab.yaml says of the machines of the LAN. */
import type { Host, Plan } from "../model/plan.ts";
import type { View } from "../model/unit.ts";

const ROUTERS: Readonly<Record<string, readonly string[]>> = {
  unifi: ["unifi", "unifi-network", "udm"],
  opnsense: ["opnsense"],
  mikrotik: ["mikrotik", "routeros"],
  fritzbox: ["fritzbox", "fritz!box", "fritz-box"],
};

/** Others that a network may have: the page says for any router what they are told. */
const OTHERS = ["frr", "pfsense", "vyos"];

/** Which of them are there, by id; all where nobody said what the router is. */
export function routerSections({ lan }: Pick<Plan, "lan">): View {
  const software = wordsOf(lan.hosts);
  const known = Object.keys(ROUTERS).filter((id) => ROUTERS[id]?.some((word) => software.includes(word)));
  const isUnknown =
    known.length === 0 &&
    !wordsOf(lan.hosts.filter(({ ips }) => ips.includes(lan.gateway))).some((word) => OTHERS.includes(word));
  return Object.fromEntries(Object.keys(ROUTERS).map((id) => [id, isUnknown || known.includes(id)]));
}

const wordsOf = (hosts: readonly Host[]): readonly string[] =>
  hosts.flatMap(({ software }) => software).map((one) => one.toLowerCase().replaceAll(" ", "-"));
