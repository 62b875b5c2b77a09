import { z } from "zod";
import { size, type Family } from "../model/address.ts";
import { announcingNodes, type BgpSpeaker } from "../model/bgp.ts";
import { optionsOf } from "../model/chosen.ts";
import type { Component } from "../model/component.ts";
import type { Plan } from "../model/plan.ts";
import { prefixesOf } from "../model/prefixes.ts";
import type { Unit, View } from "../model/unit.ts";
import { bgpSecretName, bgpSecrets, sessionsOf } from "./bgpSessions.ts";
import { calico } from "./calico.ts";
import { nodeStatuses, sessionAlarms, sessionNumbers } from "./calicoMetrics.ts";
import { poolsByName, type NamedPool } from "./pools.ts";

/** Secrets of sessions are looked for beside the agents (projectcalico/calico v3.32.1, confd/pkg/backends/calico). */
const NAMESPACE = "calico-system";

/** In seconds between two attempts; no key changes it (projectcalico/calico v3.32.1, confd, bird.cfg.template). */
const CONNECT_RETRY = 5;

const options = z.strictObject({});

/**
 * The controllers of Calico hand the addresses out, and BIRD, which the agents run, tells routers the way; see calico.ts
 * for its values. Nothing of it answers ARP.
 */
export const calicoLoadBalancer: Component<z.output<typeof options>> = {
  id: "calico-load-balancer",
  slot: "load-balancer",
  provider: "calico",
  title: "Calico LoadBalancer IPAM",
  summary: "gives Services addresses and tells routers the way to them by BGP, from the agents that are there already",
  options,
  partOf: "calico",
  // It reads this key, a list in JSON, and ignores those of others (v3.32.1, kube-controllers, loadbalancer_controller.go).
  addressAnnotations: (ips) => ({ "projectcalico.org/loadBalancerIPs": JSON.stringify(ips) }),
  noSharing: {
    because: "its IPAM gives an address to one Service",
    source: "projectcalico/calico v3.32.1, libcalico-go/lib/ipam/ipam.go, AssignIP",
  },
  announces: () => "bgp",
  speaksBgp: (plan) => speaker(plan),
  pools: { group: "projectcalico.org", kind: "IPPool" },
  units: (plan) => [
    {
      id: "calico/config",
      component: "calico-load-balancer",
      namespace: NAMESPACE,
      templates: "components/calico-load-balancer/config",
      objects: statuses(plan),
      // Of the namespace: its agents use the network of their node.
      privileged: true,
      // Objects of projectcalico.org are there once the operator has made their server.
      after: ["calico"],
      secrets: bgpSecrets(plan),
      view: view(plan),
    },
  ],
  meteredObjects: (plan) => sessionNumbers(plan),
  alarms: (plan) => sessionAlarms(plan),
  docs: {
    template: "components/calico-load-balancer/docs.md",
    fragments: {
      alarms: "components/calico-load-balancer/alarms.md",
      requests: "components/calico-load-balancer/requests.md",
      troubleshooting: "components/calico-load-balancer/troubleshooting.md",
    },
    view: (plan) => ({
      routers: (plan.bgp?.peers ?? []).map(({ name }) => name),
      several: announcingNodes(plan).length > 1,
      passwords: bgpSecrets(plan).length > 0,
      pools: plan.pools.map(({ name, range, onRequest }) => ({
        name,
        range: range.text,
        count: String(size(range)),
        annotation: onRequest ? `projectcalico.org/ipv${range.family}pools` : null,
        cidr: JSON.stringify(prefixesOf(range).map(({ text }) => text)),
      })),
    }),
  },
};

function statuses(plan: Plan): NonNullable<Unit["objects"]> {
  const objects = nodeStatuses(plan);
  return objects.length === 0 ? {} : { "nodestatuses.yaml": objects };
}

/** BIRD runs on every node and connects as it likes; of times it takes the smaller hold time of both sides. */
const speaker = (plan: Plan): BgpSpeaker => ({
  nodes: plan.nodes,
  toRouters: true,
  listens: true,
  lacks: {
    asn: {
      because:
        "the types of its objects take no number above 2147483647; those up to 65534 are for private use as well",
      source: "BGPPeer and BGPConfiguration of Calico 3.32: asNumber, format int32",
    },
    bfd: { because: "its peers have no key for it", source: "BGPPeer of Calico 3.32" },
    ...(!hasUsualRetry(plan) && {
      timers: {
        because: `it tries again after ${CONNECT_RETRY} seconds, whatever connectRetry is`,
        source: "projectcalico/calico v3.32.1, confd/etc/calico/confd/templates/bird.cfg.template",
      },
    }),
  },
});

const hasUsualRetry = ({ bgp, defaults }: Plan): boolean =>
  (bgp?.peers ?? []).every(
    ({ path, timers }) => defaults.has(`${path}.timers.connectRetry`) || timers.connectRetry === CONNECT_RETRY,
  );

const view = (plan: Plan): View => ({
  asn: plan.bgp?.asn ?? null,
  mesh: optionsOf(plan, calico)?.routing === "bgp",
  several: announcingNodes(plan).length > 1,
  pools: poolsByName(plan).flatMap(poolObjects),
  networks: networksOf(plan),
  filter: {
    exportV4: exports(networksOf(plan, 4)),
    importV4: [{ action: "Reject" }],
    exportV6: exports(networksOf(plan, 6)),
    importV6: [{ action: "Reject" }],
  },
  secrets: bgpSecrets(plan).map(({ name }) => name),
  sessions: sessionsOf(plan).map(({ name, peer, ip }) => ({
    name,
    address: ip,
    asn: peer.asn,
    secret: bgpSecretName(peer),
    keepalive: `${peer.timers.keepalive}s`,
  })),
});

const networksOf = ({ pools }: Plan, family?: Family): readonly string[] =>
  pools
    .filter(({ range }) => family === undefined || range.family === family)
    .flatMap(({ range }) => prefixesOf(range).map(({ text }) => text));

/** In this order: what Calico would tell a router without a filter has all pools in it, also as heard from other nodes. */
const exports = (networks: readonly string[]) => [
  { source: "RemotePeers", action: "Reject" },
  ...networks.map((cidr) => ({ cidr, matchOperator: "In", action: "Accept" })),
  { action: "Reject" },
];

/** A pool is one network, which never changes: another network is another object. */
const poolObjects = ({ name, ranges, onRequest }: NamedPool) =>
  ranges.flatMap((range) =>
    prefixesOf(range).map(({ text }) => ({
      name: `${name}-${text.replaceAll(/[.:/]/g, "-")}`,
      network: text,
      // Addresses are dealt out in blocks, of 64 where the network has as many (IPPool, blockSize).
      block: Math.max(Number(text.split("/")[1]), range.family === 4 ? 26 : 122),
      onRequest,
    })),
  );
