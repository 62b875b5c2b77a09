import type { Family } from "../model/address.ts";
import { attachmentsOf } from "../model/attachments.ts";
import { announcementOf, type Announcement } from "../model/bgp.ts";
import type { Component } from "../model/component.ts";
import { chosenIn, isChosen } from "../model/chosen.ts";
import { isMetered } from "../model/metrics.ts";
import type { View } from "../model/unit.ts";
import type { Plan } from "../model/plan.ts";
import { enforcesNothing } from "../model/policies.ts";
import { CILIUM_GATEWAY } from "./cilium-gateway.ts";
import { options, packetsOfServices, type CiliumOptions } from "./ciliumOptions.ts";
import { ciliumMetrics, SESSION_DOWN } from "./ciliumMetrics.ts";
import { ciliumClosing, ciliumPolicies } from "./ciliumPolicies.ts";
import { ciliumPods } from "./ciliumPods.ts";
import { GRAFANA } from "./grafanaPods.ts";
import { replicas } from "./workloadNodes.ts";

export const cilium: Component<CiliumOptions> = {
  id: "cilium",
  slot: "cni",
  title: "Cilium",
  summary: "pod network in eBPF that replaces kube-proxy and enforces policies; one agent a node",
  options,
  questions: [packetsOfServices],
  units: (plan, chosen) => [
    {
      id: "cilium",
      component: "cilium",
      namespace: "kube-system",
      // Not in the chart: the operator creates the custom resources when it starts (Cilium documentation, 1.20).
      release: {
        name: "cilium",
        chart: "cilium",
        values: "components/cilium/values.yaml",
        installs: ["cilium.io/*"],
        clusterWide: [
          "/Namespace",
          "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
          "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
          "gateway.networking.k8s.io/GatewayClass",
        ],
        // Certificates that its proxy shows lie there (values: tls.secretsNamespace).
        namespaces: ["cilium-secrets"],
      },
      privileged: true,
      // The operator looks for the types of the Gateway API once, when it starts, and the chart brings a GatewayClass.
      ...(isChosen(plan, CILIUM_GATEWAY) && { after: ["gateway-api"] }),
      // Without a pod network no controller starts, and without controllers nobody installs a pod network.
      early: true,
      // Hubble's relay looks up its peers by name and is not ready before: it waits for the resolver, which waits for
      // the pod network (cilium/cilium 1.20, pkg/hubble/relay/server/health.go; its chart, hubble-relay/configmap.yaml).
      readyLater: chosen.hubble,
      view: values(plan, chosen),
    },
  ],
  podNetwork: ({ kubeProxyReplacement, loadBalancing: { acceleration, mode } }) => ({
    installedBy: "repository",
    replacesKubeProxy: kubeProxyReplacement,
    // Cilium documentation 1.20, Kubernetes Without kube-proxy: Direct Server Return; hybrid has it for TCP.
    ...(kubeProxyReplacement && mode !== "snat" && { keepsClients: true }),
    driver: !kubeProxyReplacement || acceleration === "disabled" ? "none" : acceleration,
    enforces: ["cilium.io", "networking.k8s.io"],
  }),
  policies: (flows) => ciliumPolicies(flows),
  closing: ciliumClosing,
  metrics: (plan, chosen) => ciliumMetrics(plan, chosen),
  alarms: (plan) => (announcesBy(plan) === "bgp" ? [SESSION_DOWN] : []),
  workloads: (plan, { hubble }) => ciliumPods(plan, { hubble, envoy: runsEnvoy(plan) }),
  pins: ["cilium"],
  docs: {
    template: "components/cilium/docs.md",
    fragments: {
      alarms: "components/cilium/alarms.md",
      troubleshooting: "components/cilium/troubleshooting.md",
    },
    view: (plan, chosen) => ({
      ...answersOf(chosen),
      native: chosen.routing === "native",
      geneve: chosen.routing === "geneve",
      tunnel: tunnelOf(chosen),
      encrypts: chosen.encryption !== "none",
      nodeEncryption: chosen.nodeEncryption,
      encryptsRequests: encryptsRequests(chosen),
      inDriver: chosen.loadBalancing.acceleration === "native",
      hubble: chosen.hubble,
      services: chosen.kubeProxyReplacement,
      announces: announcesBy(plan) === "l2",
      bgp: announcesBy(plan) === "bgp",
      devices: chosen.devices ?? [],
      pods: plan.cluster.pods.text,
      pods6: rangeOf(plan, 6),
      rewrites: chosen.masquerade === "bpf",
      lan: plan.lan.cidr.text,
    }),
  },
};

