/** What can be chosen about Calico, and what of it is asked. */
import { z } from "zod";
import type { OptionQuestion } from "../model/offer.ts";

export const options = z.strictObject({
  dataplane: z
    .enum(["iptables", "nftables", "ebpf"])
    .default("iptables")
    .describe(
      "what handles packets on a node: rules of iptables or nftables, beside a kube-proxy that uses the same, or eBPF, which takes the place of kube-proxy",
    )
    .meta({ because: "it runs on every kernel and every network card" }),
  routing: z
    .enum(["bgp", "vxlan"])
    .default("bgp")
    .describe(
      "how pods of different nodes reach each other: plain routes over the LAN that every node tells every other by BGP, or a VXLAN tunnel",
    )
    .meta({ because: "all nodes are in one LAN, where plain routes need no tunnel and cost no packet size" }),
  encryption: z
    .enum(["none", "wireguard"])
    .default("none")
    .describe(
      "whether what pods of different nodes say to each other is readable on the LAN; wireguard encrypts it with keys that each node makes for itself",
    )
    .meta({ because: "it takes time of every processor and up to 80 bytes of each packet" }),
});

export type CalicoOptions = z.output<typeof options>;

export const packetsOfNodes: OptionQuestion = {
  flag: "dataplane",
  label: "Packets on the nodes",
  summary: "what handles packets and Services on each node, with Calico",
  because: "it runs on every kernel and every network card",
  answers: [
    {
      value: "iptables",
      title: "iptables, beside kube-proxy",
      summary: "what most clusters have run for years",
      options: {},
    },
    {
      value: "nftables",
      title: "nftables, beside kube-proxy",
      summary: "what comes after iptables, lighter with many Services; kube-proxy uses it as well",
      options: { dataplane: "nftables" },
    },
    {
      value: "ebpf",
      title: "eBPF, without kube-proxy",
      summary: "apps see who asks; needs node addresses on cards without VLAN tags",
      options: { dataplane: "ebpf" },
    },
  ],
};
