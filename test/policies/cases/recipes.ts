/** Tasks that people use NetworkPolicy for, each as the collection of recipes solves it. */
import type { Case } from "./case.ts";

const recipe = (number: string): string => `ahmetb/kubernetes-network-policy-recipes, ${number}`;

const policy = (namespace: string, spec: string, name = "one"): string =>
  `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: ${spec}\n`;

export const recipeCases: readonly Case[] = [
  {
    name: "nobody reaches one app",
    source: recipe("01"),
    objects: policy("shop", "{ podSelector: { matchLabels: { pod: a } }, ingress: [] }"),
    says: ["shop/b > shop/a:80 no", "bank/a > shop/a:80 no", "shop/a > shop/b:80 yes", "bank/a > shop/b:80 yes"],
  },
  {
    name: "only pods of the same app reach it",
    source: recipe("02"),
    objects: policy(
      "shop",
      "{ podSelector: { matchLabels: { pod: a } }, ingress: [{ from: [{ podSelector: { matchLabels: { pod: c } } }] }] }",
    ),
    says: ["shop/c > shop/a:80 yes", "shop/b > shop/a:80 no", "farm/c > shop/a:80 no"],
  },
  {
    name: "an app that stays open though its namespace is closed",
    source: recipe("02a"),
    objects:
      policy("shop", "{ podSelector: {}, ingress: [] }") +
      policy("shop", "{ podSelector: { matchLabels: { pod: a } }, ingress: [{}] }", "two"),
    says: ["bank/a > shop/a:80 yes", "bank/a > shop/b:80 no", "out/internet > shop/a:80 yes"],
  },
  {
    name: "a namespace that only itself reaches",
    source: recipe("04"),
    objects: policy("bank", "{ podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }"),
    says: ["bank/a > bank/c:80 yes", "shop/a > bank/c:80 no", "bank/a > shop/c:80 yes"],
  },
  {
    name: "an app for all namespaces",
    source: recipe("05"),
    objects: policy(
      "shop",
      "{ podSelector: { matchLabels: { pod: a } }, ingress: [{ from: [{ namespaceSelector: {} }] }] }",
    ),
    says: ["farm/c > shop/a:80 yes", "out/internet > shop/a:80 no"],
  },
  {
    name: "an app for one namespace",
    source: recipe("06"),
    objects: policy(
      "shop",
      "{ podSelector: { matchLabels: { pod: a } }, ingress: [{ from: [{ namespaceSelector: { matchLabels: { ns: farm } } }] }] }",
    ),
    says: ["farm/b > shop/a:80 yes", "bank/b > shop/a:80 no", "shop/b > shop/a:80 no"],
  },
  {
    name: "an app for some pods of another namespace",
    source: recipe("07"),
    objects: policy(
      "shop",
      "{ podSelector: { matchLabels: { pod: a } }, ingress: [{ from: [{ namespaceSelector: { matchLabels: { ns: farm } }, podSelector: { matchLabels: { pod: b } } }] }] }",
    ),
    says: ["farm/b > shop/a:80 yes", "farm/c > shop/a:80 no", "shop/b > shop/a:80 no"],
  },
  {
    name: "an app for the world outside, which is whoever asks",
    source: recipe("08"),
    objects: policy("shop", "{ podSelector: { matchLabels: { pod: a } }, ingress: [{ from: [] }] }"),
    says: ["out/internet > shop/a:80 yes", "bank/a > shop/a:80 yes", "out/internet > shop/a:80 via w2 yes"],
  },
  {
    name: "only the port of its metrics, for some",
    source: recipe("09"),
    objects: policy(
      "shop",
      "{ podSelector: { matchLabels: { pod: a } }, ingress: [{ ports: [{ port: 81 }], from: [{ podSelector: { matchLabels: { pod: b } } }] }] }",
    ),
    says: ["shop/b > shop/a:81 yes", "shop/b > shop/a:80 no", "shop/c > shop/a:81 no"],
  },
  {
    name: "several apps that may ask",
    source: recipe("10"),
    objects: policy(
      "shop",
      "{ podSelector: { matchLabels: { pod: a } }, ingress: [{ from: [{ podSelector: { matchLabels: { pod: b } } }, { podSelector: { matchLabels: { pod: c } } }] }] }",
    ),
    says: ["shop/b > shop/a:80 yes", "shop/c > shop/a:80 yes", "bank/b > shop/a:80 no"],
  },
  {
    name: "an app that asks nobody but the resolver",
    source: recipe("11"),
    objects: policy(
      "shop",
      "{ podSelector: { matchLabels: { pod: a } }, policyTypes: [Egress], egress: [{ ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }] }] }",
    ),
    says: [
      "shop/a > bank/b:53/UDP yes",
      "shop/a > bank/b:53 yes",
      "shop/a > bank/b:80 no",
      "shop/a > out/internet:443 no",
      "shop/b > shop/a:80 yes",
    ],
  },
  {
    name: "an app that asks only inside",
    source: recipe("14"),
    objects: policy(
      "shop",
      "{ podSelector: { matchLabels: { pod: a } }, policyTypes: [Egress], egress: [{ ports: [{ port: 53, protocol: UDP }] }, { to: [{ namespaceSelector: {} }] }] }",
    ),
    says: [
      "shop/a > bank/b:80 yes",
      "shop/a > out/internet:443 no",
      "shop/a > node/cp:6443 no",
      "shop/a > out/internet:53/UDP yes",
    ],
  },
];
