/** Networks of the house that do not go together, beside broken.ts. */
import { edit, type Case } from "./edits.ts";

const POOL = "172.16.1.60-172.16.1.69";
const GATEWAY = "internal: { address: 172.16.1.61, default: true }";

const networks = (text: string) => edit("cluster:\n", `networks:\n  ${text}\ncluster:\n`);

export const networkCases: readonly Case[] = [
  {
    id: "NET-OVERLAP",
    broken: [networks("vpn: 172.16.1.128/25")],
    nearMiss: [networks("vpn: 172.16.2.128/25")],
  },
  {
    id: "NET-OVERLAP",
    broken: [networks("cluster: { cidr: 10.42.7.0/24 }")],
    nearMiss: [networks("cluster: { cidr: 10.41.7.0/24 }")],
  },
  {
    id: "NET-OTHER",
    broken: [networks("iot: { cidr: 192.168.30.0/24, vlan: 30 }"), edit("172.16.1.53", "192.168.30.53")],
    nearMiss: [
      networks("iot: { cidr: 192.168.30.0/24, vlan: 30 }"),
      edit("pve4: 172.16.1.5", "pve4: 172.16.1.5\n    bulb: 192.168.30.53"),
    ],
  },
  {
    id: "NET-OTHER",
    broken: [
      networks("iot: 192.168.30.0/24"),
      edit(POOL, `${POOL}, things: 192.168.30.60-192.168.30.69`),
      edit(GATEWAY, `${GATEWAY}\n    things: { address: 192.168.30.60 }`),
    ],
    nearMiss: [
      networks("iot: 192.168.30.0/24"),
      edit(POOL, `${POOL}, things: 172.16.1.80-172.16.1.89`),
      edit(GATEWAY, `${GATEWAY}\n    things: { address: 172.16.1.80 }`),
    ],
  },
  {
    id: "NODE-VLAN",
    broken: [
      networks("iot: { cidr: 192.168.30.0/24, vlan: 30 }"),
      edit("53, role: worker", "53, role: worker, vlan: 30"),
    ],
    nearMiss: [
      networks("iot: { cidr: 192.168.30.0/24, vlan: 30 }"),
      edit("53, role: worker", "53, role: worker, vlan: 20"),
    ],
  },
];
