/** Networks that are written with a warning, and texts that are no network at all. */
import { wayWarnings } from "./brokenWays.ts";
import { boardWarnings } from "./brokenBoards.ts";
import { bgpWarnings } from "./brokenBgp.ts";
import { ciliumWarnings } from "./brokenCilium.ts";
import { swapCase } from "./brokenExisting.ts";
import { DUAL_STACK } from "../fixtures/dualStack.ts";
import { nobodyAnswers } from "./brokenHouse.ts";
import { observedWarnings } from "./brokenObserved.ts";
import { policyWarnings } from "./brokenPolicies.ts";
import { storageWarnings } from "./brokenStorage.ts";
import { besideWarnings } from "./brokenBeside.ts";
import { haproxyWarnings } from "./brokenHaproxy.ts";
import { edit, NGINX, ON_BARE_METAL, WORKER, type Case, type Edit } from "./edits.ts";

/** Rules that warn and let the network be written. */
export const warnings: readonly Case[] = [
  ...boardWarnings,
  ...ciliumWarnings,
  ...haproxyWarnings,
  ...besideWarnings,
  ...observedWarnings,
  ...policyWarnings,
  ...storageWarnings,
  ...wayWarnings,
  swapCase,
  ...bgpWarnings,
  nobodyAnswers,
  {
    id: "NET-PUBLIC",
    broken: [edit("services: 10.43.0.0/16", "services: 8.8.0.0/16")],
    nearMiss: [edit("services: 10.43.0.0/16", "services: 100.64.0.0/16")],
  },
  {
    id: "NET-PREFIX",
    broken: [...DUAL_STACK, edit("fd00:1:0:4300::/112", "2a02:8071:0:4300::/112")],
    nearMiss: DUAL_STACK,
  },
  {
    id: "NET-VLAN",
    broken: [
      edit(
        "cluster:\n",
        "networks:\n  iot: { cidr: 192.168.30.0/24, vlan: 30 }\n  guests: { cidr: 192.168.40.0/24, vlan: 30 }\ncluster:\n",
      ),
    ],
    nearMiss: [
      edit("cluster:\n", "networks:\n  iot: { cidr: 192.168.30.0/24, vlan: 30 }\n  vpn: 192.168.40.0/24\ncluster:\n"),
    ],
  },
  {
    id: "ETCD-MANY",
    broken: [
      edit(
        WORKER,
        [54, 55, 56, 57, 58, 59]
          .map((last) => `    extra-${last}: { ip: 172.16.1.${last}, role: control-plane, proxmox: { host: pve4 } }\n`)
          .join(""),
      ),
    ],
    nearMiss: [],
  },
  { id: "API-SINGLE", broken: [edit("{ provider: talos-vip, address: 172.16.1.49 }", "none")], nearMiss: [] },
  {
    id: "XDP-01",
    broken: [...ON_BARE_METAL, edit("mode: dsr", "mode: dsr, acceleration: native")],
    nearMiss: [edit("mode: dsr", "mode: dsr, acceleration: native")],
  },
  {
    id: "XDP-02",
    broken: [edit("mode: dsr", "mode: dsr, acceleration: native"), edit("host: pve1", "host: pve1, queues: 7")],
    nearMiss: [edit("mode: dsr", "mode: dsr, acceleration: native"), edit("host: pve1", "host: pve1, queues: 8")],
  },
  {
    id: "NODE-WIFI",
    broken: [...ON_BARE_METAL, edit("53, role: worker", "53, role: worker, interface: wlp2s0")],
    nearMiss: [...ON_BARE_METAL, edit("53, role: worker", "53, role: worker, interface: enp2s0")],
  },
  {
    id: "NODE-MTU",
    broken: [edit("53, role: worker", "53, role: worker, mtu: 9000")],
    nearMiss: [edit("53, role: worker", "53, role: worker, mtu: 1500")],
  },
  {
    id: "PVE-SPREAD",
    broken: [edit("host: pve2", "host: pve1"), edit("host: pve3", "host: pve1")],
    nearMiss: [edit("host: pve2", "host: pve1")],
  },
  {
    id: "NGX-01",
    broken: NGINX,
    nearMiss: [edit("provider: envoy-gateway", "provider: cilium")],
  },
  {
    id: "CFD-08",
    broken: [edit("default: true }", "default: true, public: cloudflare-tunnel }")],
    nearMiss: [
      edit("default: true }", "default: true, public: cloudflare-tunnel }"),
      edit("dns:\n", "dns:\n  publish: { cloudflare: true }\n"),
    ],
  },
  {
    id: "CFD-04",
    broken: [
      edit("default: true }", "default: true, public: cloudflare-tunnel }"),
      edit("dns:\n", "dns:\n  publish: { cloudflare: true }\n"),
      edit("domains: [ragas.cc]", "domains: [home.ragas.cc]"),
    ],
    nearMiss: [
      edit("default: true }", "default: true, public: cloudflare-tunnel }"),
      edit("dns:\n", "dns:\n  publish: { cloudflare: true }\n"),
      edit("domains: [ragas.cc]", "domains: [ragas.co.uk]"),
    ],
  },
  {
    id: "CFD-04",
    broken: [
      edit("default: true }", "default: true, public: cloudflare-tunnel }"),
      edit("dns:\n", "dns:\n  publish: { cloudflare: true }\n  zones: { services: services }\n"),
    ],
    nearMiss: [
      edit("default: true }", "default: true, public: cloudflare-tunnel }"),
      edit("dns:\n", "dns:\n  publish: { cloudflare: true }\n  zones: { machines: nodes }\n"),
    ],
  },
  {
    id: "DHCP-MACHINE",
    broken: [edit("172.16.1.53", "172.16.1.150")],
    nearMiss: [edit("172.16.1.53", "172.16.1.200")],
  },
  { id: "DHCP-UNKNOWN", broken: [edit("  dhcp: 172.16.1.100-172.16.1.199", "  #")], nearMiss: [] },
  {
    id: "DNS-MDNS",
    broken: [edit("domains: [ragas.cc]", "domains: [ragas.local]")],
    nearMiss: [edit("domains: [ragas.cc]", "domains: [local.ragas.cc]")],
  },
  {
    id: "STEP-ROOT",
    broken: [edit("dns:\n", "certificates: { step-ca: { host: pve1, ssh: true } }\n\ndns:\n")],
    nearMiss: [edit("dns:\n", "certificates: { letsencrypt: true, step-ca: { host: pve1, ssh: true } }\n\ndns:\n")],
  },
];

