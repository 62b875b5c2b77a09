/**
 * One broken network for each rule and a near miss beside it, as edits of the reference spec. The unit tests check the
 * findings, the command line tests check that the built program refuses each and touches nothing.
 */
import { edit, WORKER, type Case } from "./edits.ts";

const POOL = "172.16.1.60-172.16.1.69";
const GATEWAY = "internal: { address: 172.16.1.61, default: true }";

const DNS = "split: { provider: k8s-gateway, address: 172.16.1.60 }";

/** A second gateway, with or without a way in from the internet. */
const external = (more: string) => edit(GATEWAY, `${GATEWAY}\n    external: { address: 172.16.1.62${more} }`);
const TUNNEL = ", public: cloudflare-tunnel";
const publish = (entries: string) => edit(DNS, `${DNS}\n  publish: { ${entries} }`);
const certificates = edit("dns:\n", "certificates: { letsencrypt: true }\n\ndns:\n");

const ONE_PLANE = [
  edit("    talos-cp-2: { ip: 172.16.1.51, role: control-plane }\n", ""),
  edit("    talos-cp-3: { ip: 172.16.1.52, role: control-plane }\n", ""),
];

export const cases: readonly Case[] = [
  {
    id: "NET-OVERLAP",
    broken: [edit("pods: 10.42.0.0/16", "pods: 172.16.0.0/16")],
    nearMiss: [edit("pods: 10.42.0.0/16", "pods: 172.17.0.0/16")],
  },
  { id: "NET-LAN", broken: [edit("172.16.1.53", "172.16.2.53")], nearMiss: [edit("172.16.1.53", "172.16.1.54")] },
  {
    id: "NET-RESERVED",
    broken: [edit("172.16.1.53", "172.16.1.255")],
    nearMiss: [edit("172.16.1.53", "172.16.1.254")],
  },
  { id: "NET-OWNER", broken: [edit("172.16.1.53", "172.16.1.11")], nearMiss: [edit("172.16.1.53", "172.16.1.12")] },
  {
    id: "NET-NAME",
    broken: [edit("pve4: 172.16.1.5", "talos-cp-1: 172.16.1.5")],
    nearMiss: [edit("pve4: 172.16.1.5", "talos-cp-9: 172.16.1.5")],
  },
  {
    id: "NET-PODS-SIZE",
    broken: [edit("pods: 10.42.0.0/16", "pods: 10.42.0.0/23")],
    nearMiss: [edit("pods: 10.42.0.0/16", "pods: 10.42.0.0/22")],
  },
  {
    id: "NET-SERVICES-SIZE",
    broken: [edit("services: 10.43.0.0/16", "services: 11.0.0.0/8")],
    nearMiss: [edit("services: 10.43.0.0/16", "services: 10.48.0.0/12")],
  },
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
    broken: [edit("{ interface: ens18, disk: /dev/sda }", "{ disk: /dev/sda }")],
    nearMiss: [edit("interface: ens18", "interface: eth0")],
  },
  {
    id: "NODE-DISK",
    broken: [edit("{ interface: ens18, disk: /dev/sda }", "{ interface: ens18 }")],
    nearMiss: [edit("disk: /dev/sda", "disk: /dev/nvme0n1")],
  },
  {
    id: "NODE-WORKLOADS",
    broken: [
      edit("hardware: bare-metal", "hardware: bare-metal\n  workloadsOnControlPlanes: false\n  #"),
      edit(WORKER, ""),
    ],
    nearMiss: [edit("hardware: bare-metal", "hardware: bare-metal\n  workloadsOnControlPlanes: false\n  #")],
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
    id: "CIL-01",
    broken: [edit("routing: native", "routing: vxlan")],
    nearMiss: [edit("routing: native", "routing: vxlan"), edit("mode: dsr", "mode: snat")],
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
    id: "DNS-NAME",
    broken: [edit("dns: [adguard, technitium]", "dns: [adgaurd, technitium]")],
    nearMiss: [edit("dns: [adguard, technitium]", "dns: [technitium]")],
  },
  {
    id: "NET-RESOLVER",
    broken: [edit("dns: [adguard, technitium]", "dns: [10.43.0.53]")],
    nearMiss: [edit("dns: [adguard, technitium]", "dns: [9.9.9.9]")],
  },
  {
    id: "DNS-LOOP",
    broken: [edit("dns: [adguard, technitium]", "dns: [172.16.1.60]")],
    nearMiss: [edit("dns: [adguard, technitium]", "dns: [172.16.1.1]")],
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
    id: "DNS-ADDRESS",
    broken: [edit("dns: [adguard, technitium]", "dns: [127.0.0.1]")],
    nearMiss: [edit("dns: [adguard, technitium]", "dns: [128.0.0.1]")],
  },
  {
    id: "DNS-BOOTSTRAP",
    broken: [edit("https://github.com/example", "https://git.ragas.cc/example")],
    nearMiss: [edit("https://github.com/example", "https://git-ragas.cc/example")],
  },
  {
    id: "DNS-RESERVED",
    broken: [edit("domains: [ragas.cc]", "domains: [svc.cluster.local]")],
    nearMiss: [edit("domains: [ragas.cc]", "domains: [cluster.home.arpa]")],
  },
  {
    id: "NODE-LINK-KIND",
    broken: [edit("interface: ens18", "interface: ens18.20")],
    nearMiss: [edit("interface: ens18", "interface: ens1820")],
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
    id: "CIL-DEVICES",
    broken: [edit("routing: native", "routing: native\n  devices: [eth7]")],
    nearMiss: [edit("routing: native", "routing: native\n  devices: [ens+]")],
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
    id: "TLS-04",
    broken: [certificates, edit("domains: [ragas.cc]", "domains: [ragas.home.arpa]")],
    nearMiss: [certificates, edit("domains: [ragas.cc]", "domains: [home.ragas.cc]")],
  },
  {
    id: "TLS-15",
    broken: [certificates, edit("domains: [ragas.cc]", "domains: [ragas.tk]")],
    nearMiss: [certificates, edit("domains: [ragas.cc]", "domains: [tk.ragas.cc]")],
  },
  {
    id: "CFD-ONE",
    broken: [
      external(TUNNEL),
      edit("default: true }", `default: true${TUNNEL} }`),
      publish("cloudflare: { gateways: [internal, external] }"),
    ],
    nearMiss: [external(TUNNEL), publish("cloudflare: { gateways: [external] }")],
  },
  {
    id: "CFD-DOMAIN",
    broken: [
      external(TUNNEL),
      publish("cloudflare: true"),
      edit("domains: [ragas.cc]", "domains: [ragas.cc, ragas.home.arpa]"),
    ],
    nearMiss: [external(TUNNEL), publish("cloudflare: true"), edit("domains: [ragas.cc]", "domains: [ragas.cc, a.cc]")],
  },
  {
    id: "PUB-GATEWAY",
    broken: [external(TUNNEL), publish("cloudflare: { gateways: [external, exernal] }")],
    nearMiss: [external(TUNNEL), publish("cloudflare: { gateways: [external] }")],
  },
  {
    id: "EDNS-13",
    broken: [external(""), publish("cloudflare: { gateways: [external] }")],
    nearMiss: [external(TUNNEL), publish("cloudflare: { gateways: [external] }")],
  },
  {
    id: "PUB-NOTHING",
    broken: [publish("cloudflare: true")],
    nearMiss: [external(TUNNEL), publish("cloudflare: true")],
  },
  {
    id: "PUB-TWICE",
    broken: [external(TUNNEL), publish("cloudflare: true, away: { provider: cloudflare, gateways: [external] }")],
    nearMiss: [external(TUNNEL), publish("away: { provider: cloudflare, gateways: [external] }")],
  },
];
