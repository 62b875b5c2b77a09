import { z } from "zod";
import { firstIp, lastIp, size } from "../model/address.ts";
import { announcementOf } from "../model/bgp.ts";
import { isChosen } from "../model/chosen.ts";
import type { Component } from "../model/component.ts";
import { both } from "../model/families.ts";
import { pinOf } from "../model/pins.ts";
import type { Plan } from "../model/plan.ts";
import type { Pin, PinId } from "../model/unit.ts";
import { onEach, anywhere } from "../model/workloads.ts";
import { announcingQuestion, modeOf } from "./announcing.ts";
import { bgpSecrets } from "./bgpSessions.ts";
import { passwordsView, sessionsView, speaker } from "./kubeVipBgp.ts";
import { lease, leaseView } from "./kubeVipLease.ts";
import { commonLink } from "./kubeVipLinks.ts";
import { sessionAlarm, VIP_PORT, vipMetrics } from "./kubeVipMetrics.ts";
import { hasIpv6Pool } from "./pools.ts";
import { kubeVipPictures } from "./addressPictures.ts";

const ID = "kube-vip";
const IMAGE = "kube-vip-image";
const PROVIDER = "kube-vip-cloud-provider";
/** Its pods use the network of their node, which Pod Security allows here on every distribution. */
const NAMESPACE = "kube-system";

const options = z.strictObject({ mode: modeOf(["l2", "bgp"]), lease });

/**
 * kube-vip-cloud-provider writes an address of the pools on each Service. Of the pods of kube-vip, one on each node, an
 * election for each Service finds the one that answers for it; over BGP all those tell routers the way that may.
 */
export const kubeVip = (pins: ReadonlyMap<PinId, Pin>): Component<z.output<typeof options>> => ({
  id: ID,
  slot: "load-balancer",
  title: "kube-vip",
  summary:
    "announces addresses by ARP and NDP or by BGP, from nodes that run a pod of the Service; costs a controller and a small pod on each node",
  options,
  questions: [announcingQuestion],
  // Its pods and the cloud provider read this key and ignore those of others (kube-vip v1.2.3, pkg/kubevip/annotations.go).
  addressAnnotations: (ips, sharing) => ({
    "kube-vip.io/loadbalancerIPs": ips.join(","),
    // One lease for all Services with the address: the node that has one of them has the others as well.
    ...(sharing !== undefined && { "kube-vip.io/leaseName": `${NAMESPACE}/kubevip-${sharing}` }),
  }),
  announces: ({ mode }) => mode,
  speaksBgp: (plan, { mode }) => (mode === "bgp" ? speaker(plan.nodes, plan) : undefined),
  // Only nodes with a pod take part in the election then (kube-vip v1.2.3, pkg/endpoints/endpoints_generic.go).
  followsPods: true,
  addressesOnLinks: true,
  pools: { group: "", kind: "ConfigMap" },
  units: (plan, chosen) => {
    const image = pinOf(pins, IMAGE);
    return [
      {
        id: ID,
        component: ID,
        namespace: NAMESPACE,
        release: { name: ID, chart: ID, values: "components/kube-vip/values.yaml" },
        privileged: true,
        secrets: isRouted(plan) ? bgpSecrets(plan) : [],
        view: {
          bgp: isRouted(plan) ? sessionsView(plan) : null,
          passwords: isRouted(plan) ? passwordsView(plan) : [],
          repository: image.source,
          tag: image.version,
          link: commonLink(plan.nodes),
          lengths: hasIpv6Pool(plan) ? "32,128" : "32",
          lease: leaseView(chosen.lease),
          metrics: `:${portOf(plan)}`,
        },
      },
      {
        id: PROVIDER,
        component: ID,
        namespace: NAMESPACE,
        release: { name: PROVIDER, chart: PROVIDER, values: "components/kube-vip/cloud-provider.yaml" },
        templates: "components/kube-vip/pools",
        // Whoever waits for an address waits for both.
        after: [ID],
        view: { ranges: listed(plan) },
      },
    ];
  },
  meteredMachines: (plan) => vipMetrics(ID, plan.nodes, portOf(plan)),
  dashboards: (plan) => [kubeVipPictures(isRouted(plan))],
  alarms: (plan) => (isRouted(plan) ? [sessionAlarm("RouterSessionDown", ID, "Services")] : []),
  // The second as its chart says (kube-vip-cloud-provider 0.2.10, templates/deployment.yaml).
  workloads: ({ nodes }) => [onEach(nodes, "kube-vip-services", 32), anywhere(PROVIDER, 64)],
  pins: [ID, IMAGE, PROVIDER],
  docs: {
    template: "components/kube-vip/docs.md",
    fragments: {
      alarms: "components/kube-vip/alarms.md",
      requests: "components/kube-vip/requests.md",
      troubleshooting: "components/kube-vip/troubleshooting.md",
    },
    view: (plan, chosen) => ({
      lan: both(plan.stacks.flatMap(({ lan }) => lan?.value ?? [])),
      ipv6: hasIpv6Pool(plan),
      bgp: isRouted(plan),
      routers: (plan.bgp?.peers ?? []).map(({ name }) => name),
      bfd: (plan.bgp?.peers ?? []).some(({ bfd }) => bfd),
      shared: plan.shared,
      link: commonLink(plan.nodes),
      seconds: String(chosen.lease.duration),
      cilium: isChosen(plan, "cilium"),
      pools: plan.pools.map(({ name, range, onRequest }) => ({
        name,
        range: range.text,
        count: String(size(range)),
        onRequest,
      })),
    }),
  },
});

/** Of the node: pods for the API have the usual one. */
const portOf = (plan: Plan): number => (isChosen(plan, "kube-vip-api") ? VIP_PORT + 1 : VIP_PORT);

const isRouted = (plan: Plan): boolean => announcementOf(plan) === "bgp";

/**
 * Nobody compares the address a Service asks for with the pools, so one for those that ask is only left out here. Both
 * ends, also of one address: none that stands alone is taken, and families are told apart by the cloud provider itself
 * (kube-vip-cloud-provider v0.0.12, pkg/provider/loadBalancer.go, pkg/ipam/addressbuilder.go).
 */
const listed = ({ pools }: Plan): string =>
  pools
    .filter(({ onRequest }) => !onRequest)
    .map(({ range }) => `${firstIp(range)}-${lastIp(range)}`)
    .join(",");
