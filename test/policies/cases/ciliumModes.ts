/** Gateways of Cilium, clusterwide policies, and modes of its agents. */
import { CILIUM, type Case } from "./case.ts";
import { ccnp, cnp } from "./cilium.ts";

const DOCS = "docs.cilium.io";
const A = "endpointSelector: { matchLabels: { pod: a } }";
const entities = (...names: readonly string[]): string =>
  cnp(`{ ${A}, ingress: [{ fromEntities: [${names.join(", ")}] }] }`);

export const ciliumModeCases: readonly Case[] = [
  {
    name: "hybrid has DSR for TCP alone",
    source: `${DOCS}, Kubernetes Without kube-proxy, Hybrid DSR and SNAT Mode`,
    datapath: { ...CILIUM, routing: "native", keepsClients: "TCP" },
    objects: entities("world"),
    says: ["out/internet > shop/a:80 via w2 yes", "out/internet > shop/a:80/UDP via w2 no"],
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
