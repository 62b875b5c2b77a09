import { z } from "zod";
import type { Family } from "../model/address.ts";
import type { Component } from "../model/component.ts";
import { chosenIn, isChosen } from "../model/chosen.ts";
import type { OptionQuestion } from "../model/offer.ts";
import type { View } from "../model/unit.ts";
import type { Plan } from "../model/plan.ts";
import { ciliumPolicies } from "./ciliumPolicies.ts";
import { replicas } from "./workloadNodes.ts";

const loadBalancing = z.strictObject({
  mode: z
    .enum(["snat", "dsr"])
    .default("snat")
    .describe(
      "how answers travel when another node runs the pod: snat back through the node that was asked, dsr straight to the client, whose address the pod then sees",
    )
    .meta({ because: "it works with every routing and every switch" }),
  acceleration: z
    .enum(["disabled", "best-effort", "native"])
    .default("disabled")
    .describe(
      "whether packets for Services are handled in the network driver (XDP): native wants a driver for it on every node, best-effort leaves out the others",
    )
    .meta({ because: "few home network cards have a driver for it" }),
});

const options = z.strictObject({
  routing: z
    .enum(["native", "vxlan"])
    .default("native")
    .describe("how pods of different nodes reach each other: plain routes over the LAN, or a VXLAN tunnel")
    .meta({ because: "all nodes are in one LAN, where plain routes need no tunnel and cost no packet size" }),
  loadBalancing: loadBalancing
    .prefault({})
    .describe("how a connection to a Service gets to a pod on another node")
    .meta({ layout: "line" }),
  masquerade: z
    .enum(["bpf", "iptables"])
    .default("bpf")
    .describe("what rewrites the address of pods that talk to the outside: eBPF, or iptables as kube-proxy did")
    .meta({ because: "the rest of the traffic goes through eBPF already" }),
  hubble: z
    .boolean()
    .default(true)
    .describe("whether flows and dropped packets can be looked at, with hubble or in its web interface")
    .meta({ because: "it names the policy or the node that dropped a packet; costs two small pods" }),
  devices: z
    .array(
      z.string().regex(/^[a-zA-Z][a-zA-Z0-9._-]{0,14}\+?$/, "expected the name of an interface, like ens18 or eno+"),
    )
    .min(1)
    .optional()
    .describe(
      "interfaces that carry traffic of Services, all that have a node address when absent; eno+ stands for all that begin with eno",
    )
    .meta({ kind: "a list of interfaces", example: ["ens18"] }),
});

const packetsOfServices: OptionQuestion = {
  flag: "load-balancing",
  label: "Connections to Services",
  summary: "how a connection gets to a pod on another node, and its answer back",
  because: "it works with every switch and every network card",
  answers: [
    {
      value: "snat",
      title: "Back through the node that was asked",
      summary: "works everywhere; apps see the address of a node instead of the client's",
      options: {},
    },
    {
      value: "dsr",
      title: "Straight to the client (DSR)",
      summary: "one hop less, and apps see who asks; needs a switch that minds no answers from another machine",
      options: { loadBalancing: { mode: "dsr" } },
    },
    {
      value: "dsr-xdp",
      title: "Straight to the client, in the driver (DSR, XDP)",
      summary: "the fastest; every node needs a network card whose driver has XDP, which VMs with VirtIO have",
      options: { loadBalancing: { mode: "dsr", acceleration: "native" } },
    },
  ],
};

export type CiliumOptions = z.output<typeof options>;

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
      release: { name: "cilium", chart: "cilium", values: "components/cilium/values.yaml", installs: ["cilium.io/*"] },
      privileged: true,
      // Without a pod network no controller starts, and without controllers nobody installs a pod network.
      early: true,
      // Hubble's relay looks up its peers by name and is not ready before: it waits for the resolver, which waits for
      // the pod network (cilium/cilium 1.20, pkg/hubble/relay/server/health.go; its chart, hubble-relay/configmap.yaml).
      readyLater: chosen.hubble,
      view: values(plan, chosen),
    },
  ],
  podNetwork: ({ loadBalancing: { acceleration } }) => ({
    replacesKubeProxy: true,
    driver: acceleration === "disabled" ? "none" : acceleration,
  }),
  policies: (flows) => ciliumPolicies(flows),
  pins: ["cilium"],
  docs: {
    template: "components/cilium/docs.md",
    fragments: { troubleshooting: "components/cilium/troubleshooting.md" },
    view: (plan, chosen) => ({
      native: chosen.routing === "native",
      dsr: chosen.loadBalancing.mode === "dsr",
      inDriver: chosen.loadBalancing.acceleration === "native",
      hubble: chosen.hubble,
      announces: isChosen(plan, "cilium-load-balancer"),
      devices: chosen.devices ?? [],
      pods: plan.cluster.pods.text,
      pods6: rangeOf(plan, 6),
      rewrites: chosen.masquerade === "bpf",
      lan: plan.lan.cidr.text,
    }),
  },
};

const rangeOf = ({ stacks }: Plan, family: Family): string | null =>
  stacks.find((stack) => stack.family === family)?.pods?.value.text ?? null;

/** Legal combinations are a rule's to enforce (src/rules/cni); here each option becomes the keys the chart knows. */
function values(plan: Plan, chosen: CiliumOptions): View {
  const { localApi, closedHost, resolvesOnNode } = plan.cluster.traits;
  return {
    apiHost: localApi.host,
    apiPort: localApi.port,
    closedHost,
    hostLegacyRouting: resolvesOnNode && chosen.masquerade === "bpf",
    native: chosen.routing === "native",
    pods: plan.cluster.pods.text,
    pods6: rangeOf(plan, 6),
    mode: chosen.loadBalancing.mode,
    acceleration: chosen.loadBalancing.acceleration,
    bpfMasquerade: chosen.masquerade === "bpf",
    devices: chosen.devices ?? [],
    hubble: chosen.hubble,
    announces: isChosen(plan, "cilium-load-balancer"),
    leavesAddresses: chosenIn(plan, "load-balancer").some(({ component }) => component.partOf !== "cilium"),
    // The operator's replicas refuse to share a node and tolerate every taint: control planes count.
    operatorReplicas: replicas(plan.nodes),
  };
}
