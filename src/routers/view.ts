import { announcementOf, type BgpPeer } from "../model/bgp.ts";
import type { Plan } from "../model/plan.ts";
import { toldOwners } from "../model/told.ts";
import type { View } from "../model/unit.ts";
import { pathsFor, sessionsWith } from "./sessions.ts";

/** What every router is told, whatever its words for it. */
export function routerView(peer: BgpPeer, plan: Plan): View {
  const sessions = sessionsWith(peer, plan);
  const services = announcementOf(plan) === "bgp";
  const owners = toldOwners(plan);
  return {
    name: peer.name,
    cluster: plan.name,
    asn: peer.asn,
    nodesAsn: plan.bgp?.asn ?? null,
    routerId: sessions.find(({ family }) => family === 4)?.address ?? null,
    sessions,
    paths: pathsFor(plan),
    timers: { hold: peer.timers.hold, keepalive: peer.timers.keepalive },
    multihop: peer.multihop ?? null,
    bfd: peer.bfd,
    password: peer.password,
    told: [
      ...(services ? ["the addresses of their Services"] : []),
      ...owners.map((what) => `the address of ${what}`),
    ].join(" and "),
    services,
    // Of an address that machines of the cluster join by.
    first: owners.length > 0,
    secret: `bgp-${peer.name}`,
  };
}
