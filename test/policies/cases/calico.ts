/** What the documentation and the sources of Calico say of its own policies. */
import type { Case } from "./case.ts";

const DOCS = "docs.tigera.io/calico";

const object = (kind: string, name: string, spec: string, namespace = "", labels = ""): string =>
  `---\napiVersion: projectcalico.org/v3\nkind: ${kind}\nmetadata: { name: ${name}${namespace && `, namespace: ${namespace}`}${labels && `, labels: ${labels}`} }\nspec: ${spec}\n`;

export const gnp = (spec: string, name = "all", kind = "GlobalNetworkPolicy"): string => object(kind, name, spec);
export const np = (spec: string, name = "one", kind = "NetworkPolicy"): string => object(kind, name, spec, "shop");
const knp = (spec: string, name = "plain"): string =>
  `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name}, namespace: shop }\nspec: ${spec}\n`;

const A = `selector: "pod == 'a'"`;
const allow = (more: string): string => `{ action: Allow, ${more} }`;

export const calicoCases: readonly Case[] = [
  {
    name: "traffic of pods within a namespace",
    source: `${DOCS}, Get started with Calico network policy: allow traffic between endpoints in the same namespace`,
    objects: np(
      `{ ${A}, types: [Ingress], ingress: [${allow(`protocol: TCP, source: { selector: "pod == 'b'" }, destination: { ports: [80] }`)}] }`,
    ),
    says: ["shop/b > shop/a:80 yes", "shop/b > shop/a:81 no", "bank/b > shop/a:80 no", "shop/c > shop/a:80 no"],
  },
  {
    name: "traffic from another namespace",
    source: `${DOCS}, Get started with Calico network policy: between endpoints in different namespaces`,
    objects: np(
      `{ ${A}, types: [Ingress], ingress: [${allow(`source: { selector: "pod == 'b'", namespaceSelector: "ns == 'bank'" }`)}] }`,
    ),
    says: ["bank/b > shop/a:80 yes", "shop/b > shop/a:80 no", "bank/c > shop/a:80 no"],
  },
  {
    name: "a policy without rules closes what it is about",
    source: `${DOCS}, Enable a default deny policy for Kubernetes pods`,
    objects: gnp(
      `{ namespaceSelector: "has(projectcalico.org/name) && projectcalico.org/name not in {'bank'}", types: [Ingress, Egress] }`,
    ),
    says: [
      "shop/b > shop/a:80 no",
      "bank/b > bank/a:80 yes",
      "bank/b > shop/a:80 no",
      "shop/a > out/internet:443 no",
      "farm/a > bank/a:80 no",
    ],
  },
  {
    name: "an open way to the resolver closes everything else: there is no opting out",
    source: `${DOCS}, Global network policy: endpoints a policy applies to are denied by default`,
    objects: gnp(
      `{ types: [Egress], egress: [${allow(`protocol: UDP, destination: { selector: "pod == 'c'", ports: [53] }`)}] }`,
    ),
    says: ["shop/a > bank/c:53/UDP yes", "shop/a > bank/c:80 no", "shop/a > out/internet:443 no"],
  },
  {
    name: "rules in their order",
    source: `${DOCS}, Network policy, Rule: the first that matches decides`,
    objects: np(
      `{ ${A}, ingress: [{ action: Deny, source: { selector: "pod == 'b'" } }, ${allow("source: { selector: all() }")}] }`,
    ),
    says: ["shop/b > shop/a:80 no", "shop/c > shop/a:80 yes"],
  },
  {
    name: "policies in their order",
    source: `${DOCS}, Network policy, order: lower first`,
    objects:
      np(`{ ${A}, order: 200, ingress: [{ action: Deny, source: { selector: "pod == 'b'" } }] }`, "late") +
      np(`{ ${A}, order: 100, ingress: [${allow(`source: { selector: "pod == 'b'" }`)}] }`, "soon"),
    says: ["shop/b > shop/a:80 yes", "shop/c > shop/a:80 no"],
  },
  {
    name: "without an order a policy is last",
    source: `${DOCS}, Network policy, order: infinite when omitted`,
    objects:
      np(`{ ${A}, ingress: [${allow("source: { selector: all() }")}] }`, "a-first-by-name") +
      np(`{ ${A}, order: 9999, ingress: [{ action: Deny }] }`, "z-last-by-name"),
    says: ["shop/b > shop/a:80 no"],
  },
  {
    name: "with the same order the name decides",
    source: "projectcalico/calico, api, NetworkPolicySpec.Order: identical order, by name",
    objects:
      np(`{ ${A}, order: 1, ingress: [{ action: Deny }] }`, "b") +
      np(`{ ${A}, order: 1, ingress: [{ action: Allow }] }`, "a"),
    says: ["bank/b > shop/a:80 yes"],
  },
  {
    name: "Log decides nothing",
    source: `${DOCS}, Rules in calico policy: Log`,
    objects: np(`{ ${A}, ingress: [{ action: Log }, { action: Allow }] }`),
    says: ["bank/b > shop/a:80 yes"],
  },
  {
    name: "Pass skips the rest of a tier, and after the last one the namespace is open",
    source: `${DOCS}, Tiered policy: Pass; endpoints then follow their profile`,
    objects: np(`{ ${A}, ingress: [{ action: Pass, source: { selector: "pod == 'b'" } }, { action: Deny }] }`),
    says: ["shop/b > shop/a:80 yes", "shop/c > shop/a:80 no"],
  },
  {
    name: "tiers in their order, with Pass from one to the next",
    source: `${DOCS}, Tiered policy, How tiers work`,
    objects:
      object("Tier", "security", "{ order: 100 }") +
      gnp(
        `{ tier: security, namespaceSelector: "ns == 'shop'", types: [Ingress], ingress: [{ action: Deny, source: { selector: "pod == 'b'" } }, { action: Pass }] }`,
        "security.block",
      ) +
      np(`{ ${A}, ingress: [${allow("source: { namespaceSelector: all() }")}] }`),
    says: ["bank/b > shop/a:80 no", "bank/c > shop/a:80 yes", "out/internet > shop/a:80 no", "bank/c > shop/b:80 yes"],
  },
  {
    name: "the end of a tier that is about a pod",
    source: `${DOCS}, Tier, defaultAction: Deny`,
    objects:
      object("Tier", "security", "{ order: 100 }") +
      gnp(
        `{ tier: security, ${A}, types: [Ingress], ingress: [${allow("source: { selector: \"pod == 'b'\" }")}] }`,
        "security.some",
      ) +
      np(`{ ${A}, ingress: [{ action: Allow }] }`),
    says: ["shop/b > shop/a:80 yes", "shop/c > shop/a:80 no", "shop/c > shop/b:80 yes"],
  },
  {
    name: "a tier that passes on what nobody decides",
    source: `${DOCS}, Tier, defaultAction: Pass`,
    objects:
      object("Tier", "security", "{ order: 100, defaultAction: Pass }") +
      gnp(
        `{ tier: security, ${A}, types: [Ingress], ingress: [{ action: Deny, source: { selector: "pod == 'b'" } }] }`,
        "security.some",
      ),
    says: ["shop/b > shop/a:80 no", "shop/c > shop/a:80 yes"],
  },
  {
    name: "policies of Kubernetes stand in the usual tier at a thousand: before it",
    source: "projectcalico/calico, libcalico-go/lib/backend/k8s/conversion: order 1000",
    objects:
      knp(
        "{ podSelector: { matchLabels: { pod: a } }, ingress: [{ from: [{ podSelector: { matchLabels: { pod: b } } }] }] }",
      ) +
      gnp(`{ order: 999, ${A}, types: [Ingress], ingress: [{ action: Deny, source: { selector: "pod == 'b'" } }] }`),
    says: ["shop/b > shop/a:80 no"],
  },
  {
    name: "policies of Kubernetes stand in the usual tier at a thousand: behind it",
    source: "projectcalico/calico, libcalico-go/lib/backend/k8s/conversion: order 1000",
    objects:
      knp(
        "{ podSelector: { matchLabels: { pod: a } }, ingress: [{ from: [{ podSelector: { matchLabels: { pod: b } } }] }] }",
      ) +
      gnp(
        `{ order: 2000, ${A}, types: [Ingress], ingress: [{ action: Deny, source: { selector: "pod == 'b'" } }, { action: Allow, source: { selector: "pod == 'c'" } }] }`,
      ),
    says: ["shop/b > shop/a:80 yes", "shop/c > shop/a:80 yes", "out/internet > shop/a:80 no"],
  },
  {
    name: "types follow from the rules: none are ingress",
    source: "projectcalico/calico, api, NetworkPolicySpec.Types",
    objects: np(`{ ${A} }`),
    says: ["shop/b > shop/a:80 no", "shop/a > shop/b:80 yes"],
  },
  {
    name: "types follow from the rules: egress alone",
    source: "projectcalico/calico, api, NetworkPolicySpec.Types",
    objects: np(`{ ${A}, egress: [{ action: Deny }] }`),
    says: ["shop/b > shop/a:80 yes", "shop/a > shop/b:80 no"],
  },
  {
    name: "types follow from the rules: both",
    source: "projectcalico/calico, api, NetworkPolicySpec.Types",
    objects: np(
      `{ ${A}, ingress: [{ action: Allow, source: { selector: "pod == 'b'" } }], egress: [{ action: Allow, destination: { selector: "pod == 'b'" } }] }`,
    ),
    says: ["shop/b > shop/a:80 yes", "shop/c > shop/a:80 no", "shop/a > shop/b:80 yes", "shop/a > shop/c:80 no"],
  },
  {
    name: "a selector of a rule in a namespace is about the namespace",
    source: `${DOCS}, Network policy, EntityRule: limited to the namespace of the policy`,
    objects: np(`{ ${A}, ingress: [${allow("source: { selector: all() }")}] }`),
    says: ["shop/b > shop/a:80 yes", "bank/b > shop/a:80 no", "out/internet > shop/a:80 no"],
  },
  {
    name: "all() for namespaces is every namespace and nobody without one",
    source: `${DOCS}, Network policy, namespaceSelector: all()`,
    objects: np(`{ ${A}, ingress: [${allow("source: { namespaceSelector: all() }")}] }`),
    says: ["bank/b > shop/a:80 yes", "out/internet > shop/a:80 no", "node/w2 > shop/a:80 no"],
  },
  {
    name: "notSelector lets in who is no endpoint, from a policy of no namespace",
    source: "projectcalico/calico, api, EntityRule.NotSelector: packets from non-Calico sources match",
    objects: gnp(
      `{ namespaceSelector: "ns == 'shop'", ${A}, types: [Ingress], ingress: [${allow("source: { notSelector: has(projectcalico.org/namespace) }")}] }`,
    ),
    says: ["out/internet > shop/a:80 yes", "node/w2 > shop/a:80 yes", "bank/b > shop/a:80 no", "shop/b > shop/a:80 no"],
  },
  {
    name: "notSelector in a namespace is about endpoints of it, and lets nobody else in",
    source:
      "projectcalico/calico, libcalico-go, updateprocessors/rules.go: as soon as any selector is used, NotSelector too",
    objects: np(`{ ${A}, ingress: [${allow(`source: { notSelector: "pod == 'b'" }`)}] }`),
    says: ["shop/c > shop/a:80 yes", "shop/b > shop/a:80 no", "out/internet > shop/a:80 no", "node/w2 > shop/a:80 no"],
  },
  {
    name: "a negated selector matches endpoints alone",
    source: "projectcalico/calico, api, EntityRule.Selector: limited to packets from Calico-controlled endpoints",
    objects: gnp(`{ ${A}, types: [Ingress], ingress: [${allow('source: { selector: "!has(gone)" }')}] }`),
    says: ["bank/b > shop/a:80 yes", "out/internet > shop/a:80 no"],
  },
];
