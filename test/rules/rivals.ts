/**
 * Networks that cannot work and that another program's validator takes (each was tried with the real one), and mistakes
 * that users of such programs tell of. Every one as a change of the reference network, or of files.
 */
import { ANNOUNCED, routers } from "../fixtures/overBgp.ts";
import { change, ECHO, GATEWAY, PHOTOS } from "../audit/case.ts";
import type { Changes } from "../audit/repository.ts";
import { edit, ON_BARE_METAL, type Edit } from "./edits.ts";

export interface Hole {
  readonly what: string;
  readonly edits: readonly Edit[];
  /** Ids of what is found. */
  readonly finds: readonly string[];
  /** Why it cannot be written at all, where it is the reader that refuses it. */
  readonly cannot?: string;
}

/** From the first node to the last. */
const NODES = [
  "    talos-cp-1: { ip: 172.16.1.50, role: control-plane, proxmox: { host: pve1 } }\n",
  "    talos-cp-2: { ip: 172.16.1.51, role: control-plane, proxmox: { host: pve2 } }\n",
  "    talos-cp-3: { ip: 172.16.1.52, role: control-plane, proxmox: { host: pve3 } }\n",
  "    talos-worker-1: { ip: 172.16.1.53, role: worker, proxmox: { host: pve4 } }\n",
].join("");

const GATEWAY_IP = "address: 172.16.1.61";
const POOL = "172.16.1.60-172.16.1.69";
const MODE = "  mode: l2\n";

export const holes: readonly Hole[] = [
  {
    what: "no node",
    edits: [edit(`  nodes:\n${NODES}`, "  nodes: {}\n")],
    finds: ["SPEC-VALUE"],
    cannot: "a cluster has at least one node",
  },
  {
    what: "no control plane",
    edits: [50, 51, 52].map((last) => edit(`${last}, role: control-plane`, `${last}, role: worker`)),
    finds: ["ETCD-NONE"],
  },
  { what: "two control planes", edits: [edit("52, role: control-plane", "52, role: worker")], finds: ["ETCD-EVEN"] },
  {
    what: "a gateway on the network address",
    edits: [edit(GATEWAY_IP, "address: 172.16.1.0"), edit(POOL, "172.16.1.0-172.16.1.1")],
    finds: ["NET-RESERVED", "LB-POOL-RESERVED", "LB-POOL-TAKEN", "LB-ADDRESS-POOL"],
  },
  {
    what: "a gateway on the broadcast address",
    edits: [
      edit(GATEWAY_IP, "address: 172.16.1.255"),
      edit(`lan: ${POOL}`, `lan: ${POOL}, more: 172.16.1.254-172.16.1.255`),
    ],
    finds: ["NET-RESERVED", "LB-POOL-RESERVED"],
  },
  { what: "a node on the broadcast address", edits: [edit("172.16.1.53", "172.16.1.255")], finds: ["NET-RESERVED"] },
  {
    what: "machines that ask the DNS server of their own cluster",
    edits: [edit("dns: [adguard, technitium]", "dns: [172.16.1.60]")],
    finds: ["DNS-LOOP"],
  },
  {
    what: "machines that ask nobody",
    edits: [edit("dns: [adguard, technitium]", "dns: []")],
    finds: [],
    cannot: "with nobody in the list they ask the router",
  },
  {
    what: "routers that speak BGP under the number of the cluster",
    edits: [...ANNOUNCED, routers("{ asn: 64512, peers: { router: { asn: 64512 } } }")],
    finds: ["BGP-NUMBER-SAME"],
  },
  {
    what: "a router of BGP that is a node",
    edits: [...ANNOUNCED, routers("{ asn: 64513, peers: { edge: { asn: 64512, address: 172.16.1.50 } } }")],
    finds: ["NET-OWNER"],
  },
  {
    what: "a gateway among the pods",
    edits: [edit(GATEWAY_IP, "address: 10.42.0.61")],
    finds: ["LB-ADDRESS-POOL"],
  },
  {
    what: "a pool among the pods, with the gateway in it",
    edits: [edit(GATEWAY_IP, "address: 10.42.0.61"), edit(`lan: ${POOL}`, `lan: ${POOL}, pods: 10.42.0.60-10.42.0.69`)],
    finds: ["LB-POOL-LAN"],
  },
  {
    what: "a gateway outside the LAN",
    edits: [edit(GATEWAY_IP, "address: 172.16.2.61")],
    finds: ["LB-ADDRESS-POOL"],
  },
  {
    what: "a number of an image that is none",
    edits: [edit("distribution: talos", `distribution: talos\n  schematic: ${"z".repeat(64)}`)],
    finds: ["SPEC-UNKNOWN-KEY"],
    cannot: "the number follows from the extensions, which are named instead",
  },
  {
    what: "a resolver of pods on the address of the API",
    edits: [edit("services: 10.43.0.0/16", "services: 10.43.0.0/16\n  coredns: 10.43.0.1")],
    finds: ["SPEC-UNKNOWN-KEY"],
    cannot: "it is the tenth address of the Services, where kubelets look for it",
  },
  {
    what: "a pod network for no node",
    edits: [edit("pods: 10.42.0.0/16", "pods: 10.42.0.0/28")],
    finds: ["NET-PODS-SIZE"],
  },
  {
    what: "pods on the address of every machine itself",
    edits: [edit("pods: 10.42.0.0/16", "pods: 127.0.0.0/8")],
    finds: ["NET-KIND"],
  },
  {
    what: "no name of a disk",
    edits: [...ON_BARE_METAL, edit("disk: /dev/sda", 'disk: ""')],
    finds: ["SPEC-VALUE"],
    cannot: "a disk is a path below /dev",
  },
  {
    what: "a disk that is none",
    edits: [...ON_BARE_METAL, edit("disk: /dev/sda", "disk: the big one")],
    finds: ["SPEC-VALUE"],
    cannot: "a disk is a path below /dev",
  },
  {
    what: "the MAC address of a group",
    edits: [edit("50, role: control-plane", '50, role: control-plane, mac: "01:00:5e:00:00:01"')],
    finds: ["NODE-MAC-KIND"],
  },
  {
    what: "a branch with a space",
    edits: [edit("branch: main", "branch: my branch")],
    finds: ["SPEC-VALUE"],
    cannot: "Git has no such branch",
  },
  {
    what: "the whole LAN as a pool",
    edits: [edit(POOL, "172.16.1.0/24")],
    finds: ["LB-POOL-RESERVED", "LB-POOL-TAKEN", "LB-POOL-DHCP"],
  },
];

