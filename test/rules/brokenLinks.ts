/** Nodes whose links cannot carry what is asked of them. */
import { edit, ON_BARE_METAL, type Case } from "./edits.ts";

const WORKER = "53, role: worker";

export const linkCases: readonly Case[] = [
  {
    id: "CIL-DEVICES",
    broken: [...ON_BARE_METAL, edit("routing: native", "routing: native\n  devices: [eth7]")],
    nearMiss: [...ON_BARE_METAL, edit("routing: native", "routing: native\n  devices: [ens+]")],
  },
  {
    id: "CIL-DEVICES",
    broken: [
      ...ON_BARE_METAL,
      edit("interface: ens18", "interface: ens18, vlan: 20"),
      edit("routing: native", "routing: native\n  devices: [ens18]"),
    ],
    nearMiss: [
      ...ON_BARE_METAL,
      edit("interface: ens18", "interface: ens18, vlan: 20"),
      edit("routing: native", "routing: native\n  devices: [ens18.20]"),
    ],
  },
  {
    id: "CIL-DEVICES",
    broken: [
      ...ON_BARE_METAL,
      edit("interface: ens18", "bond: { interfaces: [eno1, eno2] }"),
      edit("routing: native", "routing: native\n  devices: [eno1]"),
    ],
    nearMiss: [
      ...ON_BARE_METAL,
      edit("interface: ens18", "bond: { interfaces: [eno1, eno2] }"),
      edit("routing: native", "routing: native\n  devices: [bond0]"),
    ],
  },
  {
    id: "XDP-LINK",
    broken: [edit("mode: dsr", "mode: dsr, acceleration: native"), edit(WORKER, `${WORKER}, vlan: 20`)],
    nearMiss: [edit("mode: dsr", "mode: dsr, acceleration: best-effort"), edit(WORKER, `${WORKER}, vlan: 20`)],
  },
  {
    id: "XDP-LINK",
    broken: [
      ...ON_BARE_METAL,
      edit("mode: dsr", "mode: dsr, acceleration: native"),
      edit("interface: ens18", "bond: { interfaces: [eno1, eno2], mode: balance-alb }"),
    ],
    nearMiss: [
      ...ON_BARE_METAL,
      edit("mode: dsr", "mode: dsr, acceleration: native"),
      edit("interface: ens18", "bond: { interfaces: [eno1, eno2], mode: 802.3ad }"),
    ],
  },
  {
    id: "PVE-VLAN",
    broken: [edit(WORKER, `${WORKER}, vlan: 20`), edit("host: pve4", "host: pve4, vlan: 20")],
    nearMiss: [edit("host: pve4", "host: pve4, vlan: 20")],
  },
];
