/** Combinations of options that Calico takes and that do not work. */
import { edit, ON_BARE_METAL, type Case, type Edit } from "./edits.ts";

/** The reference network with Calico and what goes with it. */
export const withCalico = (options: string): readonly Edit[] => [
  edit(
    "  provider: cilium\n  routing: native\n  loadBalancing: { mode: dsr }\n",
    `  provider: calico\n${options === "" ? "" : `  ${options}\n`}`,
  ),
  edit("provider: cilium\n  mode: l2", "provider: metallb\n  mode: l2"),
];

const TAGGED = edit("interface: ens18", "interface: ens18, vlan: 20");

export const calicoCases: readonly Case[] = [
  {
    id: "CAL-10",
    broken: [...withCalico("dataplane: ebpf"), ...ON_BARE_METAL, TAGGED],
    nearMiss: [...withCalico("dataplane: nftables"), ...ON_BARE_METAL, TAGGED],
  },
  {
    id: "CAL-10",
    broken: [
      ...withCalico("dataplane: ebpf"),
      ...ON_BARE_METAL,
      edit("{ ip: 172.16.1.53, role: worker }", "{ ip: 172.16.1.53, role: worker, vlan: 20 }"),
    ],
    nearMiss: [...withCalico("dataplane: ebpf"), ...ON_BARE_METAL],
  },
  { id: "CHOICE-PART", broken: withCalico("").slice(0, 1), nearMiss: withCalico("") },
  {
    id: "CHOICE-PART",
    broken: [...withCalico(""), edit("provider: envoy-gateway", "provider: cilium")],
    nearMiss: withCalico(""),
  },
];