export interface Mistake {
  readonly what: string;
  /** Where users tell of it. */
  readonly told: string;
  readonly edits?: readonly Edit[];
  readonly files?: Changes;
  readonly finds: readonly string[];
}

const ROUTE = `${PHOTOS}/httproute.yaml`;

export const mistakes: readonly Mistake[] = [
  {
    what: "a pool with machines in it",
    told: "AlverezYari/phillips-homelab#210",
    edits: [edit(POOL, "172.16.1.50-172.16.1.69")],
    finds: ["LB-POOL-TAKEN"],
  },
  {
    what: "a pool of another network than the machines",
    told: "k3s-ansible#508, Faisal-Hajari/ai-platform#8",
    edits: [edit(`lan: ${POOL}`, `lan: ${POOL}, more: 10.10.10.0/24`)],
    finds: ["LB-POOL-LAN"],
  },
  {
    what: "a pool in what DHCP hands out",
    told: "onedr0p/cluster-template, README; k3s-ansible#116",
    edits: [edit(POOL, "172.16.1.60-172.16.1.119")],
    finds: ["LB-POOL-DHCP"],
  },
  {
    what: "a gateway on an address of no pool",
    told: "xiaods/k8e#579, cilium/cilium#45327",
    edits: [edit(GATEWAY_IP, "address: 172.16.1.80")],
    finds: ["LB-ADDRESS-POOL"],
  },
  {
    what: "an address asked for in the words of the other load balancer",
    told: "timtorChen/homelab#821, k3s-ansible#705",
    files: {
      [`${ECHO}/values.yaml`]: change(
        "    controller: echo\n",
        "    controller: echo\n    annotations: { metallb.io/loadBalancerIPs: 172.16.1.65 }\n",
      ),
    },
    finds: ["ADDRESS-KEY"],
  },
  {
    what: "BGP where the router speaks none",
    told: "onedr0p/cluster-template#769, tscibilia/home-ops#2398",
    edits: [edit(MODE, "  mode: bgp\n")],
    finds: ["SPEC-ADDRESS"],
  },
  {
    what: "a house that resolves through its cluster alone",
    told: "rwaltr/home-ops#627",
    edits: [edit("dns: [adguard, technitium]", "dns: [172.16.1.60, technitium]")],
    finds: ["DNS-LOOP"],
  },
  {
    what: "a listener that never was, on the gateway for a second domain",
    told: "keiretsu-labs/kubernetes-manifests#1538, phycoforce/home-ops#875",
    files: { [ROUTE]: change("sectionName: https", "sectionName: https-second") },
    finds: ["ROUTE-LISTENER"],
  },
  {
    what: "names of a second cluster below those of the first",
    told: "onedr0p/cluster-template#1033, onedr0p/home-ops#6401",
    files: {
      [ROUTE]: change("photos.ragas.cc", "photos.cabin.ragas.cc"),
      [`${GATEWAY}/gateway.yaml`]: change('      hostname: "*.ragas.cc"\n', ""),
    },
    finds: ["ROUTE-CERTIFICATE"],
  },
  {
    what: "names of the house in public DNS, with an address of the LAN",
    told: "waifulabs#5690, joryirving/home-ops#10003",
    edits: [edit("dns:\n", "dns:\n  publish: { cloudflare: { gateways: [internal] } }\n")],
    finds: ["EDNS-13"],
  },
];
