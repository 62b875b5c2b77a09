/** Policies of Kubernetes and of Calico: who is let in, and that nobody else is closed off. */
import { asList, asMap, at } from "../../../src/model/unknown.ts";
import { objects, pathsOf, replaced, unless, valuesOf, type Check, type Files, type Found } from "./check.ts";
import { OF_NAMESPACES } from "./closedNamespaces.ts";
import { setting } from "./machines.ts";

const POLICY = /\/networkpolicy\.yaml$/;
/** Whoever is no pod: nodes come from addresses of a tunnel as well. */
const STRANGERS = "has(projectcalico.org/namespace)";

/** Policies of single apps; those of whole namespaces are looked at by closedNamespaces.ts. */
const ofKubernetes = (files: Files): readonly Found[] =>
  objects(files, "NetworkPolicy").filter(({ path }) => !OF_NAMESPACES.test(path));
const ofCalico = (files: Files): readonly Found[] => objects(files, "GlobalNetworkPolicy");
const rulesOf = ({ object }: Found): readonly unknown[] => asList(at(object, "spec", "ingress"));
const named = ({ path, object }: Found): string => `${path}: ${String(at(object, "metadata", "name"))}`;

const inCalico =
  (find: string | RegExp, replace: string) =>
  (files: Files): Files =>
    replaced(files, POLICY, find, replace);

/** Pods the API server asks: words of the selector, port. */
const ASKED = [
  ["app.kubernetes.io/component == 'webhook'", 10250],
  ["control-plane == 'envoy-gateway'", 9443],
  ["app.kubernetes.io/name == 'metrics-server'", 10250],
  ["app.kubernetes.io/component == 'controller'", 9443],
] as const;

export const otherPolicies: readonly Check[] = [
  {
    id: "policies-are-those-of-the-pod-network",
    says: "policies are of kinds the pod network reads, and where it enforces none there are none",
    check(files) {
      const kinds = objects(files)
        .filter(({ object }) => object.kind.endsWith("NetworkPolicy"))
        .map(({ path, object }) => `${path}: ${object.kind}`);
      const enforces = setting(files, "cluster", "network", "cni", "name") !== "flannel";
      const plain = enforces ? /: NetworkPolicy$/ : /^$/;
      const ofCalicoToo = /: (Global|StagedKubernetes)?NetworkPolicy$/;
      const read = valuesOf(files, "cilium") ? /: Cilium/ : valuesOf(files, "calico") ? ofCalicoToo : plain;
      return kinds.filter((kind) => !read.test(kind));
    },
    broken: [
      inCalico("kind: GlobalNetworkPolicy", "kind: CiliumNetworkPolicy"),
      inCalico("kind: CiliumNetworkPolicy", "kind: GlobalNetworkPolicy"),
    ],
  },
  {
    id: "policies-of-calico-name-their-pods",
    says: "a policy without a namespace says whose pods it is about: neither those of others nor nodes",
    check: (files) =>
      ofCalico(files)
        .filter(
          ({ object }) =>
            !/^kubernetes\.io\/metadata\.name == '[a-z0-9-]+'$/.test(String(at(object, "spec", "namespaceSelector"))) ||
            !/ == '/.test(String(at(object, "spec", "selector"))),
        )
        .map(named),
    broken: [
      inCalico(/ {2}namespaceSelector: kubernetes.*\n/, ""),
      inCalico(/ {2}namespaceSelector: kubernetes.*\n/, "  namespaceSelector: all()\n"),
      inCalico(/^ {2}selector: .*\n/m, ""),
    ],
  },
  {
    id: "policies-of-calico-only-let-in",
    says: "policies of Calico let whoever is no pod in, on ports they name, and refuse nobody",
    check: (files) =>
      ofCalico(files).flatMap((policy) => [
        ...unless(JSON.stringify(at(policy.object, "spec", "types")) === '["Ingress"]', `${named(policy)}: types`),
        ...unless(at(policy.object, "spec", "egress") === undefined, `${named(policy)}: egress`),
        ...rulesOf(policy).flatMap((rule) => [
          ...unless(at(rule, "action") === "Allow", `${named(policy)} refuses`),
          ...unless(at(rule, "source", "notSelector") === STRANGERS, `${named(policy)} names nodes by their addresses`),
          ...unless(asList(at(rule, "destination", "ports")).length > 0, `${named(policy)} opens every port`),
        ]),
      ]),
    broken: [
      inCalico("action: Allow", "action: Deny"),
      inCalico(/notSelector: .*/, "nets: [172.16.1.0/24]"),
      inCalico("  types:\n    - Ingress\n", "  types:\n    - Ingress\n    - Egress\n"),
      inCalico(/ {6}destination:\n {8}ports:\n {10}- \d+\n/, ""),
    ],
  },
  {
    id: "calico-lets-the-api-in",
    says: "webhooks and metrics are open to API servers on other nodes, whatever address they come from",
    check: (files) =>
      valuesOf(files, "calico") === undefined
        ? []
        : ASKED.flatMap(([words, port]) => {
            const app = pathsOf(files, new RegExp(`${APPS[words]}values\\.yaml$`)).length > 0;
            const open = ofCalico(files)
              .filter(({ object }) => String(at(object, "spec", "selector")).includes(words))
              .flatMap(rulesOf)
              .flatMap((rule) => asList(at(rule, "destination", "ports")));
            return unless(!app || open.includes(port), `${words}: ${port} is closed`);
          }),
    broken: [inCalico("          - 10250\n", "          - 443\n"), inCalico("          - 9443\n", "          - 443\n")],
  },
  {
    id: "policies-of-kubernetes-close-pods-of-one-app",
    says: "a policy of Kubernetes selects pods of one app, and says nothing of what they may open",
    check: (files) =>
      ofKubernetes(files).flatMap((policy) => [
        ...unless(
          Object.keys(asMap(at(policy.object, "spec", "podSelector", "matchLabels"))).length > 0,
          `${named(policy)} selects all pods`,
        ),
        ...unless(
          JSON.stringify(at(policy.object, "spec", "policyTypes")) === '["Ingress"]',
          `${named(policy)}: types`,
        ),
        ...rulesOf(policy).flatMap((rule) =>
          unless(asList(at(rule, "ports")).length > 0, `${named(policy)} opens every port`),
        ),
      ]),
    broken: [
      inCalico(/podSelector:\n {4}matchLabels:\n(?: {6}.*\n)+(?= {2}policyTypes)/, "podSelector: {}\n"),
      inCalico("  policyTypes:\n    - Ingress\n", "  policyTypes:\n    - Ingress\n    - Egress\n"),
      (files) =>
        valuesOf(files, "calico") === undefined
          ? files
          : replaced(files, POLICY, / {4}- ports:\n(?: {8}.*\n)+/, "    - {}\n"),
    ],
  },
];

const APPS: Readonly<Record<(typeof ASKED)[number][0], string>> = {
  "app.kubernetes.io/component == 'webhook'": "/cert-manager/app/",
  "control-plane == 'envoy-gateway'": "/envoy-gateway/app/",
  "app.kubernetes.io/name == 'metrics-server'": "/metrics-server/app/",
  "app.kubernetes.io/component == 'controller'": "/metallb/app/",
};
