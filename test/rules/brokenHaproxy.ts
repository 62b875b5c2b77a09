/** HAProxy in front of the API, as changes of the reference network. */
import { edit, WORKER, type Case, type Edit } from "./edits.ts";

const VIP = "{ provider: talos-vip, address: 172.16.1.49 }";

const api = (keys: string): Edit => edit(VIP, `{ provider: haproxy, ${keys} }`);

const ONE_PLANE = [
  edit("    talos-cp-2: { ip: 172.16.1.51, role: control-plane, proxmox: { host: pve2 } }\n", ""),
  edit("    talos-cp-3: { ip: 172.16.1.52, role: control-plane, proxmox: { host: pve3 } }\n", ""),
];

export const haproxyCases: readonly Case[] = [
  { id: "HAP-HOST", broken: [api("hosts: [allyrion]")], nearMiss: [api("hosts: [technitium]")] },
  {
    id: "HAP-HOST",
    broken: [api("hosts: [talos-worker-1]")],
    nearMiss: [
      api("hosts: [talos-worker-2]"),
      edit("pve4: 172.16.1.5", "pve4: 172.16.1.5\n    talos-worker-2: 172.16.1.6"),
    ],
  },
  {
    id: "HAP-01",
    broken: [api("hosts: [talos-cp-1]")],
    nearMiss: [api("hosts: [talos-cp-1], port: 8443")],
  },
  {
    id: "HAP-PORTS",
    broken: [api("hosts: [pve1], metrics: 6443")],
    nearMiss: [api("hosts: [pve1], port: 8405, metrics: 6443")],
  },
  {
    id: "HAP-LAN",
    broken: [
      api("hosts: [pve1, far], address: 172.16.1.49"),
      edit("pve4: 172.16.1.5", "pve4: 172.16.1.5\n    far: 192.168.7.2"),
    ],
    nearMiss: [api("hosts: [far]"), edit("pve4: 172.16.1.5", "pve4: 172.16.1.5\n    far: 192.168.7.2")],
  },
  {
    id: "NET-OWNER",
    broken: [api("hosts: [pve1, pve2], address: 172.16.1.3")],
    nearMiss: [api("hosts: [pve1, pve2], address: 172.16.1.49")],
  },
  {
    id: "DHCP-ADDRESS",
    broken: [api("hosts: [pve1, pve2], address: 172.16.1.100")],
    nearMiss: [api("hosts: [pve1, pve2], address: 172.16.1.99")],
  },
  {
    id: "LB-POOL-TAKEN",
    broken: [api("hosts: [pve1, pve2], address: 172.16.1.65")],
    nearMiss: [api("hosts: [pve1, pve2], address: 172.16.1.70")],
  },
  {
    id: "SPEC-ADDRESS",
    broken: [api("hosts: [pve1, pve2]")],
    nearMiss: [api("hosts: [pve1]")],
  },
  { id: "SPEC-VALUE", broken: [api("hosts: [pve1, pve1]")], nearMiss: [api("hosts: [pve1]")] },
];

export const haproxyWarnings: readonly Case[] = [
  { id: "HAP-FEW", broken: [...ONE_PLANE, api("hosts: [pve1]")], nearMiss: [edit(WORKER, ""), api("hosts: [pve1]")] },
];
