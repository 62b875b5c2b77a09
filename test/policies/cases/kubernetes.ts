/** What the documentation of Kubernetes says of NetworkPolicy, for whoever enforces it. */
import type { Case } from "./case.ts";

const PAGE = "kubernetes.io, Network Policies";
const API = "kubernetes.io, API reference, NetworkPolicy v1";
const RECIPES = "ahmetb/kubernetes-network-policy-recipes";

/** A policy of namespace shop about pods a, unless said otherwise. */
export const policy = (spec: string, { namespace = "shop", name = "one" } = {}): string =>
  `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: ${spec}\n`;

const A = "podSelector: { matchLabels: { pod: a } }";

export const kubernetesCases: readonly Case[] = [
  {
    name: "without policies everybody reaches everybody",
    source: `${PAGE}, The two sorts of pod isolation`,
    objects: "",
    says: [
      "bank/b > shop/a:80 yes",
      "out/internet > shop/a:80 yes",
      "shop/a > out/internet:443 yes",
      "node/w2 > shop/a:80 yes",
    ],
  },
  {
    name: "a policy that selects a pod and has no rules closes it",
    source: `${PAGE}, Default deny all ingress traffic`,
    objects: policy("{ podSelector: {}, policyTypes: [Ingress] }"),
    says: [
      "shop/b > shop/a:80 no",
      "bank/b > shop/a:80 no",
      "out/internet > shop/a:80 no",
      "shop/a > bank/b:80 yes",
      "shop/a > out/internet:443 yes",
      "bank/b > bank/a:80 yes",
    ],
  },
  {
    name: "a rule that names nobody in particular opens it to everybody",
    source: `${PAGE}, Allow all ingress traffic`,
    objects: policy("{ podSelector: {}, policyTypes: [Ingress], ingress: [{}] }"),
    says: [
      "shop/b > shop/a:80 yes",
      "bank/b > shop/a:81/UDP yes",
      "out/internet > shop/a:80 yes",
      "node/w2 > shop/a:80 yes",
    ],
  },
  {
    name: "the open one and the closed one together are open",
    source: `${PAGE}, The two sorts of pod isolation: policies do not conflict, they are additive`,
    objects:
      policy("{ podSelector: {}, policyTypes: [Ingress] }") +
      policy("{ podSelector: {}, policyTypes: [Ingress], ingress: [{}] }", { name: "two" }),
    says: ["bank/b > shop/a:80 yes"],
  },
  {
    name: "egress without rules",
    source: `${PAGE}, Default deny all egress traffic`,
    objects: policy("{ podSelector: {}, policyTypes: [Egress] }"),
    says: [
      "shop/a > shop/b:80 no",
      "shop/a > out/internet:443 no",
      "bank/a > shop/a:80 yes",
      "shop/a > node/w2:10250 no",
    ],
  },
  {
    name: "egress with an empty rule",
    source: `${PAGE}, Allow all egress traffic`,
    objects: policy("{ podSelector: {}, policyTypes: [Egress], egress: [{}] }"),
    says: ["shop/a > shop/b:80 yes", "shop/a > out/internet:443 yes", "shop/a > node/cp:6443 yes"],
  },
  {
    name: "both directions closed",
    source: `${PAGE}, Default deny all ingress and all egress traffic`,
    objects: policy("{ podSelector: {}, policyTypes: [Ingress, Egress] }"),
    says: ["shop/a > bank/a:80 no", "bank/a > shop/a:80 no", "shop/a > shop/b:80 no", "bank/a > bank/b:80 yes"],
  },
  {
    name: "without types a policy is about ingress",
    source: `${PAGE}, The NetworkPolicy resource, policyTypes`,
    objects: policy(`{ ${A} }`),
    says: ["shop/b > shop/a:80 no", "shop/a > shop/b:80 yes"],
  },
  {
    name: "without types egress rules make it about both",
    source: `${API}, policyTypes`,
    objects: policy(`{ ${A}, egress: [{ ports: [{ port: 80 }] }] }`),
    says: ["shop/b > shop/a:80 no", "shop/a > shop/b:80 yes", "shop/a > shop/b:81 no"],
  },
  {
    name: "both sides have to agree",
    source: `${PAGE}, The two sorts of pod isolation: egress at the source and ingress at the destination`,
    objects:
      policy(`{ ${A}, policyTypes: [Ingress], ingress: [{}] }`, { namespace: "bank" }) +
      policy(`{ ${A}, policyTypes: [Egress], egress: [] }`),
    says: ["shop/a > bank/a:80 no", "shop/b > bank/a:80 yes"],
  },
  {
    name: "a pod selector alone means the namespace of the policy",
    source: `${PAGE}, Behavior of to and from selectors`,
    objects: policy(`{ ${A}, ingress: [{ from: [{ podSelector: { matchLabels: { pod: b } } }] }] }`),
    says: ["shop/b > shop/a:80 yes", "bank/b > shop/a:80 no", "shop/c > shop/a:80 no"],
  },
  {
    name: "a namespace selector alone means all its pods",
    source: `${PAGE}, Behavior of to and from selectors`,
    objects: policy(`{ ${A}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { ns: bank } } }] }] }`),
    says: ["bank/b > shop/a:80 yes", "bank/c > shop/a:81 yes", "shop/b > shop/a:80 no", "farm/b > shop/a:80 no"],
  },
  {
    name: "both in one entry are both asked for",
    source: `${PAGE}, Behavior of to and from selectors: one from element`,
    objects: policy(
      `{ ${A}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { ns: bank } }, podSelector: { matchLabels: { pod: b } } }] }] }`,
    ),
    says: ["bank/b > shop/a:80 yes", "bank/c > shop/a:80 no", "shop/b > shop/a:80 no"],
  },
  {
    name: "in two entries either is enough",
    source: `${PAGE}, Behavior of to and from selectors: two from elements`,
    objects: policy(
      `{ ${A}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { ns: bank } } }, { podSelector: { matchLabels: { pod: b } } }] }] }`,
    ),
    says: ["bank/c > shop/a:80 yes", "shop/b > shop/a:80 yes", "shop/c > shop/a:80 no", "farm/b > shop/a:80 no"],
  },
  {
    name: "an empty namespace selector means every namespace, and pods only",
    source: `${API}, NetworkPolicyPeer, namespaceSelector`,
    objects: policy(`{ ${A}, ingress: [{ from: [{ namespaceSelector: {} }] }] }`),
    says: ["farm/c > shop/a:80 yes", "shop/b > shop/a:80 yes", "out/internet > shop/a:80 no", "node/w2 > shop/a:80 no"],
  },
  {
    name: "an empty pod selector means all pods of the namespace",
    source: `${API}, NetworkPolicyPeer, podSelector; ${RECIPES} 04`,
    objects: policy("{ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }"),
    says: ["shop/b > shop/a:80 yes", "bank/b > shop/a:80 no", "out/laptop > shop/a:80 no"],
  },
  {
    name: "a namespace by its name",
    source: `${PAGE}, Targeting a Namespace by its name`,
    objects: policy(
      `{ ${A}, ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: farm } } }] }] }`,
    ),
    says: ["farm/a > shop/a:80 yes", "bank/a > shop/a:80 no"],
  },
  {
    name: "several namespaces by an expression",
    source: `${PAGE}, Targeting multiple namespaces by label`,
    objects: policy(
      `{ ${A}, policyTypes: [Egress], egress: [{ to: [{ namespaceSelector: { matchExpressions: [{ key: ns, operator: In, values: [bank, farm] }] } }] }] }`,
    ),
    says: ["shop/a > bank/b:80 yes", "shop/a > farm/b:80 yes", "shop/a > shop/b:80 no"],
  },
  {
    name: "expressions that a missing label meets",
    source: "kubernetes.io, Labels and Selectors, Set-based requirement",
    objects: policy(
      `{ ${A}, ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: pod, operator: NotIn, values: [c] }, { key: gone, operator: DoesNotExist }] } }] }] }`,
    ),
    says: ["shop/b > shop/a:80 yes", "shop/c > shop/a:80 no"],
  },
];
