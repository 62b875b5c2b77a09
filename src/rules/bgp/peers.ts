/** The routers of `bgp`: whether sessions with them come up, and what is said in them is of use. */
import { contains, familyOf } from "../../model/address.ts";
import { speakersOf, type BgpAbility, type BgpPeer } from "../../model/bgp.ts";
import { both, familyName } from "../../model/families.ts";
import type { Plan } from "../../model/plan.ts";
import { toldIn } from "../../model/told.ts";
import { lanOf } from "../addresses/networks.ts";
import type { Rule } from "../rule.ts";

const peersOf = ({ bgp }: Plan): readonly BgpPeer[] => bgp?.peers ?? [];

const speaking = (plan: Plan) => speakersOf(plan).filter(({ toRouters }) => toRouters);

export const routersNamed: Rule = {
  id: "BGP-ROUTERS",
  severity: "error",
  title: "whoever announces by BGP has a router to announce to",
  because: "Without a session nobody is told the way to the addresses, and nothing answers at any of them.",
  source: "RFC 4271 §1: routes are exchanged between speakers with a session",
  *check(plan) {
    const [first] = plan.bgp === undefined ? speaking(plan) : [];
    if (first === undefined) return;
    const path = first.chosen.path ?? "bgp";
    yield {
      message: `${first.chosen.component.title} speaks BGP, and no router is named`,
      paths: [path],
      fix: `bgp: { asn: 64513, peers: { router: { asn: 64512, address: ${plan.lan.gateway} } } }`,
    };
  },
};

export const routersUsed: Rule = {
  id: "BGP-UNUSED",
  severity: "warning",
  title: "somebody speaks to the routers of `bgp`",
  because: "Nodes have no session with them, and a router that waits for one says so in its log again and again.",
  source: "the order of this program: a part that speaks BGP is chosen by its mode",
  *check(plan) {
    if (plan.bgp === undefined || speaking(plan).length > 0) return;
    yield {
      message: "the section bgp names routers, and no part of the network speaks BGP with them",
      paths: ["bgp"],
      fix: "a load balancer that speaks BGP (mode: bgp), or leave the section out",
    };
  },
};

export const routerKnown: Rule = {
  id: "BGP-ROUTER",
  severity: "error",
  title: "every router of `bgp` has an address",
  because: "Nodes open the session, so they have to know where the router is.",
  source: "RFC 4271 §8.2.1: a speaker connects to a configured address",
  *check(plan) {
    for (const { name, ips, path } of peersOf(plan)) {
      if (ips.length > 0) continue;
      yield {
        message: `nobody knows the address of ${name}: lan.hosts has no machine of that name`,
        paths: [path],
        fix: `${path}.address: ${plan.lan.gateway}, or the name of a machine of lan.hosts`,
      };
    }
  },
};

export const oneSession: Rule = {
  id: "BGP-ROUTER-TWICE",
  severity: "error",
  title: "a router stands in `bgp` once",
  because: "Two speakers have one session with each other; a router refuses the second one, and neither is stable.",
  source: "RFC 4271 §6.8: connection collision",
  *check(plan) {
    const peers = peersOf(plan);
    for (const [index, peer] of peers.entries()) {
      const other = peers.slice(0, index).find(({ ips }) => ips.some((ip) => peer.ips.includes(ip)));
      if (other === undefined) continue;
      yield {
        message: `${other.name} and ${peer.name} are one router, at ${both(peer.ips.filter((ip) => other.ips.includes(ip)))}`,
        paths: [peer.path, other.path],
        fix: "leave one out",
      };
    }
  },
};

export const familyHeard: Rule = {
  id: "BGP-FAMILY",
  severity: "error",
  title: "a router is told of every pool and address over the IP family they have",
  because: "A session carries addresses of its own family, so no router hears of this one.",
  source: "RFC 4760; the session that is written for each address of a router names one family",
  unless: ["BGP-ROUTER", "FAMILY-NETWORK"],
  *check(plan) {
    if (plan.bgp === undefined || speaking(plan).length === 0) return;
    const heard = new Set(plan.bgp.peers.flatMap(({ ips }) => ips.map(familyOf)));
    for (const { what, range, path } of toldIn(plan)) {
      if (heard.has(range.family)) continue;
      const [peer] = plan.bgp.peers;
      yield {
        message: `no router of bgp has an ${familyName(range.family)} address, and ${what} has ${range.text}`,
        paths: [path, ...plan.bgp.peers.map((one) => one.path)],
        fix: `${peer?.path}.address: [${[...(peer?.ips ?? []), `its ${familyName(range.family)} address`].join(", ")}]`,
      };
    }
  },
};

