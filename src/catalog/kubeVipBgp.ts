/** What kube-vip is told of routers. It reads all of it from its environment, a session as one line of text. */
import type { BgpSpeaker } from "../model/bgp.ts";
import type { Node, Plan } from "../model/plan.ts";
import type { View } from "../model/unit.ts";
import { bgpSecretName, sessionsOf, type BgpSession } from "./bgpSessions.ts";

/** In seconds between two attempts; no setting changes it (kube-vip v1.2.3, pkg/bgp/peers.go). */
const CONNECT_RETRY = 10;

/** Its pods on these nodes open sessions themselves: it listens nowhere (kube-vip v1.2.3, pkg/bgp/server.go). */
export const speaker = (nodes: readonly Node[], plan: Plan): BgpSpeaker => ({
  nodes,
  toRouters: true,
  listens: false,
  // Its pods are told by `status.hostIP`.
  calledByFirstAddress: true,
  lacks: hasOneSetOfTimers(plan)
    ? {}
    : {
        timers: {
          because: `it has one hold and one keepalive time for all routers, and tries again after ${CONNECT_RETRY} seconds`,
          source: "kube-vip v1.2.3, pkg/bgp/peers.go",
        },
      },
});

const hasOneSetOfTimers = ({ bgp }: Plan): boolean => {
  const timers = (bgp?.peers ?? []).map((peer) => peer.timers);
  return (
    timers.every(({ connectRetry }) => connectRetry === CONNECT_RETRY) &&
    new Set(timers.map(({ hold, keepalive }) => `${hold} ${keepalive}`)).size < 2
  );
};

/** Variables that a password has, before the name of its key: `BGP_EDGE_`. */
const prefixOf = (peer: string): string => `BGP_${peer.toUpperCase().replaceAll("-", "_")}_`;

// <address>:<number>:<password>:<several hops>:<port>::<BFD>;<receive>;<transmit>;<how many> (kube-vip v1.2.3,
// pkg/kubevip/config_bgp.go). The kubelet puts the password in: it knows variables out of Secrets before all others
// (kubernetes/kubernetes pkg/kubelet/kubelet_pods.go, makeEnvironmentVariables).
const sessionText = ({ peer, ip, family }: BgpSession): string =>
  [
    family === 6 ? `[${ip}]` : ip,
    String(peer.asn),
    peer.password ? `$(${prefixOf(peer.name)}password)` : "",
    String(peer.multihop !== undefined),
    "179",
    ...(peer.bfd ? ["", "true;300;300;3"] : []),
  ].join(":");

/** Null where there is no router to tell. */
export function sessionsView(plan: Plan): View | null {
  const { bgp } = plan;
  if (bgp === undefined) return null;
  const [first] = bgp.peers;
  return {
    asn: String(bgp.asn),
    sessions: sessionsOf(plan).map(sessionText).join(","),
    hold: String(first?.timers.hold),
    keepalive: String(first?.timers.keepalive),
  };
}

/** Secrets with the passwords of sessions, and what their variables begin with. */
export const passwordsView = ({ bgp }: Plan): readonly View[] =>
  (bgp?.peers ?? []).flatMap((peer) => {
    const name = bgpSecretName(peer);
    return name === null ? [] : [{ name, prefix: prefixOf(peer.name) }];
  });