/** Findings of the reader: one for each thing a text can have wrong. */
export const unreadable: readonly { readonly id: string; readonly broken: readonly Edit[] }[] = [
  { id: "YAML-SYNTAX", broken: [edit("domains: [ragas.cc]", "domains: [ragas.cc")] },
  { id: "YAML-ALIAS", broken: [edit("domains: [ragas.cc]", "domains: &d [ragas.cc]")] },
  { id: "YAML-DUPLICATE", broken: [edit("gitops: flux", "gitops: flux\ngitops: flux")] },
  { id: "SPEC-UNKNOWN-KEY", broken: [edit("gitops: flux", "gitpos: flux")] },
  { id: "SPEC-VALUE", broken: [edit("gateway: 172.16.1.1", "gateway: 172.16.1.256")] },
  {
    id: "SPEC-VALUE",
    broken: [edit("dns:\n", "certificates: { step-ca: { host: pve1, root: c29tZXRoaW5nIGVsc2U= } }\n\ndns:\n")],
  },
  {
    id: "SPEC-VALUE",
    broken: [
      edit(
        "dns:\n",
        'certificates: { step-ca: { host: pve1, root: "-----BEGIN CERTIFICATE----- -----BEGIN PRIVATE KEY-----" } }\n\ndns:\n',
      ),
    ],
  },
  { id: "SPEC-VALUE", broken: [edit("cidr: 172.16.1.0/24", "cidr: 172.16.1.5/24")] },
  { id: "SPEC-VALUE", broken: [edit("provider: k8s-gateway", "provider: k8s-gatewya")] },
  { id: "SPEC-TYPE", broken: [edit("domains: [ragas.cc]", "domains: { a: b }")] },
  { id: "SPEC-MISSING", broken: [edit("172.16.1.53, role: worker", "172.16.1.53")] },
  { id: "SPEC-SILENCE", broken: [edit("gitops: flux", 'gitops: flux\nsilence: { LB-POOL-DHPC: "typo" }')] },
];
