/**
 * `networks`: what is in the house beside the LAN. The cluster keeps away from all of them; pods stand in those that say
 * `attach`, with a second interface each.
 */
import { z } from "zod";
import { cidrsField, labelField, named } from "../fields/fields.ts";

// What Flux writes on every object is the name of its Kustomization, attachments-<namespace>, as a label: 63 characters.
const namespace = () => labelField({ longest: 50, kind: "a namespace", example: "home-automation" });

const attach = z
  .strictObject({
    type: z
      .enum(["macvlan"])
      .default("macvlan")
      .describe("kind of the second interface\nmacvlan: a network card of its own, with a MAC address of its own")
      .meta({ because: "devices of the network see the pod as one of theirs" }),
    mode: z
      .enum(["bridge", "private"])
      .default("bridge")
      .describe(
        "whether pods of one node reach each other in the network\nbridge: they do\nprivate: they do not, those of other nodes do",
      )
      .meta({ because: "pods of one node are to each other what those of two nodes are" }),
    ipam: z
      .enum(["dhcp", "static"])
      .default("dhcp")
      .describe(
        "who gives a pod its address\ndhcp: the DHCP server of the network, another one after each start\nstatic: you, one for each app",
      )
      .meta({ because: "the router knows which addresses are free" }),
    name: labelField({
      description: "what pods call it in their annotation; the name of the network when absent",
      example: "macvlan-conf",
    }).optional(),
    namespaces: z
      .array(namespace())
      .min(1)
      .describe(
        "namespaces whose pods may have it; each gets an attachment of its own, and is made when it is not there",
      )
      .meta({ kind: "a list of namespaces", example: ["home-automation"] }),
    nodes: z
      .array(labelField({ kind: "the name of a node" }))
      .min(1)
      .optional()
      .describe("nodes that have the interface; all of them when absent")
      .meta({ kind: "a list of nodes", example: ["k8s-1"] }),
  })
  .meta({
    short: "namespaces",
    kind: "a list of namespaces, or a map",
    description: "a second interface for pods, in this network",
  });

const network = z
  .strictObject({
    cidr: cidrsField({ description: "its addresses", example: "10.8.0.0/24" }),
    vlan: z
      .int()
      .min(1)
      .max(4094)
      .optional()
      .describe("VLAN it is, where switches know it as one")
      .meta({ example: 30 }),
    // IFNAMSIZ is 16 with the final zero byte (Linux, include/uapi/linux/if.h).
    interface: z
      .string()
      .regex(/^[a-zA-Z][a-zA-Z0-9._-]{0,14}$/, "expected the name of an interface, like ens19")
      .optional()
      .describe("network card of the nodes that is in it, as their system calls it; the nodes have no address there")
      .meta({ kind: "the name of an interface", example: "ens19" }),
    tagged: z
      .boolean()
      .default(false)
      .describe("whether its frames reach that card with the tag of the VLAN, so that nodes take it off")
      .meta({ because: "a switch port, or Proxmox, takes the tag off" }),
    attach: attach.optional(),
  })
  .meta({ short: "cidr", kind: "a network as a CIDR, or a map", description: "a network beside the LAN" });

export const networks = named(network)
  .prefault({})
  .meta({
    description: "other networks of the house, such as VLANs, VPNs and Docker's, which the cluster keeps away from",
    kind: "a map of networks",
    because: "no other network was named",
    example: { vpn: "10.8.0.0/24" },
  });
