/** Whom a policy of Cilium is about and lets in by namespace, account and label; and what it denies. */
import type { Case } from "./case.ts";
import { ccnp, cnp } from "./cilium.ts";

const DOCS = "docs.cilium.io";
const A = "endpointSelector: { matchLabels: { pod: a } }";

export const ciliumNamespaceCases: readonly Case[] = [
  {
    name: "pods of another namespace by its name",
    source: `${DOCS}, Using Kubernetes Constructs in Policy, Expose pods across namespaces`,
    objects: cnp(
      `{ ${A}, ingress: [{ fromEndpoints: [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": bank, pod: b } }] }] }`,
    ),
    says: ["bank/b > shop/a:80 yes", "shop/b > shop/a:80 no", "bank/c > shop/a:80 no"],
  },
  {
    name: "the resolver of the cluster, from a namespaced policy",
    source: `${DOCS}, Using Kubernetes Constructs in Policy, Allow egress to kube-dns`,
    objects: cnp(
      `{ endpointSelector: {}, egress: [{ toEndpoints: [{ matchLabels: { io.kubernetes.pod.namespace: bank, pod: c } }], toPorts: [{ ports: [{ port: "53", protocol: UDP }] }] }] }`,
    ),
    says: ["shop/a > bank/c:53/UDP yes", "shop/a > bank/c:80 no", "shop/a > shop/c:53/UDP no"],
  },
  {
    name: "pods by labels of their namespace",
    source: "cilium/cilium, pkg/k8s/apis/cilium.io/utils: no namespace is added where its labels are named",
    objects: cnp(
      `{ ${A}, ingress: [{ fromEndpoints: [{ matchLabels: { "k8s:io.cilium.k8s.namespace.labels.ns": bank } }] }] }`,
    ),
    says: ["bank/c > shop/a:80 yes", "shop/b > shop/a:80 no", "farm/b > shop/a:80 no"],
  },
  {
    name: "a namespace that asks nobody but itself",
    source: `${DOCS}, Using Kubernetes Constructs in Policy, Enforce namespace boundaries`,
    objects: cnp("{ endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }] }", { namespace: "bank" }),
    says: ["bank/a > bank/b:80 yes", "shop/a > bank/b:80 no", "bank/a > shop/b:80 yes"],
  },
  {
    name: "pods by their service account",
    source: `${DOCS}, Using Kubernetes Constructs in Policy, ServiceAccounts`,
    objects: cnp(
      `{ endpointSelector: { matchLabels: { io.cilium.k8s.policy.serviceaccount: account-a } }, ingress: [{ fromEndpoints: [{ matchLabels: { io.cilium.k8s.policy.serviceaccount: account-b } }] }] }`,
    ),
    says: ["shop/b > shop/a:80 yes", "shop/c > shop/a:80 no", "shop/c > shop/b:80 yes"],
  },
  {
    name: "labels that make no identity select nobody",
    source: `${DOCS}, Limiting Identity-Relevant Labels`,
    objects: cnp(
      `{ ${A}, ingress: [{ fromEndpoints: [{ matchLabels: { pod-template-hash: abc } }, { matchLabels: { app.kubernetes.io/name: c } }] }] }`,
    ),
    world: (world) => ({
      ...world,
      pods: world.pods.map((pod) => ({
        ...pod,
        labels: { ...pod.labels, "pod-template-hash": "abc", "app.kubernetes.io/name": pod.name },
      })),
    }),
    says: ["shop/b > shop/a:80 no", "shop/c > shop/a:80 yes"],
  },
  {
    name: "deny comes before allow",
    source: `${DOCS}, Deny Policies, the table: layer 4 denied and layer 3 allowed`,
    objects:
      cnp(`{ ${A}, ingress: [{ fromEndpoints: [{ matchLabels: { pod: b } }] }] }`) +
      cnp(`{ ${A}, ingressDeny: [{ toPorts: [{ ports: [{ port: "80", protocol: TCP }] }] }] }`, { name: "two" }),
    says: ["shop/b > shop/a:80 no", "shop/b > shop/a:81 yes", "shop/b > shop/a:8/ICMP yes", "shop/c > shop/a:81 no"],
  },
  {
    name: "a peer that is denied is denied everything",
    source: `${DOCS}, Deny Policies, the table: layer 3 denied`,
    objects:
      cnp(`{ ${A}, ingress: [{ toPorts: [{ ports: [{ port: "80" }, { port: "81" }] }] }] }`) +
      cnp(`{ ${A}, ingressDeny: [{ fromEndpoints: [{ matchLabels: { pod: b } }] }] }`, { name: "two" }),
    says: ["shop/b > shop/a:80 no", "shop/c > shop/a:81 yes"],
  },
  {
    name: "deny closes as well",
    source: `${DOCS}, Deny Policies: default deny as soon as one policy selects`,
    objects: cnp(`{ ${A}, ingressDeny: [{ fromEndpoints: [{ matchLabels: { pod: b } }] }] }`),
    says: ["shop/b > shop/a:80 no", "shop/c > shop/a:80 no"],
  },
  {
    name: "deny without closing the rest",
    source: `${DOCS}, Policy Enforcement Modes, EnableDefaultDeny`,
    objects: ccnp(
      "{ endpointSelector: {}, enableDefaultDeny: { egress: false }, egressDeny: [{ toEntities: [world] }] }",
    ),
    says: ["shop/a > out/internet:443 no", "shop/a > bank/b:80 yes", "shop/a > node/cp:6443 yes"],
  },
  {
    name: "the world is denied and the cluster let in",
    source: `${DOCS}, Deny Policies, from_world_deny`,
    objects: ccnp(
      "{ endpointSelector: {}, ingressDeny: [{ fromEntities: [world] }], ingress: [{ fromEntities: [all] }] }",
    ),
    says: ["out/internet > shop/a:80 no", "bank/b > shop/a:80 yes", "node/w2 > shop/a:80 yes"],
  },
  {
    name: "a policy that closes nothing lets everything pass",
    source: `${DOCS}, Policy Enforcement Modes: DNS is intercepted and nothing blocked`,
    objects: ccnp(
      `{ endpointSelector: {}, enableDefaultDeny: { egress: false, ingress: false }, egress: [{ toEndpoints: [{ matchLabels: { io.kubernetes.pod.namespace: bank, pod: c } }], toPorts: [{ ports: [{ port: "53", protocol: UDP }], rules: { dns: [{ matchPattern: "*" }] } }] }] }`,
    ),
    says: ["shop/a > bank/c:53/UDP yes", "shop/a > out/internet:443 yes", "bank/b > shop/a:80 yes"],
  },
  {
    name: "one policy that closes is enough",
    source: `${DOCS}, Policy Enforcement Modes: policies without default deny are ignored when the mode is determined`,
    objects:
      ccnp("{ endpointSelector: {}, enableDefaultDeny: { ingress: false }, ingress: [{ fromEntities: [health] }] }") +
      cnp(`{ ${A}, ingress: [{ fromEndpoints: [{ matchLabels: { pod: b } }] }] }`),
    says: ["shop/b > shop/a:80 yes", "shop/c > shop/a:80 no", "shop/c > shop/b:80 yes"],
  },
];
