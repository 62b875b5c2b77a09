import { z } from "zod";
import type { Alarm } from "../model/alarms.ts";
import { collectorOf } from "../model/metrics.ts";
import { METRIC_TYPES } from "./prometheus-operator-crds.ts";
import { firstIp, lastIp, size } from "../model/address.ts";
import { announcementOf, announcingNodes } from "../model/bgp.ts";
import { both } from "../model/families.ts";
import type { Component } from "../model/component.ts";
import { taintsOf } from "../model/gpu.ts";
import type { Plan } from "../model/plan.ts";
import type { Flow, View } from "../model/unit.ts";
import { onEach, anywhere } from "../model/workloads.ts";
import { announcingQuestion, modeOf } from "./announcing.ts";
import { asksApi } from "./begins.ts";
import { bgpSecretName, bgpSecrets, sessionsOf } from "./bgpSessions.ts";
import { hasIpv6Pool, poolsByName } from "./pools.ts";
import { metallbPictures } from "./addressPictures.ts";

const ID = "metallb";
/** The speakers use the network of their node, which Pod Security allows nowhere else (MetalLB, Installation). */
const NAMESPACE = "metallb-system";
/** What the secret of a session has to be (metallb 0.16.1, BGPPeer, passwordSecret). */
const PASSWORD_TYPE = "kubernetes.io/basic-auth";

const options = z.strictObject({ mode: modeOf(["l2", "bgp"]) });

/**
 * The controller hands the addresses out. A speaker on each node answers ARP, and NDP for IPv6, for those it is elected
 * for; over BGP FRR beside it tells routers the way.
 */
export const metalLb: Component<z.output<typeof options>> = {
  id: ID,
  slot: "load-balancer",
  title: "MetalLB",
  summary:
    "announces addresses by ARP and NDP or by BGP, beside the pod network; costs a controller and a small pod on each node",
  options,
  questions: [announcingQuestion],
  // It reads this key and ignores those of others (MetalLB, Usage, Requesting specific IPs).
  addressAnnotations: (ips, sharing) => ({
    "metallb.io/loadBalancerIPs": ips.join(","),
    // MetalLB, Usage, IP address sharing.
    ...(sharing !== undefined && { "metallb.io/allow-shared-ip": sharing }),
  }),
  announces: ({ mode }) => mode,
  // FRR is started with `-p 0`, and its pods tolerate no taint but that of control planes (frr-k8s 0.0.25,
  // templates/controller.yaml; the speaker as well: metallb 0.16.1, templates/speaker.yaml).
  speaksBgp: (plan, { mode }) =>
    mode === "bgp"
      ? {
          nodes: announcingNodes(plan).filter((node) => taintsOf(node).length === 0),
          toRouters: true,
          listens: false,
          lacks: {},
        }
      : undefined,
  pools: { group: "metallb.io", kind: "IPAddressPool", onePerService: true },
  units: (plan) => [
    {
      id: ID,
      component: ID,
      namespace: NAMESPACE,
      // The custom resources are templates of the chart (metallb 0.16.1, charts/crds). Ready means that the webhook,
      // which judges each of their objects, is there to be asked.
      release: {
        name: ID,
        chart: ID,
        values: "components/metallb/values.yaml",
        installs: ["metallb.io/*", ...(isRouted(plan) ? ["frrk8s.metallb.io/*"] : [])],
        clusterWide: ["admissionregistration.k8s.io/ValidatingWebhookConfiguration"],
      },
      privileged: true,
      // Its chart has objects of theirs, where somebody asks.
      after: [METRIC_TYPES],
      view: { bgp: isRouted(plan), collector: collectorView(plan) },
    },
    {
      id: `${ID}/config`,
      component: ID,
      namespace: NAMESPACE,
      templates: "components/metallb/config",
      secrets: isRouted(plan) ? bgpSecrets(plan, PASSWORD_TYPE) : [],
      view: {
        pools: poolsByName(plan).map(({ name, ranges, onRequest }) => ({
          name,
          onRequest,
          // Both ends, also of one address: it takes none that stands alone (metallb v0.16.1, internal/config/config.go).
          addresses: ranges.map((range) => `${firstIp(range)}-${lastIp(range)}`),
        })),
        ipv6: hasIpv6Pool(plan),
        bgp: isRouted(plan) ? bgpView(plan) : null,
      },
    },
  ],
  flows: () => [admission],
  // All others use the network of their node (metallb 0.16.1, templates/speaker.yaml; frr-k8s 0.0.25, templates).
  begins: () => [
    asksApi({ namespace: NAMESPACE, labels: podLabels("controller") }, "it hands addresses out to Services"),
  ],
  metrics: (plan) => [
    {
      unit: ID,
      namespace: NAMESPACE,
      name: "metallb-speaker",
      pods: podLabels("speaker"),
      port: 9120,
      sealed: true,
      host: true,
    },
    {
      unit: ID,
      namespace: NAMESPACE,
      name: "metallb-controller",
      pods: podLabels("controller"),
      port: 9120,
      sealed: true,
    },
    ...(isRouted(plan)
      ? // frr-k8s 0.0.25, templates/_helpers.tpl and service-monitor.yaml: of its controller and of FRR.
        [9140, 9141].map((port) => ({
          unit: ID,
          namespace: NAMESPACE,
          name: port === 9141 ? "frr-k8s" : "frr-k8s-controller",
          pods: { "app.kubernetes.io/instance": ID, "app.kubernetes.io/name": "frr-k8s" },
          port,
          sealed: true as const,
          host: true as const,
        }))
      : []),
  ],
  dashboards: (plan) => [metallbPictures(isRouted(plan))],
  alarms: (plan) => (isRouted(plan) ? [SESSION_DOWN] : []),
  workloads: (plan) => [
    anywhere(`${ID}-controller`, 48),
    onEach(plan.nodes, `${ID}-speaker`, 48),
    ...(isRouted(plan)
      ? [onEach(plan.nodes, `${ID}-frr-k8s`, 112), anywhere(`${ID}-frr-k8s-statuscleaner`, 48, 1, plan.nodes)]
      : []),
  ],
  pins: [ID],
  docs: {
    template: "components/metallb/docs.md",
    fragments: {
      alarms: "components/metallb/alarms.md",
      requests: "components/metallb/requests.md",
      troubleshooting: "components/metallb/troubleshooting.md",
    },
    view: (plan) => ({
      lan: both(plan.stacks.flatMap(({ lan }) => lan?.value ?? [])),
      ipv6: hasIpv6Pool(plan),
      bgp: isRouted(plan),
      bfd: (plan.bgp?.peers ?? []).some(({ bfd }) => bfd),
      routers: (plan.bgp?.peers ?? []).map(({ name }) => name),
      pools: plan.pools.map(({ name, range, onRequest }) => ({
        name,
        range: range.text,
        count: String(size(range)),
        onRequest,
      })),
      shared: plan.shared,
    }),
  },
};

