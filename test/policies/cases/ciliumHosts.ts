/** Who is no pod, for Cilium: entities, nodes, its own gateways, and modes of the agents. */
import { CILIUM, type Case } from "./case.ts";
import { ccnp, cnp } from "./cilium.ts";

const DOCS = "docs.cilium.io";
const A = "endpointSelector: { matchLabels: { pod: a } }";
const entities = (...names: readonly string[]): string =>
  cnp(`{ ${A}, ingress: [{ fromEntities: [${names.join(", ")}] }] }`);
const NATIVE = { ...CILIUM, routing: "native" } as const;

export const ciliumHostCases: readonly Case[] = [
  {
    name: "the node of a pod always reaches it, others do not",
    source: `${DOCS}, Layer 3, Access to/from local host`,
    objects: cnp(`{ ${A}, ingress: [{}] }`),
    says: ["node/w1 > shop/a:80 yes", "node/w2 > shop/a:80 no", "node/cp > shop/a:80 no"],
  },
  {
    name: "its own node too, where localhost is for policies to say",
    source: `${DOCS}, Layer 3, Access to/from local host: allow-localhost=policy`,
    datapath: { ...CILIUM, allowLocalhost: "policy" },
    objects: cnp(`{ ${A}, ingress: [{}] }`),
    says: ["node/w1 > shop/a:80 no"],
  },
  {
    name: "host is the node of the pod and no other",
    source: `${DOCS}, Entities based, host`,
    datapath: { ...CILIUM, allowLocalhost: "policy" },
    objects: entities("host"),
    says: ["node/w1 > shop/a:80 yes", "node/w2 > shop/a:80 no", "shop/b > shop/a:80 no"],
  },
  {
    name: "remote-node is every other node, control planes among them",
    source: `${DOCS}, Entities based, remote-node`,
    objects: entities("remote-node"),
    says: [
      "node/w2 > shop/a:80 yes",
      "node/cp > shop/a:80 yes",
      "shop/b > shop/a:80 no",
      "out/internet > shop/a:80 no",
    ],
  },
  {
    name: "kube-apiserver is whoever has its address",
    source: `${DOCS}, Entities based, kube-apiserver`,
    objects: entities("kube-apiserver"),
    says: ["node/cp > shop/a:80 yes", "node/w2 > shop/a:80 no"],
  },
  {
    name: "egress to the API server, by the Service as well",
    source: `${DOCS}, Access to/from kube-apiserver`,
    objects: cnp(`{ ${A}, egress: [{ toEntities: [kube-apiserver] }] }`),
    says: ["shop/a > node/cp:6443 yes", "shop/a > svc/default/kubernetes:443 yes", "shop/a > node/w2:6443 no"],
  },
  {
    name: "an API server outside of the cluster",
    source: `${DOCS}, Entities based, kube-apiserver: within the cluster and outside of it`,
    objects: cnp(`{ ${A}, egress: [{ toEntities: [kube-apiserver] }] }`),
    world: (world) => ({ ...world, apiServers: ["192.168.1.20"] }),
    says: ["shop/a > out/laptop:6443 yes", "shop/a > node/cp:6443 no"],
  },
  {
    name: "a host-network pod is its node",
    source: `${DOCS}, Entities based, host: containers in host networking mode`,
    objects: cnp(`{ ${A}, ingress: [{ fromEndpoints: [{ matchLabels: { pod: b } }] }] }`),
    world: (world) => ({
      ...world,
      pods: world.pods.map((pod) => (pod.name === "b" ? { ...pod, hostNetwork: true } : pod)),
    }),
    says: ["shop/b > shop/a:80 no"],
  },
  {
    name: "world is outside only",
    source: `${DOCS}, Access to/from outside cluster`,
    objects: entities("world"),
    says: ["out/internet > shop/a:80 yes", "shop/b > shop/a:80 no", "node/w2 > shop/a:80 no"],
  },
  {
    name: "world of one family",
    source: `${DOCS}, Entities based; cilium/cilium, pkg/policy/api/entity.go`,
    objects: entities("world-ipv6"),
    says: ["out/internet > shop/a:80 over IPv6 yes", "out/internet > shop/a:80 over IPv4 no"],
  },
  {
    name: "cluster is all pods and nodes, and Cilium's gateways",
    source: `${DOCS}, Entities based, cluster; cilium/cilium, pkg/policy/api/entity.go, InitEntities`,
    objects: entities("cluster"),
    says: [
      "farm/c > shop/a:80 yes",
      "node/w2 > shop/a:80 yes",
      "ingress/w2 > shop/a:80 yes",
      "out/internet > shop/a:80 no",
    ],
  },
  {
    name: "all is everybody, none is nobody",
    source: `${DOCS}, Entities based, all; cilium/cilium, pkg/policy/api/entity.go, none`,
    objects:
      entities("all") +
      cnp("{ endpointSelector: { matchLabels: { pod: b } }, ingress: [{ fromEntities: [none] }] }", { name: "two" }),
    says: [
      "out/internet > shop/a:80 yes",
      "farm/c > shop/a:80 yes",
      "shop/a > shop/b:80 no",
      "out/internet > shop/b:80 no",
    ],
  },
  {
    name: "all nodes reach the whole cluster's pods",
    source: `${DOCS}, Access to/from all nodes in the cluster`,
    objects: ccnp("{ endpointSelector: {}, ingress: [{ fromEntities: [remote-node] }] }"),
    says: ["node/w2 > shop/a:80 yes", "shop/b > shop/a:80 no"],
  },
  {
    name: "egress to its own node has to be said",
    source: `${DOCS}, Layer 3, Access to/from local host: only what comes from it is let in`,
    objects: cnp(`{ ${A}, egress: [{ toEntities: [host] }] }`),
    says: ["shop/a > node/w1:10250 yes", "shop/a > node/w2:10250 no"],
  },
  {
    name: "deny shuts out its own node",
    source: "cilium/cilium, pkg/policy/mapstate.go: deny is preferred to the entry for localhost",
    objects: cnp(`{ ${A}, ingressDeny: [{ fromEntities: [host] }] }`),
    says: ["node/w1 > shop/a:80 no"],
  },
  {
    name: "a request from outside keeps who asked at the node of the pod",
    source: `${DOCS}, Kubernetes Without kube-proxy, Client Source IP Preservation`,
    objects: cnp(`{ ${A}, ingress: [{ fromCIDR: [203.0.113.0/24] }] }`),
    says: ["out/internet > shop/a:80 yes", "out/laptop > shop/a:80 no"],
  },
  {
    name: "handed on by another node in a tunnel, the world asks",
    source: `${DOCS}, Kubernetes Without kube-proxy, SNAT; facts on identities: tunnel: world`,
    objects: entities("world"),
    says: ["out/internet > shop/a:80 via w2 yes"],
  },
  {
    name: "handed on by another node over plain routes, that node asks",
    source: `${DOCS}, Kubernetes Without kube-proxy, SNAT; facts on identities: native routing: remote-node`,
    datapath: NATIVE,
    objects: entities("world"),
    says: ["out/internet > shop/a:80 yes", "out/internet > shop/a:80 via w2 no", "out/internet > shop/a:80 via w1 yes"],
  },
  {
    name: "with DSR the client asks wherever it comes in",
    source: `${DOCS}, Kubernetes Without kube-proxy, Direct Server Return`,
    datapath: { ...NATIVE, keepsClients: true },
    objects: entities("world"),
    says: ["out/internet > shop/a:80 via w2 yes"],
  },
];