export const nextDoor: Rule = {
  id: "BGP-HOPS",
  severity: "warning",
  title: "a router outside the LAN says how many hops it is away",
  because: "Packets of a session with another network live for one hop, so none of them arrives.",
  source: "Cilium documentation, BGP Control Plane Resources, MultiHop; MetalLB documentation, BGPPeer, ebgpMultiHop",
  unless: ["NET-OTHER"],
  *check(plan) {
    for (const { name, ips, multihop, path, addressPath } of peersOf(plan)) {
      if (multihop !== undefined) continue;
      const far = ips.find((ip) => {
        const lan = lanOf(plan, familyOf(ip));
        return lan !== undefined && !contains(lan.value, ip);
      });
      if (far === undefined) continue;
      yield {
        message: `${name} (${far}) is outside your LAN ${lanOf(plan, familyOf(far))?.value.text}`,
        paths: [path, addressPath],
        fix: `${path}.multihop: 2 where one router is in between, more for more of them`,
      };
    }
  },
};

/** What fits into four octets with a sign, as some write numbers down. */
const MOST_SIGNED = 2_147_483_647;

const asked = (peer: BgpPeer, { defaults, bgp }: Plan): readonly BgpAbility[] => [
  ...(Math.max(peer.asn, bgp?.asn ?? 0) > MOST_SIGNED ? (["asn"] as const) : []),
  ...(peer.bfd ? (["bfd"] as const) : []),
  ...(peer.multihop === undefined ? [] : (["multihop"] as const)),
  ...(peer.password ? (["password"] as const) : []),
  ...(["hold", "keepalive", "connectRetry"].some((key) => !defaults.has(`${peer.path}.timers.${key}`))
    ? (["timers"] as const)
    : []),
];

export const peerAble: Rule = {
  id: "BGP-ABILITY",
  severity: "error",
  title: "who speaks BGP can do what a router is asked for",
  because: "The key would have no effect on the nodes, and a router that insists on it has no session with them.",
  source: "the source of each part at its pinned version; the message names it",
  // One of the two goes, and with it what it cannot do.
  unless: ["BGP-SPEAKER"],
  *check(plan) {
    for (const peer of peersOf(plan)) {
      for (const ability of asked(peer, plan)) {
        const unable = speaking(plan).find(({ lacks }) => lacks[ability] !== undefined);
        const lack = unable?.lacks[ability];
        if (unable === undefined || lack === undefined) continue;
        yield {
          message: `${unable.chosen.component.title} cannot do ${ability} with ${peer.name}: ${lack.because} (${lack.source})`,
          paths: [`${peer.path}.${ability}`, ...(unable.chosen.path === undefined ? [] : [unable.chosen.path])],
          fix: "leave it out, or let somebody else announce addresses",
        };
      }
    }
  },
};

export const timersFit: Rule = {
  id: "BGP-TIMERS",
  severity: "error",
  title: "signs of life come more often than the hold time ends",
  because: "Each side would take the other for dead before it was to be heard from, and sessions end again and again.",
  source: "RFC 4271 §4.4: a third of the hold time is reasonable; CiliumBGPPeerConfig, keepAliveTimeSeconds",
  *check(plan) {
    for (const { name, timers, path } of peersOf(plan)) {
      if (timers.keepalive < timers.hold) continue;
      yield {
        message: `${name} is told of life every ${timers.keepalive} seconds and waits ${timers.hold} for it`,
        paths: [`${path}.timers.keepalive`, `${path}.timers.hold`],
        fix: `${path}.timers: { hold: ${Math.max(3, 3 * timers.keepalive)}, keepalive: ${timers.keepalive} }`,
      };
    }
  },
};