/** How Cilium itself announces addresses; undefined where somebody else does. */
const announcesBy = (plan: Plan): Announcement | undefined =>
  isChosen(plan, "cilium-load-balancer") ? announcementOf(plan) : undefined;

const rangeOf = ({ stacks }: Plan, family: Family): string | null =>
  stacks.find((stack) => stack.family === family)?.pods?.value.text ?? null;
/**
 * Ports: Cilium documentation, System Requirements, Firewall Rules. The kernel of Talos has both built in, and WireGuard
 * (siderolabs/pkgs, kernel/build/config-amd64 and config-arm64), so agents need no right to load modules.
 */
const tunnels = { vxlan: { title: "VXLAN", port: "8472" }, geneve: { title: "Geneve", port: "6081" } } as const;

const tunnelOf = ({ routing }: CiliumOptions) => (routing === "native" ? null : tunnels[routing]);

/**
 * The smallest table for ten pods a Service, of the sizes that agents take; it is written once, because nodes that
 * change theirs one after the other choose different pods meanwhile (Cilium documentation, Maglev Consistent Hashing).
 */
const MAGLEV_TABLE = 1021;

/** How answers of pods get to clients when another node was asked. */
const answersOf = ({ loadBalancing: { mode, dispatch } }: CiliumOptions) => ({
  direct: mode !== "snat",
  hybrid: mode === "hybrid",
  inIpOptions: mode !== "snat" && dispatch === "opt",
  viaGeneve: mode !== "snat" && dispatch === "geneve",
});

/**
 * Whether WireGuard encrypts what a client asks from outside on the way from the node that was asked to the node of the
 * pod (Cilium documentation, WireGuard Transparent Encryption, Which traffic is encrypted).
 */
function encryptsRequests(chosen: CiliumOptions): boolean {
  const { inIpOptions } = answersOf(chosen);
  if (chosen.loadBalancing.acceleration !== "disabled" || inIpOptions) return false;
  return chosen.loadBalancing.mode === "dsr" || chosen.routing !== "native" || chosen.nodeEncryption;
}

/** Envoy does not start on them, and without gateways of Cilium nobody waits for it (PI-01). */
const runsEnvoy = ({ nodes }: Plan): boolean => !nodes.some(({ traits }) => traits.fewAddressBits);

/** Legal combinations are a rule's to enforce (src/rules/cni); here each option becomes the keys the chart knows. */
function values(plan: Plan, chosen: CiliumOptions): View {
  const { localApi, closedHost, resolvesOnNode } = plan.cluster.traits;
  return {
    audits: enforcesNothing(plan),
    apiHost: localApi.host,
    apiPort: localApi.port,
    closedHost,
    services: chosen.kubeProxyReplacement,
    hostLegacyRouting: resolvesOnNode && chosen.masquerade === "bpf",
    native: chosen.routing === "native",
    pods: plan.cluster.pods.text,
    pods6: rangeOf(plan, 6),
    protocol: chosen.routing,
    tunnelPort: tunnelOf(chosen)?.port ?? null,
    endpointRoutes: chosen.endpointRoutes ?? chosen.routing === "native",
    mode: chosen.loadBalancing.mode,
    viaGeneve: answersOf(chosen).viaGeneve,
    maglev: chosen.loadBalancing.algorithm === "maglev" ? MAGLEV_TABLE : null,
    acceleration: chosen.loadBalancing.acceleration,
    bpfMasquerade: chosen.masquerade === "bpf",
    encrypts: chosen.encryption !== "none",
    nodeEncryption: chosen.nodeEncryption,
    devices: chosen.devices ?? [],
    shared: attachmentsOf(plan).length > 0,
    // Frames with any other tag are dropped on the cards that the agents look after (Cilium documentation, VLAN 802.1q).
    tags: [...new Set(attachmentsOf(plan).flatMap(({ network: { tagged, vlan } }) => (tagged ? (vlan ?? []) : [])))],
    hubble: chosen.hubble,
    metered: isMetered(plan),
    dashboards: isMetered(plan) && isChosen(plan, GRAFANA),
    envoy: runsEnvoy(plan),
    announces: announcesBy(plan) === "l2",
    bgp: announcesBy(plan) === "bgp",
    gateways: isChosen(plan, CILIUM_GATEWAY),
    // Cilium documentation 1.20, Kubernetes Without kube-proxy: Socket LoadBalancer Bypass in Pod Namespace.
    byPacket: chosen.kubeProxyReplacement && plan.chosen.some(({ component }) => component.passesOn),
    leavesAddresses: chosenIn(plan, "load-balancer").some(({ component }) => component.partOf !== "cilium"),
    // The operator's replicas refuse to share a node and tolerate every taint: control planes count.
    operatorReplicas: replicas(plan.nodes),
  };
}
