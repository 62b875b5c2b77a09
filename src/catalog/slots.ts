/** The switches of homelab.yaml, in the order people think of them. */
import { z } from "zod";
import type { Slot } from "../model/slot.ts";
import { ipField, ipsField, labelField, rangesField } from "../fields/fields.ts";

const pool = z
  .union([
    rangesField(),
    z.strictObject({
      addresses: rangesField().describe("addresses of the pool"),
      auto: z
        .boolean()
        .default(true)
        .describe("whether Services get addresses of it that ask for none; false keeps it for those that ask")
        .meta({ because: "a Service without an address of its own takes any" }),
    }),
  ])
  .describe("addresses of one pool")
  .meta({
    kind: "a range of addresses, one for each IP family, or a map",
    example: "172.16.1.60-172.16.1.69",
    layout: "line",
  });

const gateway = {
  address: ipsField()
    .optional()
    .describe("address of the gateway, from a pool of the load balancer")
    .meta({ example: "172.16.1.61" }),
  default: z.boolean().optional().describe("whether routes that name no gateway go to this one"),
};

export const slots: readonly Slot[] = [
  {
    id: "gitops",
    form: "one",
    path: "gitops",
    first: true,
    title: "GitOps engine",
    summary: "what keeps the cluster in step with the repository",
    shared: {},
    fallbacks: [{ component: "flux-operator", because: "it takes less memory, and nobody has to log in to it" }],
  },
  {
    id: "api",
    form: "one",
    path: "cluster.api",
    title: "Kubernetes API",
    summary: "the address under which nodes and kubectl find the API server",
    shared: {},
    fallbacks: [
      {
        component: "talos-vip",
        because: "an address of its own survives the loss of a control plane, and more can join later",
      },
      {
        component: "kube-vip-api",
        because: "an address of its own survives the loss of a control plane, and more can join later",
      },
      { component: "single-api", because: "it takes no address and no program beside Kubernetes" },
    ],
  },
  {
    id: "cni",
    form: "one",
    path: "cni",
    title: "Pod network",
    summary: "how pods reach each other and what may reach them",
    shared: {},
    fallbacks: [
      {
        component: "cilium",
        because: "it routes pods, replaces kube-proxy, enforces policies and announces addresses in one part",
      },
    ],
  },
  {
    id: "load-balancer",
    form: "one",
    path: "loadBalancer",
    title: "Load balancer",
    summary: "gives Services addresses of your LAN and makes the LAN find them",
    shared: {
      pools: z
        .record(labelField(), pool)
        .optional()
        .describe(
          "named ranges of addresses for Services, outside DHCP: of the LAN, or of nobody where routers are told",
        )
        .meta({ kind: "a map of ranges", example: { lan: "172.16.1.60-172.16.1.69" } }),
      shared: z
        .array(ipField())
        .optional()
        .describe(
          "addresses of pools that several Services have together, each at ports of its own, such as 53 beside 443",
        )
        .meta({ kind: "a list of addresses", example: ["172.16.1.60"] }),
      nodeRoutes: z
        .boolean()
        .default(false)
        .describe(
          "whether managed hosts, and nodes with a Linux of their own, get routes to the pools by Ansible, through the router that is told the way",
        )
        .meta({ because: "they send to their router what is not of the LAN, and it knows the way" }),
    },
    fallbacks: [
      { component: "cilium-load-balancer", because: "Cilium is there already and needs no second controller" },
      { component: "metallb", because: "it announces addresses beside every pod network" },
    ],
  },
  {
    id: "ingress",
    form: "one",
    path: "ingress",
    title: "Gateways",
    summary: "carry requests for host names to the apps behind them",
    shared: {},
    entries: {
      key: "gateways",
      // A Service is called cilium-gateway-<name>, the longest of all, which must be a label as well.
      name: labelField({ longest: 48 }),
      keys: gateway,
      wayIn: {
        key: "public",
        description: "way in from the internet; without one only the LAN reaches the gateway",
      },
      entry: { description: "one gateway", kind: "a map with the address" },
      all: {
        description: "named gateways, each with an address of its own",
        kind: "a map of gateways",
        example: { internal: { address: "172.16.1.61", default: true } },
      },
    },
    fallbacks: [
      {
        component: "envoy-gateway",
        because: "it implements all of the Gateway API and keeps each gateway in pods of its own",
      },
    ],
  },
  {
    id: "split-dns",
    form: "one",
    path: "dns.split",
    title: "Split DNS",
    summary: "answers names of your domains with LAN addresses, for the resolver of your LAN to ask",
    shared: {},
    fallbacks: [
      {
        component: "k8s-gateway",
        because: "it reads names from the routes themselves, so no record is kept by hand",
      },
    ],
  },
  {
    id: "publish",
    form: "named",
    path: "dns.publish",
    title: "Published names",
    // A domain has one host of its public DNS.
    asked: "one",
    summary: "writes names of routes into DNS servers that are there already: of the internet, or of your house",
    shared: {},
  },
  {
    id: "dynamic-dns",
    form: "each",
    path: "dns.dynamic",
    title: "Dynamic DNS",
    summary:
      "keeps the record of your public address where the provider changes it; at the DNS host of the first domain",
    shared: {},
  },
  {
    id: "certificates",
    form: "each",
    path: "certificates",
    title: "Certificates",
    summary: "what the gateways show to browsers; without any they speak http",
    shared: {},
  },
  {
    id: "secrets",
    form: "one",
    path: "secrets",
    title: "Secrets",
    summary: "where the values stand that only you have: tokens, keys, passwords",
    shared: {},
    fallbacks: [{ component: "cluster-secrets", because: "it needs no key that could be lost, and no file of them" }],
    silence: "is an answer",
  },
  {
    id: "storage",
    form: "each",
    path: "storage",
    title: "Storage",
    summary: "where the volumes of apps are: on disks of the nodes, or on a file server",
    shared: {
      default: labelField()
        .optional()
        .describe("class of volumes that name none; when absent the first that is no file server")
        .meta({ kind: "one of the classes beside", example: "local-path" }),
    },
  },
  {
    id: "platform",
    form: "each",
    path: "platform",
    title: "Platform parts",
    summary: "small helpers of the cluster itself, each for its own sake",
    shared: {},
  },
  {
    id: "hashicorp",
    form: "each",
    path: "hashicorp",
    title: "HashiCorp beside Kubernetes",
    summary: "Consul, Vault and Nomad that run on machines of yours already; their servers are not installed",
    shared: {},
  },
  {
    id: "remote",
    form: "each",
    path: "remote",
    title: "Way home from outside",
    summary: "what lets your own devices reach the house from anywhere, and nobody else",
    shared: {},
  },
  {
    id: "notifications",
    form: "each",
    path: "notifications",
    title: "Notifications",
    summary: "what tells the cluster of a push, and you of a failure",
    shared: {},
  },
];
