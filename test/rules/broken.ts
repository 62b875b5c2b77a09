/**
 * One broken network for each rule and a near miss beside it, as edits of the reference spec. The unit tests check the
 * findings, the command line tests check that the built program refuses each and touches nothing.
 */
import { addressCases } from "./brokenAddresses.ts";
import { certificateCases } from "./brokenAuthorities.ts";
import { boardCases } from "./brokenBoards.ts";
import { storageCases } from "./brokenStorage.ts";
import { besideCases } from "./brokenBeside.ts";
import { haproxyCases } from "./brokenHaproxy.ts";
import { hostCases } from "./brokenHosts.ts";
import { attachmentCases } from "./brokenAttachments.ts";
import { calicoCases } from "./brokenCalico.ts";
import { ciliumCases } from "./brokenCilium.ts";
import { existingCases } from "./brokenExisting.ts";
import { familyCases } from "./brokenFamilies.ts";
import { k3sCases } from "./brokenK3s.ts";
import { kubeVipCases } from "./brokenKubeVip.ts";
import { onNodesCases } from "./brokenOnNodes.ts";
import { linkCases } from "./brokenLinks.ts";
import { nameCases } from "./brokenNames.ts";
import { bgpCases } from "./brokenBgp.ts";
import { networkCases } from "./brokenNetworks.ts";
import { passthroughCases } from "./brokenPassthrough.ts";
import { publicCases } from "./brokenPublic.ts";
import { houseCases } from "./brokenHouse.ts";
import { argoCases } from "./brokenArgo.ts";
import { secretCases } from "./brokenSecrets.ts";
import { observedCases } from "./brokenObserved.ts";
import { policyCases } from "./brokenPolicies.ts";
import { remoteCases } from "./brokenRemote.ts";
import { traefikCases } from "./brokenTraefik.ts";
import { versionCases } from "./brokenVersions.ts";
import { virtualMachineCases } from "./brokenVirtualMachines.ts";
import { edit, NGINX, ON_BARE_METAL, type Case, WORKER } from "./edits.ts";

const KNOWN = edit("gitops: flux", "gitops: flux\nsilence: { NGX-01: until summer }");

const POOL = "172.16.1.60-172.16.1.69";
const GATEWAY = "internal: { address: 172.16.1.61, default: true }";

const ONE_PLANE = [
  edit("    talos-cp-2: { ip: 172.16.1.51, role: control-plane, proxmox: { host: pve2 } }\n", ""),
  edit("    talos-cp-3: { ip: 172.16.1.52, role: control-plane, proxmox: { host: pve3 } }\n", ""),
];

