/** Names, and who answers for them. */
import { edit, type Case } from "./edits.ts";

const LONG = ["a", "b", "c"].map((letter) => letter.repeat(63)).join(".");

export const nameCases: readonly Case[] = [
  {
    id: "DNS-RECORD-DOMAIN",
    broken: [edit("dns:\n", "dns:\n  records: [{ name: nas.example.com, to: adguard }]\n")],
    nearMiss: [edit("dns:\n", "dns:\n  records: [{ name: nas.ragas.cc, to: adguard }]\n")],
  },
  {
    id: "DNS-RECORD-TO",
    broken: [edit("dns:\n", "dns:\n  records: [{ name: nas.ragas.cc, to: adgaurd }]\n")],
    nearMiss: [edit("dns:\n", "dns:\n  records: [{ name: nas.ragas.cc, to: talos-cp-1 }]\n")],
  },
  {
    id: "DNS-RECORD-ADDRESS",
    broken: [edit("dns:\n", "dns:\n  records: [{ name: nas.ragas.cc, to: 172.16.1.255 }]\n")],
    nearMiss: [edit("dns:\n", "dns:\n  records: [{ name: nas.ragas.cc, to: 172.16.1.20 }]\n")],
  },
  {
    id: "DNS-RECORD-TWICE",
    broken: [edit("dns:\n", "dns:\n  records: [{ name: nas.ragas.cc, to: pve1 }, { name: nas.ragas.cc, to: pve2 }]\n")],
    nearMiss: [
      edit("dns:\n", "dns:\n  records: [{ name: nas.ragas.cc, to: pve1 }, { name: nas2.ragas.cc, to: pve1 }]\n"),
    ],
  },
  {
    id: "DNS-NAME",
    broken: [edit("dns: [adguard, technitium]", "dns: [adgaurd, technitium]")],
    nearMiss: [edit("dns: [adguard, technitium]", "dns: [technitium]")],
  },
  {
    id: "DNS-LOOP",
    broken: [edit("dns: [adguard, technitium]", "dns: [172.16.1.60]")],
    nearMiss: [edit("dns: [adguard, technitium]", "dns: [172.16.1.1]")],
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
    id: "DNS-RESERVED",
    broken: [edit("dns:\n", `dns:\n  zones: { machines: ${LONG}.ragas.cc }\n`)],
    nearMiss: [edit("dns:\n", `dns:\n  zones: { machines: ${LONG.slice(64)}.ragas.cc }\n`)],
  },
  {
    id: "DNS-RECORD-TWICE",
    broken: [
      edit("dns:\n", "dns:\n  zones: { machines: nodes }\n  records: [{ name: pve1.nodes.ragas.cc, to: adguard }]\n"),
    ],
    nearMiss: [
      edit("dns:\n", "dns:\n  zones: { machines: nodes }\n  records: [{ name: pve9.nodes.ragas.cc, to: adguard }]\n"),
    ],
  },
  {
    id: "DNS-ZONE-DOMAIN",
    broken: [edit("dns:\n", "dns:\n  zones: { machines: nodes.example.com }\n")],
    nearMiss: [edit("dns:\n", "dns:\n  zones: { machines: nodes.ragas.cc }\n")],
  },
  {
    id: "DNS-ZONE-DOMAIN",
    broken: [edit("dns:\n", "dns:\n  zones: { services: ragas.cc }\n")],
    nearMiss: [
      edit("domains: [ragas.cc]", "domains: [ragas.cc, services.ragas.cc]"),
      edit("dns:\n", "dns:\n  zones: { services: services }\n"),
    ],
  },
  {
    id: "DNS-ZONE-TWICE",
    broken: [edit("dns:\n", "dns:\n  zones: { machines: home, services: home.ragas.cc }\n")],
    nearMiss: [edit("dns:\n", "dns:\n  zones: { machines: nodes.home.ragas.cc, services: home }\n")],
  },
];
