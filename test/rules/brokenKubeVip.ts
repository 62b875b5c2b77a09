/** kube-vip, for Services and for the API, beside broken.ts. */
import { DUAL_STACK } from "../fixtures/dualStack.ts";
import { ANNOUNCED, API_AND_SERVICES_BGP, routers } from "../fixtures/overBgp.ts";
import { edit, ON_K3S, ON_KUBEADM, type Case, type Edit } from "./edits.ts";

const services = (lease: string): readonly Edit[] => [
  edit("provider: cilium\n  mode: l2", `provider: kube-vip\n  lease: ${lease}\n  mode: l2`),
];

const api = (options: string): readonly Edit[] => [
  ...ON_K3S,
  edit("api: none", `api: { provider: kube-vip, ${options} }`),
];

const ADDRESS = "address: 172.16.1.49";

/** The API by BGP, at a router with these keys. */
const routed = (options: string, peer = ""): readonly Edit[] => [
  ...api(`mode: bgp, ${options}`),
  routers(`{ asn: 64513, peers: { router: { asn: 64512${peer === "" ? "" : `, ${peer}`} } } }`),
];

const DUAL = DUAL_STACK.filter(({ find }) => !find.includes("172.16.1.49"));
const TWO_ADDRESSES = edit("    router: 172.16.1.1\n", "    router: { ip: [172.16.1.1, fd00:1::1] }\n");
const OTHER = "networks: { iot: { cidr: 192.168.30.0/24, vlan: 30 } }\n";

/** kubeadm takes the IPv6 network of a LAN first, other distributions do not. */
const IPV6_FIRST: readonly Edit[] = [
  ...ON_KUBEADM,
  ...DUAL.map(({ find, replace }) => edit(find, replace.replace(/\[(\S+), (\S+)\]/, "[$2, $1]"))),
  TWO_ADDRESSES,
];
const byKubeVip = (mode: string, address: string): readonly Edit[] => [
  ...IPV6_FIRST,
  edit("api: none", `api: { provider: kube-vip, mode: ${mode}, address: ${address} }`),
];

/** The API from some nodes and Services from others, with one thing else. */
const beside = (find: string, replace: string): readonly Edit[] =>
  API_AND_SERVICES_BGP.map((one) => edit(one.find, one.replace.replace(find, replace)));

const told = (timers: string): readonly Edit[] => [
  ...ANNOUNCED,
  edit("provider: cilium\n  mode: bgp", "provider: kube-vip\n  mode: bgp"),
  routers(`{ asn: 64513, peers: { router: { asn: 64512, timers: { ${timers} } } } }`),
];

export const kubeVipCases: readonly Case[] = [
  {
    id: "LEASE-TIMES",
    broken: services("{ duration: 10 }"),
    nearMiss: services("{ duration: 11 }"),
  },
  {
    id: "LEASE-TIMES",
    broken: services("{ duration: 5, renew: 1, retry: 1 }"),
    nearMiss: services("{ duration: 5, renew: 2, retry: 1 }"),
  },
  {
    id: "LEASE-TIMES",
    broken: api(`${ADDRESS}, lease: { duration: 5 }`),
    nearMiss: api(`${ADDRESS}, lease: { duration: 5, renew: 3, retry: 1 }`),
  },
  // Whoever looks for it asks by ARP, which ends where the LAN does.
  { id: "NET-LAN", broken: api("address: 172.16.2.49"), nearMiss: api("address: 172.16.1.48") },
  { id: "LB-POOL-TAKEN", broken: api("address: 172.16.1.65"), nearMiss: api("address: 172.16.1.70") },
  {
    id: "CHOICE-DISTRIBUTION",
    broken: [edit("provider: talos-vip, address", "provider: kube-vip, address")],
    nearMiss: api(ADDRESS),
  },
  // The nearest address outside the LAN, and the last one inside.
  {
    id: "NET-ROUTED",
    broken: routed("address: 172.16.1.254"),
    nearMiss: routed("address: 172.16.2.1"),
  },
  // In the DHCP range as well: what is right then is outside both.
  { id: "NET-ROUTED", broken: routed("address: 172.16.1.120"), nearMiss: routed("address: 10.50.0.1") },
  {
    id: "NET-ROUTED",
    broken: [...routed("address: [10.50.0.1, 'fd00:1::49']"), ...DUAL, TWO_ADDRESSES],
    nearMiss: [...routed("address: [10.50.0.1, 'fd00:10:0:5000::1']"), ...DUAL, TWO_ADDRESSES],
  },
  { id: "NET-INSIDE", broken: routed("address: 10.43.0.200"), nearMiss: routed("address: 10.44.0.200") },
  { id: "NET-KIND", broken: routed("address: 224.0.0.49"), nearMiss: routed("address: 192.168.250.1") },
  {
    id: "NET-OTHER",
    broken: [...routed("address: 192.168.30.49"), edit("cluster:\n", `${OTHER}cluster:\n`)],
    nearMiss: [...routed("address: 192.168.31.49"), edit("cluster:\n", `${OTHER}cluster:\n`)],
  },
  {
    id: "BGP-FAMILY",
    broken: [...routed("address: [10.50.0.1, 'fd00:10:0:5000::1']"), ...DUAL],
    nearMiss: [...routed("address: 10.50.0.1"), ...DUAL],
  },
  // There is no Secret before the API, and no LAN is asked for an address with one.
  {
    id: "BGP-ABILITY",
    broken: routed("address: 10.50.0.1", "password: true"),
    nearMiss: routed("address: 10.50.0.1", "bfd: true, timers: { hold: 12, keepalive: 4 }"),
  },
  {
    id: "BGP-ABILITY",
    broken: routed("address: 10.50.0.1", "timers: { connectRetry: 5 }"),
    nearMiss: routed("address: 10.50.0.1", "multihop: 2"),
  },
  // A control plane that carries pods has both; one that is kept free has one.
  {
    id: "BGP-SPEAKER",
    broken: beside("workloadsOnControlPlanes: false", "workloadsOnControlPlanes: true"),
    nearMiss: API_AND_SERVICES_BGP,
  },
  // kube-vip for Services is on every node, whatever else it carries.
  {
    id: "BGP-SPEAKER",
    broken: beside("provider: metallb", "provider: kube-vip"),
    nearMiss: API_AND_SERVICES_BGP,
  },
  {
    id: "LB-POOL-TAKEN",
    broken: beside("10.60.0.1", "10.50.0.1"),
    nearMiss: API_AND_SERVICES_BGP,
  },
  {
    id: "BGP-IDENTIFIER",
    broken: [
      ...byKubeVip("bgp", "['fd00:10:0:5000::1', 10.50.0.1]"),
      routers("{ asn: 64513, peers: { router: { asn: 64512 } } }"),
    ],
    nearMiss: byKubeVip("l2", "['fd00:1::49', 172.16.1.49]"),
  },
  // Nobody has a say in when it tries again.
  { id: "BGP-ABILITY", broken: told("connectRetry: 5"), nearMiss: told("hold: 12, keepalive: 4") },
];
