/** Policies of Cilium: who may reach whom, and that nobody is locked out. */
import { asList, asMap, at } from "../../../src/model/unknown.ts";
import { denials, OF_NAMESPACES } from "./closedNamespaces.ts";
import { added, objects, replaced, valuesOf, type Check, type Files, type Found } from "./check.ts";

const POLICY = /\/networkpolicy\.yaml$/;

/** Policies of single apps; those of whole namespaces are looked at by closedNamespaces.ts. */
const policiesOf = (files: Files): readonly Found[] =>
  objects(files, "CiliumNetworkPolicy").filter(({ path }) => !OF_NAMESPACES.test(path));
const rulesOf = ({ object }: Found): readonly unknown[] => asList(at(object, "spec", "ingress"));
const portsOf = (rule: unknown): readonly string[] =>
  asList(at(rule, "toPorts")).flatMap((entry) => asList(at(entry, "ports")).map((port) => String(at(port, "port"))));
const entitiesOf = (rule: unknown): readonly string[] => asList(at(rule, "fromEntities")).map(String);
const labelsOf = ({ object }: Found) => asMap(at(object, "spec", "endpointSelector", "matchLabels"));

/** Pods the API server asks before it takes objects or for metrics: labels, port. */
const ASKED = [
  { label: ["app.kubernetes.io/component", "webhook"], port: "10250" },
  { label: ["control-plane", "envoy-gateway"], port: "9443" },
  { label: ["app.kubernetes.io/name", "ingress-nginx"], port: "8443" },
  { label: ["app.kubernetes.io/name", "metrics-server"], port: "10250" },
] as const;

/** Beside Cilium, whose kind is one. */
const isForeign = (files: Files, kind: string): boolean =>
  kind === "NetworkPolicy" && valuesOf(files, "cilium") !== undefined;

const named = ({ path, object }: Found): string => `${path}: ${String(at(object, "metadata", "name"))}`;

