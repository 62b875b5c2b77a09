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
  {
    name: "a gateway of Cilium is an identity of its own",
    source: `${DOCS}, Entities based, ingress; Ingress and Network Policy Example`,
    objects: entities("ingress"),
    says: [
      "ingress/w1 > shop/a:80 yes",
      "ingress/w2 > shop/a:80 yes",
      "out/internet > shop/a:80 no",
      "shop/b > shop/a:80 no",
    ],
  },
  {
    name: "a gateway of Cilium by its label",
    source: "cilium/cilium, pkg/k8s/apis/cilium.io/utils: reserved labels get no namespace",
    objects: cnp(`{ ${A}, ingress: [{ fromEndpoints: [{ matchLabels: { "reserved:ingress": "" } }] }] }`),
    says: ["ingress/w1 > shop/a:80 yes", "shop/b > shop/a:80 no"],
  },
  {
    name: "an empty clusterwide selector closes the gateways of Cilium too",
    source: `${DOCS}, Ingress and Network Policy Example, Default Deny Ingress Policy`,
    objects: ccnp("{ endpointSelector: {}, ingress: [{ fromEntities: [cluster] }], egress: [{}] }"),
    says: ["out/internet > ingress/w1:443 no", "ingress/w1 > shop/a:80 no"],
  },
  {
    name: "what opens them again",
    source: `${DOCS}, Ingress and Network Policy Example, allow-ingress-egress`,
    objects:
      ccnp("{ endpointSelector: {}, ingress: [{ fromEntities: [cluster] }], egress: [{}] }") +
      ccnp(
        `{ endpointSelector: { matchExpressions: [{ key: "reserved:ingress", operator: Exists }] }, egress: [{ toEntities: [cluster] }], ingress: [{ fromEntities: [world] }] }`,
        "open",
      ),
    says: ["out/internet > ingress/w1:443 yes", "ingress/w1 > shop/a:80 yes", "ingress/w1 > out/internet:443 no"],
  },
  {
    name: "a namespaced policy is about no gateway",
    source: `${DOCS}, Clusterwide Policies; an endpoint selector of a namespace asks for its label`,
    objects: cnp("{ endpointSelector: {}, egress: [{}], ingress: [{}] }"),
    says: ["ingress/w1 > bank/a:80 yes", "out/internet > ingress/w1:443 yes"],
  },
  {
    name: "clusterwide: an empty selector of peers is every pod and nobody else",
    source: `${DOCS}, Clusterwide Policies, Allow all ingress to kube-dns`,
    objects: ccnp(
      "{ endpointSelector: { matchLabels: { io.kubernetes.pod.namespace: shop } }, ingress: [{ fromEndpoints: [{}] }] }",
    ),
    says: [
      "bank/b > shop/a:80 yes",
      "node/w2 > shop/a:80 no",
      "ingress/w1 > shop/a:80 no",
      "out/internet > shop/a:80 no",
      "shop/a > bank/b:80 yes",
    ],
  },
  {
    name: "clusterwide: the same labels in every namespace",
    source: `${DOCS}, Clusterwide Policies`,
    objects: ccnp(
      "{ endpointSelector: { matchLabels: { pod: a } }, ingress: [{ fromEndpoints: [{ matchLabels: { pod: b } }] }] }",
    ),
    says: ["bank/b > shop/a:80 yes", "shop/b > farm/a:80 yes", "bank/c > shop/a:80 no"],
  },
  {
    name: "a label of namespaces switches it on",
    source: `${DOCS}, Limiting Identity-Relevant Labels: labels of namespaces are in; CiliumClusterwideNetworkPolicy`,
    objects: ccnp(
      `{ endpointSelector: { matchLabels: { "k8s:io.cilium.k8s.namespace.labels.ns": bank } }, ingress: [{}], egress: [{}] }`,
    ),
    says: ["shop/a > bank/a:80 no", "bank/a > shop/a:80 no", "shop/a > farm/a:80 yes"],
  },
  {
    name: "several rules in one object",
    source: `${DOCS}, CiliumNetworkPolicy, specs`,
    objects: `---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: two, namespace: shop }\nspecs: [{ ${A}, ingress: [{}] }, { endpointSelector: { matchLabels: { pod: b } }, egress: [{}] }]\n`,
    says: ["shop/c > shop/a:80 no", "shop/b > shop/c:80 no", "shop/a > shop/c:80 yes"],
  },
  {
    name: "audit mode lets pass and says so",
    source: `${DOCS}, Creating Policies from Verdicts, policyAuditMode`,
    datapath: { ...CILIUM, policyAuditMode: true },
    objects: cnp(`{ ${A}, ingress: [{ fromEndpoints: [{ matchLabels: { pod: b } }] }] }`),
    says: ["shop/b > shop/a:80 yes", "shop/c > shop/a:80 audited", "shop/a > shop/c:80 yes"],
  },
  {
    name: "never enforced",
    source: `${DOCS}, Policy Enforcement Modes, never`,
    datapath: { ...CILIUM, policyEnforcementMode: "never" },
    objects: cnp(`{ ${A}, ingress: [{}] }`),
    says: ["shop/b > shop/a:80 yes"],
  },
  {
    name: "always enforced, with or without policies",
    source: `${DOCS}, Policy Enforcement Modes, always`,
    datapath: { ...CILIUM, policyEnforcementMode: "always" },
    objects: cnp(`{ ${A}, egress: [{ toEndpoints: [{ matchLabels: { pod: b } }] }] }`),
    says: ["shop/a > shop/b:80 no", "shop/c > shop/b:80 no", "node/w2 > shop/b:80 yes"],
  },
  {
    name: "policies of nodes do nothing without the host firewall",
    source: `${DOCS}, Host Policies`,
    objects: ccnp("{ nodeSelector: { matchLabels: { disk: fast } }, ingress: [{ fromEntities: [cluster] }] }"),
    says: ["out/internet > node/w1:22 yes"],
  },
  {
    name: "policies of nodes with the host firewall, and of no pod",
    source: `${DOCS}, Host Policies; Host Firewall`,
    datapath: { ...CILIUM, hostFirewall: true },
    objects: ccnp("{ nodeSelector: { matchLabels: { disk: fast } }, ingress: [{ fromEntities: [cluster] }] }"),
    says: [
      "out/internet > node/w1:22 no",
      "bank/b > node/w1:22 yes",
      "out/internet > node/w2:22 yes",
      "out/internet > shop/a:80 yes",
    ],
  },
  {
    name: "policies of Kubernetes beside those of Cilium add up",
    source: `${DOCS}, Network Policy: all three kinds together`,
    objects:
      cnp(`{ ${A}, ingress: [{ fromEndpoints: [{ matchLabels: { pod: b } }] }] }`) +
      `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: open, namespace: shop }\nspec: { podSelector: {}, ingress: [{ from: [{ podSelector: { matchLabels: { pod: c } } }] }] }\n`,
    says: ["shop/b > shop/a:80 yes", "shop/c > shop/a:80 yes", "bank/b > shop/a:80 no", "shop/b > shop/c:80 no"],
  },
];