export const cases: readonly Case[] = [
  ...versionCases,
  ...besideCases,
  ...storageCases,
  ...secretCases,
  ...passthroughCases,
  ...nameCases,
  ...networkCases,
  ...bgpCases,
  ...familyCases,
  ...attachmentCases,
  ...kubeVipCases,
  ...onNodesCases,
  ...addressCases,
  {
    id: "DHCP-LAN",
    broken: [edit("dhcp: 172.16.1.100-172.16.1.199", "dhcp: 172.16.2.100-172.16.2.199")],
    nearMiss: [edit("172.16.1.199", "172.16.1.254")],
  },
  {
    id: "ETCD-NONE",
    broken: [
      edit("50, role: control-plane", "50, role: worker"),
      edit("51, role: control-plane", "51, role: worker"),
      edit("52, role: control-plane", "52, role: worker"),
    ],
    nearMiss: [
      edit("51, role: control-plane", "51, role: worker"),
      edit("52, role: control-plane", "52, role: worker"),
    ],
  },
  { id: "ETCD-EVEN", broken: [edit("52, role: control-plane", "52, role: worker")], nearMiss: [edit(WORKER, "")] },
  {
    id: "NODE-LINK",
    broken: [...ON_BARE_METAL, edit("{ interface: ens18, disk: /dev/sda }", "{ disk: /dev/sda }")],
    nearMiss: [...ON_BARE_METAL, edit("interface: ens18", "bond: { interfaces: [eno1, eno2] }")],
  },
  {
    id: "NODE-DISK",
    broken: [...ON_BARE_METAL, edit("{ interface: ens18, disk: /dev/sda }", "{ interface: ens18 }")],
    nearMiss: [...ON_BARE_METAL, edit("disk: /dev/sda", "diskSelector: { type: nvme }")],
  },
  {
    id: "NODE-WORKLOADS",
    broken: [edit("hardware: proxmox", "hardware: proxmox\n  workloadsOnControlPlanes: false\n  #"), edit(WORKER, "")],
    nearMiss: [edit("hardware: proxmox", "hardware: proxmox\n  workloadsOnControlPlanes: false\n  #")],
  },
  {
    id: "NODE-MAC",
    broken: [
      edit("50, role: control-plane", '50, role: control-plane, mac: "bc:24:11:00:00:01"'),
      edit("51, role: control-plane", '51, role: control-plane, mac: "BC:24:11:00:00:01"'),
    ],
    nearMiss: [
      edit("50, role: control-plane", '50, role: control-plane, mac: "bc:24:11:00:00:01"'),
      edit("51, role: control-plane", '51, role: control-plane, mac: "bc:24:11:00:00:02"'),
    ],
  },
  {
    id: "LB-POOL-LAN",
    broken: [edit(POOL, "172.16.2.60-172.16.2.69")],
    nearMiss: [edit(POOL, "172.16.1.60-172.16.1.62")],
  },
  {
    id: "LB-POOL-OVERLAP",
    broken: [edit(`lan: ${POOL}`, `lan: ${POOL}, more: 172.16.1.69-172.16.1.75`)],
    nearMiss: [edit(`lan: ${POOL}`, `lan: ${POOL}, more: 172.16.1.70-172.16.1.75`)],
  },
  {
    id: "LB-POOL-RESERVED",
    broken: [edit(`lan: ${POOL}`, `lan: ${POOL}, more: 172.16.1.240-172.16.1.255`)],
    nearMiss: [edit(`lan: ${POOL}`, `lan: ${POOL}, more: 172.16.1.240-172.16.1.254`)],
  },
  {
    id: "LB-POOL-TAKEN",
    broken: [edit(POOL, "172.16.1.53-172.16.1.69")],
    nearMiss: [edit(POOL, "172.16.1.54-172.16.1.69")],
  },
  {
    id: "LB-POOL-DHCP",
    broken: [edit(POOL, "172.16.1.60-172.16.1.120")],
    nearMiss: [edit(POOL, "172.16.1.60-172.16.1.99")],
  },
  {
    id: "DHCP-ADDRESS",
    broken: [edit("address: 172.16.1.49", "address: 172.16.1.100")],
    nearMiss: [edit("address: 172.16.1.49", "address: 172.16.1.99")],
  },
  {
    id: "LB-ADDRESS-POOL",
    broken: [edit(GATEWAY, GATEWAY.replace("61", "70"))],
    nearMiss: [edit(GATEWAY, GATEWAY.replace("61", "69"))],
  },
  {
    id: "NET-RESOLVER",
    broken: [edit("dns: [adguard, technitium]", "dns: [10.43.0.53]")],
    nearMiss: [edit("dns: [adguard, technitium]", "dns: [9.9.9.9]")],
  },
  {
    id: "NET-INSIDE",
    broken: [edit("pve4: 172.16.1.5", "pve4: 172.16.1.5\n    nas: 10.42.7.20")],
    nearMiss: [edit("pve4: 172.16.1.5", "pve4: 172.16.1.5\n    nas: 10.44.7.20")],
  },
  {
    id: "NET-INSIDE",
    broken: [edit("lan:\n", "lan:\n  ntp: [10.43.0.123]\n")],
    nearMiss: [edit("lan:\n", "lan:\n  ntp: [10.44.0.123]\n")],
  },
  {
    id: "NET-INSIDE",
    broken: [edit("dns:\n", "dns:\n  records: [{ name: nas.ragas.cc, to: 10.42.7.20 }]\n")],
    nearMiss: [edit("dns:\n", "dns:\n  records: [{ name: nas.ragas.cc, to: 10.44.7.20 }]\n")],
  },
  {
    id: "NET-KIND",
    broken: [edit("pods: 10.42.0.0/16", "pods: 169.254.0.0/16")],
    nearMiss: [edit("pods: 10.42.0.0/16", "pods: 10.169.0.0/16")],
  },
  {
    id: "LB-POOL-SERVER",
    broken: [edit("dns: [adguard, technitium]", "dns: [172.16.1.65]")],
    nearMiss: [edit("dns: [adguard, technitium]", "dns: [172.16.1.70]")],
  },
  {
    id: "NODE-LINK-KIND",
    broken: [...ON_BARE_METAL, edit("interface: ens18", "interface: ens18.20")],
    nearMiss: [...ON_BARE_METAL, edit("interface: ens18", "interface: ens18, vlan: 20")],
  },
  {
    id: "NODE-NAME",
    broken: [edit("talos-worker-1:", "con:")],
    nearMiss: [edit("talos-worker-1:", "con1:")],
  },
  {
    id: "NODE-MAC-KIND",
    broken: [edit("50, role: control-plane", '50, role: control-plane, mac: "01:24:11:00:00:01"')],
    nearMiss: [edit("50, role: control-plane", '50, role: control-plane, mac: "02:24:11:00:00:01"')],
  },
  {
    id: "API-NODE",
    broken: [
      ...ONE_PLANE,
      edit("{ provider: talos-vip, address: 172.16.1.49 }", "{ provider: none, node: talos-worker-1 }"),
    ],
    nearMiss: [
      ...ONE_PLANE,
      edit("{ provider: talos-vip, address: 172.16.1.49 }", "{ provider: none, node: talos-cp-1 }"),
    ],
  },
  {
    id: "GW-NAME",
    broken: [edit("internal: {", "gateway: {")],
    nearMiss: [edit("internal: {", "gateways: {")],
  },
  {
    id: "GW-DEFAULT",
    broken: [edit(GATEWAY, `${GATEWAY}\n    guests: { address: 172.16.1.62, default: true }`)],
    nearMiss: [edit(GATEWAY, `${GATEWAY}\n    guests: { address: 172.16.1.62 }`)],
  },
  {
    id: "NGX-NAME",
    broken: [...NGINX, KNOWN, edit("internal: {", "the-house-and-the-garden-too1: {")],
    nearMiss: [...NGINX, KNOWN, edit("internal: {", "the-house-and-the-garden-too: {")],
  },
  ...traefikCases,
  ...ciliumCases,
  ...calicoCases,
  ...boardCases,
  ...haproxyCases,
  ...hostCases,
  ...existingCases,
  ...linkCases,
  ...virtualMachineCases,
  ...k3sCases,
  ...publicCases,
  ...certificateCases,
  ...houseCases,
  ...remoteCases,
  ...observedCases,
  ...policyCases,
  ...argoCases,
];
