/** What can be chosen about Cilium, and what of it is asked. Which combinations the agent takes, src/rules/cni says. */
import { z } from "zod";
import type { OptionQuestion } from "../model/offer.ts";

const loadBalancing = z.strictObject({
  mode: z
    .enum(["snat", "dsr", "hybrid"])
    .default("snat")
    .describe(
      "how answers travel when another node runs the pod: snat back through the node that was asked, dsr straight to the client, whose address the pod then sees, hybrid dsr for TCP and snat for UDP, so that packets keep their size",
    )
    .meta({ because: "it works with every routing and every switch" }),
  dispatch: z
    .enum(["opt", "geneve"])
    .default("opt")
    .describe(
      "in modes dsr and hybrid, how the node of the pod is told which address to answer from: opt in an option of the IP header, which some switches and routers drop, geneve in a Geneve packet (UDP 6081 between nodes)",
    )
    .meta({ because: "with plain routes it needs no tunnel" }),
  algorithm: z
    .enum(["random", "maglev"])
    .default("random")
    .describe(
      "which pod of a Service a connection from outside gets: random any of them, maglev the one that all nodes agree on, whichever of them is asked",
    )
    .meta({ because: "Maglev has a table for each Service in the memory of every node" }),
  acceleration: z
    .enum(["disabled", "best-effort", "native"])
    .default("disabled")
    .describe(
      "whether packets for Services are handled in the network driver (XDP): native wants a driver for it on every node, best-effort leaves out the others",
    )
    .meta({ because: "few home network cards have a driver for it" }),
});

export const options = z.strictObject({
  kubeProxyReplacement: z
    .boolean()
    .default(true)
    .describe(
      "whether Cilium carries traffic to Services in place of kube-proxy; what it announces, its gateways and the options of loadBalancing need that",
    )
    .meta({ because: "one thing less runs on every node, and Services go through eBPF" }),
  routing: z
    .enum(["native", "vxlan", "geneve"])
    .default("native")
    .describe("how pods of different nodes reach each other: plain routes over the LAN, or a tunnel, VXLAN or Geneve")
    .meta({ because: "all nodes are in one LAN, where plain routes need no tunnel and cost no packet size" }),
  endpointRoutes: z
    .boolean()
    .optional()
    .describe(
      "whether each pod has a route of its own in the kernel of its node; when absent, with plain routes alone",
    ),
  loadBalancing: loadBalancing
    .prefault({})
    .describe("how a connection to a Service gets to a pod on another node")
    .meta({ layout: "line" }),
  masquerade: z
    .enum(["bpf", "iptables"])
    .default("bpf")
    .describe("what rewrites the address of pods that talk to the outside: eBPF, or iptables as kube-proxy did")
    .meta({ because: "the rest of the traffic goes through eBPF already" }),
  encryption: z
    .enum(["none", "wireguard"])
    .default("none")
    .describe(
      "whether what pods of different nodes say to each other is readable on the LAN; wireguard encrypts it with keys that each node makes for itself",
    )
    .meta({ because: "it takes time of every processor and 80 bytes of each packet" }),
  nodeEncryption: z
    .boolean()
    .default(false)
    .describe(
      "with encryption, whether nodes encrypt what they say themselves too, to other nodes and their pods; never from or to control planes; Cilium calls it a beta",
    )
    .meta({ because: "kubelets and the API speak TLS already" }),
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

export type CiliumOptions = z.output<typeof options>;

export const packetsOfServices: OptionQuestion = {
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
