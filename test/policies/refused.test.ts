/** Objects that no pod network takes, or that say something nobody here knows: they are told and never passed over. */
import { describe, expect, it } from "vitest";
import { CALICO, CILIUM, KUBERNETES, worldOf } from "./cases/case.ts";
import { gnp, np } from "./cases/calico.ts";
import { ccnp, cnp } from "./cases/cilium.ts";
import { readable } from "./verdict.ts";
import { UnreadableObject, type Datapath } from "./world.ts";

const plain = (spec: string, metadata = "{ name: one, namespace: shop }"): string =>
  `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: ${metadata}\nspec: ${spec}\n`;
const A = "endpointSelector: { matchLabels: { pod: a } }";
const ports = (own: string): string => `toPorts: [{ ports: [${own}] }]`;
const ingress = (rule: string): string => cnp(`{ ${A}, ingress: [${rule}] }`);
const egress = (rule: string): string => cnp(`{ ${A}, egress: [${rule}] }`);
const rule = (more: string): string => np(`{ ingress: [{ action: Allow, ${more} }] }`);

const refused: Readonly<Record<string, readonly [Datapath, string]>> = {
  "a field that is spelled wrongly": [KUBERNETES, plain("{ podSelector: {}, policyType: [Ingress] }")],
  "no namespace": [KUBERNETES, plain("{ podSelector: {} }", "{ name: one }")],
  "an older version": [KUBERNETES, plain("{ podSelector: {} }").replace("/v1", "/v1beta1")],
  "a peer that names nobody": [KUBERNETES, plain("{ podSelector: {}, ingress: [{ from: [{}] }] }")],
  "addresses and pods in one peer": [
    KUBERNETES,
    plain("{ podSelector: {}, ingress: [{ from: [{ podSelector: {}, ipBlock: { cidr: 10.0.0.0/8 } }] }] }"),
  ],
  "no network": [KUBERNETES, plain("{ podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.300/8 } }] }] }")],
  "a range that begins with a name": [
    KUBERNETES,
    plain("{ podSelector: {}, ingress: [{ ports: [{ port: http, endPort: 90 }] }] }"),
  ],
  "a range backwards": [KUBERNETES, plain("{ podSelector: {}, ingress: [{ ports: [{ port: 90, endPort: 80 }] }] }")],
  "egress rules of a policy about ingress": [
    KUBERNETES,
    plain("{ podSelector: {}, policyTypes: [Ingress], egress: [{}] }"),
  ],
  "In without values": [
    KUBERNETES,
    plain("{ podSelector: { matchExpressions: [{ key: a, operator: In, values: [] }] } }"),
  ],
  "Exists with values": [
    KUBERNETES,
    plain("{ podSelector: { matchExpressions: [{ key: a, operator: Exists, values: [b] }] } }"),
  ],
  "an operator of nobody": [
    KUBERNETES,
    plain("{ podSelector: { matchExpressions: [{ key: a, operator: Gt, values: [b] }] } }"),
  ],
  "a label that is no text": [KUBERNETES, plain("{ podSelector: { matchLabels: { a: 1 } } }")],
  "policies of Cilium where nobody reads them": [KUBERNETES, ingress("{}")],
  "policies of Calico under Cilium": [CILIUM, np("{}")],
  "policies of Cilium under Calico": [CALICO, ingress("{}")],
  "two kinds of peers in a rule": [CILIUM, ingress("{ fromEndpoints: [{}], fromEntities: [world] }")],
  "networks and entities in a rule": [CILIUM, egress("{ toCIDR: [10.0.0.0/8], toEntities: [world] }")],
  "ICMP and ports in a rule": [CILIUM, ingress(`{ icmps: [{ fields: [{ type: 8 }] }], ${ports('{ port: "80" }')} }`)],
  "Services and ports in a rule": [
    CILIUM,
    egress(`{ toServices: [{ k8sService: { serviceName: a, namespace: shop } }], ${ports('{ port: "80" }')} }`),
  ],
  "no rule in any direction": [CILIUM, cnp(`{ ${A} }`)],
  "an empty list of rules and nothing else": [CILIUM, cnp(`{ ${A}, ingress: [] }`)],
  "whom a policy is about twice": [CILIUM, ccnp(`{ ${A}, nodeSelector: {}, ingress: [{}] }`)],
  "whom a policy is about not at all": [CILIUM, cnp("{ ingress: [{}] }")],
  "nodes in a policy of a namespace": [CILIUM, cnp("{ nodeSelector: {}, ingress: [{}] }")],
  "a namespace of a clusterwide policy": [
    CILIUM,
    ccnp(`{ ${A}, ingress: [{}] }`).replace("name: all", "name: all, namespace: shop"),
  ],
  "another namespace than its own": [
    CILIUM,
    cnp('{ endpointSelector: { matchLabels: { "k8s:io.kubernetes.pod.namespace": bank } }, ingress: [{}] }'),
  ],
  "closing a direction without rules": [CILIUM, cnp(`{ ${A}, enableDefaultDeny: { egress: true }, ingress: [{}] }`)],
  "an entity of nobody": [CILIUM, ingress("{ fromEntities: [internet] }")],
  "a port that is a number": [CILIUM, ingress(`{ ${ports("{ port: 80 }")} }`)],
  "a port that is none": [CILIUM, ingress(`{ ${ports('{ port: "70000" }')} }`)],
  "more ports than forty": [
    CILIUM,
    ingress(`{ ${ports(Array.from({ length: 41 }, (_, index) => `{ port: "${index + 1}" }`).join(", "))} }`),
  ],
  "DNS rules for what comes in": [
    CILIUM,
    ingress('{ toPorts: [{ ports: [{ port: "53" }], rules: { dns: [{ matchPattern: "*" }] } }] }'),
  ],
  "rules about requests over UDP": [
    CILIUM,
    ingress('{ toPorts: [{ ports: [{ port: "80", protocol: UDP }], rules: { http: [{}] } }] }'),
  ],
  "names that are denied": [CILIUM, cnp(`{ ${A}, egressDeny: [{ toFQDNs: [{ matchName: a.example }] }] }`)],
  "rules about requests that are denied": [
    CILIUM,
    cnp(`{ ${A}, ingressDeny: [{ toPorts: [{ ports: [{ port: "80" }], rules: { http: [{}] } }] }] }`),
  ],
  "a name with a star": [CILIUM, egress('{ toFQDNs: [{ matchName: "*.example" }] }')],
  "labels that peers have to have besides, which is gone": [CILIUM, ingress("{ fromRequires: [{}] }")],
  "a set of networks without a length": [CILIUM, ingress("{ fromCIDRSet: [{ cidr: 10.0.0.1 }] }")],
  "a field of Calico that nobody knows": [CALICO, np("{ selectors: all() }")],
  "a selector that is none": [CALICO, np("{ selector: app = 'x' }")],
  "global() in whom a policy is about": [CALICO, gnp("{ selector: global() }")],
  "an action of nobody": [CALICO, np("{ ingress: [{ action: Accept }] }")],
  "ports of no protocol": [CALICO, rule("destination: { ports: [80] }")],
  "the port a connection comes from": [CALICO, rule("protocol: TCP, source: { ports: [80] }")],
  "a Service and networks": [
    CALICO,
    rule("destination: { services: { name: a, namespace: shop }, nets: [10.0.0.0/8] }"),
  ],
  "a Service and ports": [CALICO, rule("protocol: TCP, destination: { services: { name: a }, ports: [80] }")],
  "a Service of no namespace": [
    CALICO,
    gnp("{ types: [Egress], egress: [{ action: Allow, destination: { services: { name: a } } }] }"),
  ],
  "a kind of ICMP without its protocol": [CALICO, rule("icmp: { type: 8 }")],
  "requests that are denied": [CALICO, np("{ ingress: [{ action: Deny, http: { methods: [GET] } }] }")],
  "rules of a direction it is not about": [CALICO, np("{ types: [Ingress], egress: [{ action: Allow }] }")],
  "a tier that is not there": [CALICO, np("{ tier: security }")],
  "packets before their addresses are translated": [CALICO, gnp("{ preDNAT: true, applyOnForward: true }")],
  "a namespace selector of a policy of one": [CALICO, np("{ namespaceSelector: all() }")],
  "an action of staging that is of no use": [CALICO, np("{ stagedAction: Learn }", "one", "StagedNetworkPolicy")],
  "staging what is enforced": [CALICO, np("{ stagedAction: Set }")],
  "endpoints of hosts": [CALICO, gnp("{ node: w1 }", "w1", "HostEndpoint")],
};

describe("objects", () => {
  it.each(Object.entries(refused))("%s: it is said", (_, [datapath, yaml]) => {
    expect(() => readable(worldOf(datapath, yaml))).toThrow(UnreadableObject);
  });
});
