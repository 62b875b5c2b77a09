import { z } from "zod";
import type { BgpSpeaker } from "../model/bgp.ts";
import { familyOf, type Ip } from "../model/address.ts";
import { API_SERVER_PORT, httpsAt } from "../model/apiUrl.ts";
import type { Component } from "../model/component.ts";
import type { PerFamily } from "../model/families.ts";
import { ipsField } from "../fields/fields.ts";
import { pinOf } from "../model/pins.ts";
import type { Node, Plan } from "../model/plan.ts";
import type { Pin, PinId, View } from "../model/unit.ts";
import { controlPlanesOf, onEach } from "../model/workloads.ts";
import { modeOf } from "./announcing.ts";
import { sessionsView, speaker } from "./kubeVipBgp.ts";
import { lease, leaseView } from "./kubeVipLease.ts";
import { commonLink } from "./kubeVipLinks.ts";
import { NOBODY_LEADS, sessionAlarm, VIP_PORT, vipMetrics } from "./kubeVipMetrics.ts";

const ID = "kube-vip-api";
const IMAGE = "kube-vip-image";

const options = z.strictObject({
  address: ipsField()
    .optional()
    .describe(
      "address of the Kubernetes API: free on the LAN and outside DHCP and pools, or of no LAN where routers are told",
    )
    .meta({ example: "172.16.1.49" }),
  mode: modeOf(["l2", "bgp"]),
  lease,
});

type Options = Omit<z.output<typeof options>, "address"> & { readonly address?: PerFamily<Ip> | undefined };

/** Control planes bring it with them, so that the address is there before anything is installed through it. */
export const kubeVipApi = (pins: ReadonlyMap<PinId, Pin>): Component<Options> => ({
  id: ID,
  slot: "api",
  provider: "kube-vip",
  title: "kube-vip for the API",
  summary:
    "one address that moves between the control planes, by ARP and NDP or by BGP; costs the address and a small pod on each",
  options,
  // Those that take manifests from a folder of each control plane.
  distributions: ["k3s", "kubeadm"],
  addresses: [
    {
      key: "address",
      from: "lan",
      owner: "Kubernetes API",
      role: "api",
      note: "VIP, moves between control planes",
      routed: ({ mode }) => mode === "bgp",
    },
  ],
  speaksBgp: (plan, { mode }) => (mode === "bgp" ? speakerOf(plan) : undefined),
  addressesOnLinks: true,
  units: () => [],
  onControlPlanes: (plan, chosen) => {
    const template = plan.cluster.traits.manifests === "pods" ? "pod" : "daemonset";
    return [
      {
        name: "kube-vip",
        template: `components/kube-vip-api/${template}.yaml`,
        view: { ...environment(plan, chosen), ...imageOf(pinOf(pins, IMAGE)), ...localApi(plan) },
      },
    ];
  },
  meteredMachines: (plan) => vipMetrics(ID, controlPlanes(plan), VIP_PORT),
  alarms: (plan, { mode }) => [
    NOBODY_LEADS,
    ...(mode === "bgp" ? [sessionAlarm("ApiRouterSessionDown", ID, "the Kubernetes API")] : []),
  ],
  workloads: (plan) => [onEach(controlPlanesOf(plan), "kube-vip", 32)],
  pins: [IMAGE],
  docs: {
    template: "components/kube-vip-api/docs.md",
    fragments: {
      alarms: "components/kube-vip-api/alarms.md",
      requests: "components/kube-vip-api/requests.md",
      troubleshooting: "components/kube-vip-api/troubleshooting.md",
    },
    view: (plan, chosen) => ({
      ...routedView(plan, chosen),
      address: plan.cluster.api.address,
      port: String(plan.cluster.api.port),
      link: commonLink(controlPlanes(plan)),
      seconds: String(chosen.lease.duration),
      others: plan.cluster.api.addresses.filter((ip) => ip !== plan.cluster.api.address),
      first: controlPlanes(plan)[0]?.ip,
      firstUrl: controlPlanes(plan)
        .slice(0, 1)
        .map(({ ip }) => httpsAt(ip, API_SERVER_PORT))
        .join(),
      applied: plan.cluster.traits.manifests !== "pods",
      controlPlanes: controlPlanes(plan).map(({ name, ip }) => ({ name, ip })),
    }),
  },
});

const controlPlanes = ({ nodes }: Plan): readonly Node[] => nodes.filter(({ role }) => role === "control-plane");

/** Control planes have its pod before there is an API, let alone a Secret. */
const speakerOf = (plan: Plan): BgpSpeaker => {
  const own = speaker(controlPlanes(plan), plan);
  return { ...own, lacks: { ...own.lacks, password: NO_SECRET } };
};

const NO_SECRET = {
  because: "it starts before there are Secrets, and a password in its manifest would stand in Git",
  source: "Kubernetes documentation, Create static Pods: they cannot refer to other API objects",
};

const routedView = (plan: Plan, { mode }: Options): View => ({
  bgp: mode === "bgp",
  routers: (plan.bgp?.peers ?? []).map(({ name }) => name),
  hold: String(plan.bgp?.peers[0]?.timers.hold),
  bfd: (plan.bgp?.peers ?? []).some(({ bfd }) => bfd),
  // A balancer on each node keeps those apart that only join by it.
  everyDay: plan.cluster.traits.localApi.host === plan.cluster.api.address,
});

const environment = (plan: Plan, chosen: Options): View => ({
  address: plan.cluster.api.addresses.join(","),
  lengths: lengthsOf(plan.cluster.api.addresses),
  bgp: chosen.mode === "bgp" ? sessionsView(plan) : null,
  link: commonLink(controlPlanes(plan)),
  port: String(plan.cluster.api.port),
  lease: leaseView(chosen.lease),
});

/** Of IPv4 first, whichever address stands first (kube-vip v1.2.3, pkg/vip/address.go, SelectSubnet). */
const lengthsOf = (ips: readonly Ip[]): string =>
  [4, 6]
    .filter((family) => ips.some((ip) => familyOf(ip) === family))
    .map((family) => (family === 4 ? "32" : "128"))
    .join(",");

const imageOf = ({ source, version, datasource, depName }: Pin): View => ({
  image: `${source}:${version}`,
  datasource,
  depName,
});

const localApi = ({ cluster: { traits } }: Plan): View => ({
  localHost: traits.localApi.host,
  localPort: String(traits.localApi.port),
});
