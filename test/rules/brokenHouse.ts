/** Broken networks about who tells the house its names. */
import { edit, type Case, type Edit } from "./edits.ts";

const SPLIT = "split: { provider: k8s-gateway, address: 172.16.1.60 }";

/** Names are written into a DNS server that is there, and nothing in the cluster answers. */
const written = (entries: string): Edit => edit(SPLIT, `split: none\n  publish: { ${entries} }`);

const UNIFI = 'unifi: { url: "https://172.16.1.1"';
const ADGUARD = "provider: adguard-home, url:";

export const houseCases: readonly Case[] = [
  {
    id: "PUB-LAN-SPLIT",
    broken: [edit(SPLIT, `${SPLIT}\n  publish: { ${UNIFI} } }`)],
    nearMiss: [written(`${UNIFI} }`)],
  },
  {
    id: "PUB-LAN-SERVER",
    broken: [written('unifi: { url: "https://203.0.113.1" }')],
    nearMiss: [written('unifi: { url: "https://unifi.example.com" }')],
  },
  {
    id: "PUB-LAN-SERVER",
    broken: [written('rfc2136: { server: "2001:4860::53", key: homelab }')],
    nearMiss: [written('rfc2136: { server: "fd00:9::53", key: homelab }')],
  },
  {
    id: "PUB-TWICE",
    broken: [
      written(`first: { ${ADGUARD} "http://172.16.1.11:3000" }, second: { ${ADGUARD} "http://172.16.1.11:3000" }`),
    ],
    nearMiss: [written(`first: { ${ADGUARD} "http://172.16.1.11:3000" }, second: { ${ADGUARD} "http://172.16.1.10" }`)],
  },
  {
    id: "EDNS-01",
    broken: [written(`${UNIFI}, owner: home }, mikrotik: { url: "https://172.16.1.2", owner: home }`)],
    nearMiss: [written(`${UNIFI}, owner: home }, mikrotik: { url: "https://172.16.1.2", owner: house }`)],
  },
  {
    id: "EDNS-06",
    broken: [written('pihole: { url: "http://172.16.1.11", policy: sync }')],
    nearMiss: [written(`${UNIFI}, policy: sync }`)],
  },
  {
    id: "PUB-DOMAIN",
    broken: [written(`${UNIFI}, domains: [ragas.cd] }`)],
    nearMiss: [written(`${UNIFI}, domains: [ragas.cc] }`)],
  },
  {
    id: "PUB-GATEWAY",
    broken: [written(`${UNIFI}, gateways: [intern] }`)],
    nearMiss: [written(`${UNIFI}, gateways: [internal] }`)],
  },
];

export const nobodyAnswers: Case = {
  id: "DNS-NOBODY",
  broken: [edit(SPLIT, "split: none")],
  nearMiss: [written(`${UNIFI} }`)],
};