export const policies: readonly Check[] = [
  {
    id: "policies-are-of-one-kind",
    says: "all policies are Cilium's, of one namespace and one app; an empty rule stands alone and lets nobody in",
    check: (files) => [
      ...objects(files)
        .filter(({ object }) => object.kind === "CiliumClusterwideNetworkPolicy" || isForeign(files, object.kind))
        .map(({ path, object }) => `${path}: ${object.kind}`),
      ...policiesOf(files)
        .filter((policy) => Object.keys(labelsOf(policy)).length === 0)
        .map((policy) => `${named(policy)} selects all pods`),
      ...policiesOf(files)
        .filter((policy) => {
          const empty = rulesOf(policy).filter((rule) => Object.keys(asMap(rule)).length === 0);
          return rulesOf(policy).length === 0 || (empty.length > 0 && rulesOf(policy).length > 1);
        })
        .map(named),
    ],
    broken: [
      (files) =>
        added(
          files,
          "kubernetes/apps/kube-system/deny.yaml",
          "apiVersion: cilium.io/v2\nkind: CiliumClusterwideNetworkPolicy\nmetadata: { name: deny }\nspec: { endpointSelector: {}, ingress: [{}], egress: [{}] }\n",
        ),
      (files) =>
        replaced(files, POLICY, /endpointSelector:\n {4}matchLabels:\n(?: {6}.*\n)+/, "endpointSelector: {}\n"),
      (files) => replaced(files, POLICY, "    - fromEntities:\n", "    - {}\n    - fromEntities:\n"),
    ],
  },
  {
    id: "policies-have-rules-cilium-takes",
    says: "one sort of peers a rule, at most forty ports, no addresses in place of pods",
    check: (files) =>
      policiesOf(files).flatMap((policy) =>
        rulesOf(policy)
          .filter((rule) => {
            const peers = Object.keys(asMap(rule)).filter((key) => key.startsWith("from"));
            return peers.length > 1 || peers.some((key) => key.startsWith("fromCIDR")) || portsOf(rule).length > 40;
          })
          .map(() => named(policy)),
      ),
    broken: [
      (files) =>
        replaced(files, POLICY, "    - fromEntities:\n", "    - fromCIDR: [10.42.0.0/16]\n      fromEntities:\n"),
      (files) => replaced(files, POLICY, "    - fromEntities:\n", "    - fromEndpoints: [{}]\n      fromEntities:\n"),
    ],
  },
  {
    id: "pods-may-ask-anybody",
    says: "no policy says what pods may open, so none keeps them from names or from the API at its shared address",
    check: (files) =>
      policiesOf(files)
        .filter(
          ({ object }) => at(object, "spec", "egress") !== undefined || at(object, "spec", "egressDeny") !== undefined,
        )
        .map(named),
    broken: (files) =>
      valuesOf(files, "cilium") === undefined
        ? files
        : replaced(files, POLICY, "  ingress:\n", "  egress:\n    - {}\n  ingress:\n"),
  },
  {
    id: "the-api-reaches-whom-it-asks",
    says: "webhooks and metrics are open to the API server, from its own node and from others",
    check: (files) =>
      ASKED.flatMap(({ label: [key, value], port }) => {
        const selecting = policiesOf(files).filter((policy) => labelsOf(policy)[key] === value);
        const open = selecting
          .flatMap(rulesOf)
          .filter((rule) => portsOf(rule).includes(port))
          .flatMap(entitiesOf);
        return selecting.length === 0
          ? []
          : ["kube-apiserver", "remote-node", "host"]
              .filter((entity) => !open.includes(entity))
              .map((entity) => `${value}:${port} is closed to ${entity}`);
      }),
    broken: (files) => replaced(files, POLICY, "        - kube-apiserver\n", ""),
  },
  {
    id: "the-lan-reaches-shared-addresses",
    says: "pods behind an address of the LAN take requests from everywhere, because another node may hand them on",
    check: (files) =>
      policiesOf(files)
        .filter((policy) => rulesOf(policy).some((rule) => entitiesOf(rule).includes("world")))
        .filter(
          (policy) =>
            !rulesOf(policy).some((rule) => ["world", "cluster"].every((entity) => entitiesOf(rule).includes(entity))),
        )
        .map(named),
    broken: (files) => replaced(files, POLICY, "        - world\n        - cluster\n", "        - world\n"),
  },
  {
    id: "gateways-are-open-where-they-listen",
    says: "pods of a gateway are open on the ports that they have, ten thousand above those of the listeners",
    check(files) {
      // Without Cilium it is other kinds that say so. Its own gateways have no pods.
      if (valuesOf(files, "cilium") === undefined) return [];
      const own = objects(files, "Gateway").filter(({ object }) => at(object, "spec", "gatewayClassName") === "envoy");
      const wanted = own.flatMap(({ object }) =>
        asList(at(object, "spec", "listeners")).map((listener) => ({
          gateway: String(at(object, "metadata", "name")),
          port: String(Number(at(listener, "port")) + 10_000),
        })),
      );
      return wanted
        .filter(
          ({ gateway, port }) =>
            !policiesOf(files)
              .filter((policy) => labelsOf(policy)["gateway.envoyproxy.io/owning-gateway-name"] === gateway)
              .flatMap(rulesOf)
              .some((rule) => portsOf(rule).includes(port)),
        )
        .map(({ gateway, port }) => `${gateway} is closed on ${port}`);
    },
    broken: (files) => replaced(files, POLICY, 'port: "10080"', 'port: "80"'),
  },
  {
    id: "policies-are-enforced",
    says: "Cilium enforces policies and does not only look at them, unless a namespace is looked at",
    about: (files) => !denials(files).includes("audit"),
    check: (files) => (valuesOf(files, "cilium")?.["policyAuditMode"] === true ? ["policyAuditMode"] : []),
    broken: (files) =>
      replaced(
        files,
        /\/cilium\/app\/values\.yaml$/,
        "kubeProxyReplacement: true",
        "kubeProxyReplacement: true\npolicyAuditMode: true",
      ),
  },
];