/** Labels of the chart's pods (0.16.1, templates/_helpers.tpl). */
const podLabels = (component: string) => ({
  "app.kubernetes.io/instance": ID,
  "app.kubernetes.io/name": ID,
  "app.kubernetes.io/component": component,
});

/** metallb/frr-k8s v0.0.25, internal/metrics; the chart's values call it by this name. */
const SESSION_DOWN: Alarm = {
  name: "RouterSessionDown",
  expr: "frrk8s_bgp_session_up == 0",
  for: "5m",
  severity: "critical",
  summary: "{{ $labels.pod }} has no BGP session with {{ $labels.peer }}: the router may not know the way to Services",
};

function collectorView(plan: Plan): View | null {
  const collector = collectorOf(plan);
  return collector === undefined ? null : { account: collector.account, namespace: collector.pods.namespace };
}

const isRouted = (plan: Plan): boolean => announcementOf(plan) === "bgp";

const bgpView = (plan: Plan): View => ({
  asn: plan.bgp?.asn ?? null,
  bfd: sessionsOf(plan).some(({ peer }) => peer.bfd),
  sessions: sessionsOf(plan).map(({ name, peer, ip }) => ({
    name,
    address: ip,
    asn: peer.asn,
    secret: bgpSecretName(peer),
    far: peer.multihop !== undefined,
    bfd: peer.bfd,
    hold: `${peer.timers.hold}s`,
    keepalive: `${peer.timers.keepalive}s`,
    connect: `${peer.timers.connectRetry}s`,
  })),
});

// Speakers ask each other at 7946 in the network of their nodes, where policies reach nobody. Of the controller, ports
// and labels: metallb 0.16.1, templates/controller.yaml.
const admission: Flow = {
  unit: ID,
  namespace: NAMESPACE,
  name: "metallb-controller",
  to: podLabels("controller"),
  from: ["kube-apiserver", "host", "remote-node"],
  ports: [{ port: 9443, protocol: "TCP" }],
  because: "the API server asks it about every pool and every advertisement",
};
