/** What the documentation and the sources of Cilium say of its own policies. */
import { CILIUM, type Case } from "./case.ts";

const DOCS = "docs.cilium.io";

export const cnp = (spec: string, { namespace = "shop", name = "one" } = {}): string =>
  `---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: ${name}, namespace: ${namespace} }\nspec: ${spec}\n`;

export const ccnp = (spec: string, name = "all"): string =>
  `---\napiVersion: cilium.io/v2\nkind: CiliumClusterwideNetworkPolicy\nmetadata: { name: ${name} }\nspec: ${spec}\n`;

const A = "endpointSelector: { matchLabels: { pod: a } }";

export const ciliumCases: readonly Case[] = [
  {
    name: "a rule that names endpoints lets those of its namespace in",
    source: `${DOCS}, Layer 3, Simple Ingress Allow`,
    objects: cnp(`{ ${A}, ingress: [{ fromEndpoints: [{ matchLabels: { pod: b } }] }] }`),
    says: ["shop/b > shop/a:80 yes", "shop/c > shop/a:80 no", "bank/b > shop/a:80 no", "shop/a > shop/c:80 yes"],
  },
  {
    name: "an empty selector of a namespaced policy is the namespace",
    source: `${DOCS}, Layer 3, Ingress Allow All Endpoints; Egress Allow All Endpoints: based on the namespace`,
    objects: cnp(`{ ${A}, ingress: [{ fromEndpoints: [{}] }] }`),
    says: ["shop/c > shop/a:80 yes", "bank/b > shop/a:80 no", "out/internet > shop/a:80 no", "node/w2 > shop/a:80 no"],
  },
  {
    name: "egress to one app",
    source: `${DOCS}, Layer 3, Simple Egress Allow`,
    objects: cnp(`{ ${A}, egress: [{ toEndpoints: [{ matchLabels: { pod: b } }] }] }`),
    says: ["shop/a > shop/b:80 yes", "shop/a > shop/c:80 no", "shop/a > out/internet:443 no", "shop/b > shop/a:80 yes"],
  },
  {
    name: "egress to everybody of the namespace",
    source: `${DOCS}, Layer 3, Egress Allow All Endpoints`,
    objects: cnp(`{ ${A}, egress: [{ toEndpoints: [{}] }] }`),
    says: ["shop/a > shop/c:80 yes", "shop/a > bank/a:80 no"],
  },
  {
    name: "an empty rule lets nobody in, other than with Kubernetes",
    source: `${DOCS}, Layer 3, Ingress/Egress Default Deny`,
    objects: cnp(`{ endpointSelector: {}, ingress: [{}] }`),
    says: ["shop/b > shop/a:80 no", "out/internet > shop/a:80 no", "shop/a > bank/b:80 yes", "bank/b > bank/a:80 yes"],
  },
  {
    name: "an empty rule of egress",
    source: `${DOCS}, Layer 3, Egress Default Deny`,
    objects: cnp(`{ ${A}, egress: [{}] }`),
    says: ["shop/a > shop/b:80 no", "shop/a > out/internet:443 no", "shop/b > shop/a:80 yes"],
  },
  {
    name: "an empty list of endpoints is nobody, with ports as well",
    source: "cilium/cilium, pkg/policy/utils, mergeEndpointSelectors: empty and not absent selects no identity",
    objects: cnp(`{ ${A}, ingress: [{ fromEndpoints: [], toPorts: [{ ports: [{ port: "80" }] }] }] }`),
    says: ["shop/b > shop/a:80 no", "bank/b > shop/a:80 no"],
  },
  {
    name: "ports without peers are open to everybody",
    source: `${DOCS}, Layer 4, Limit ingress/egress ports: to any layer 3 destination`,
    objects: cnp(`{ ${A}, egress: [{ toPorts: [{ ports: [{ port: "80", protocol: TCP }] }] }] }`),
    says: [
      "shop/a > bank/b:80 yes",
      "shop/a > out/internet:80 yes",
      "shop/a > bank/b:80/UDP no",
      "shop/a > bank/b:81 no",
    ],
  },
  {
    name: "a range of ports",
    source: `${DOCS}, Layer 4, Example Port Ranges`,
    objects: cnp(`{ ${A}, egress: [{ toPorts: [{ ports: [{ port: "80", endPort: 444, protocol: TCP }] }] }] }`),
    says: ["shop/a > out/internet:80 yes", "shop/a > out/internet:444 yes", "shop/a > out/internet:445 no"],
  },
  {
    name: "a port without a protocol is of any",
    source: `${DOCS}, Layer 4, PortProtocol`,
    objects: cnp(`{ ${A}, ingress: [{ toPorts: [{ ports: [{ port: "80" }] }] }] }`),
    says: ["bank/b > shop/a:80 yes", "bank/b > shop/a:80/UDP yes", "bank/b > shop/a:81 no"],
  },
  {
    name: "port zero is every port of its protocol",
    source: "cilium/cilium, pkg/policy/api/l4.go, PortProtocol",
    objects: cnp(`{ ${A}, ingress: [{ toPorts: [{ ports: [{ port: "0", protocol: UDP }] }] }] }`),
    says: ["bank/b > shop/a:5353/UDP yes", "bank/b > shop/a:80 no"],
  },
  {
    name: "a port by its name",
    source: `${DOCS}, Layer 4, PortProtocol: a name`,
    objects: cnp(`{ ${A}, ingress: [{ toPorts: [{ ports: [{ port: serve-81-tcp, protocol: TCP }] }] }] }`),
    says: ["bank/b > shop/a:81 yes", "bank/b > shop/a:80 no"],
  },
  {
    name: "who and where to together",
    source: `${DOCS}, Layer 4, Labels-dependent Layer 4 rule`,
    objects: cnp(
      `{ ${A}, ingress: [{ fromEndpoints: [{ matchLabels: { pod: b } }], toPorts: [{ ports: [{ port: "80", protocol: TCP }] }] }] }`,
    ),
    says: ["shop/b > shop/a:80 yes", "shop/b > shop/a:81 no", "shop/c > shop/a:80 no"],
  },
  {
    name: "who in one rule and where to in another are alternatives",
    source: `${DOCS}, Rule Basics: the union of rules`,
    objects: cnp(
      `{ ${A}, ingress: [{ fromEndpoints: [{ matchLabels: { pod: b } }] }, { toPorts: [{ ports: [{ port: "80", protocol: TCP }] }] }] }`,
    ),
    says: ["shop/b > shop/a:81 yes", "bank/c > shop/a:80 yes", "bank/c > shop/a:81 no"],
  },
  {
    name: "addresses outside, but for some",
    source: `${DOCS}, IP/CIDR based, Allow to external CIDR block`,
    objects: cnp(
      `{ ${A}, egress: [{ toCIDR: [203.0.113.10/32] }, { toCIDRSet: [{ cidr: 192.168.0.0/16, except: [192.168.1.0/24] }] }] }`,
    ),
    says: ["shop/a > out/internet:443 yes", "shop/a > out/laptop:80 no"],
  },
  {
    name: "addresses and ports",
    source: `${DOCS}, Layer 4, CIDR-dependent Layer 4 Rule`,
    objects: cnp(
      `{ ${A}, egress: [{ toCIDR: [203.0.113.0/24], toPorts: [{ ports: [{ port: "80", protocol: TCP }] }] }] }`,
    ),
    says: ["shop/a > out/internet:80 yes", "shop/a > out/internet:443 no"],
  },
  {
    name: "the network of everybody holds neither pods nor nodes",
    source: `${DOCS}, IP/CIDR based: both sides managed by Cilium or nodes`,
    objects: cnp(`{ ${A}, egress: [{ toCIDR: [0.0.0.0/0] }], ingress: [{ fromCIDR: [0.0.0.0/0] }] }`),
    says: [
      "shop/a > out/internet:443 yes",
      "shop/a > bank/b:80 no",
      "shop/a > node/cp:6443 no",
      "shop/a > svc/default/kubernetes:443 no",
      "out/internet > shop/a:80 yes",
      "bank/b > shop/a:80 no",
    ],
  },
  {
    name: "nodes by their addresses, where it is told to look",
    source: `${DOCS}, Selecting nodes with CIDR / ipBlock`,
    datapath: { ...CILIUM, policyCIDRMatchMode: ["nodes"] },
    objects: cnp(`{ ${A}, egress: [{ toCIDR: [192.168.10.1/32] }] }`),
    says: ["shop/a > node/cp:6443 yes", "shop/a > svc/default/kubernetes:443 yes", "shop/a > node/w2:10250 no"],
  },
  {
    name: "Services by name, and by labels",
    source: `${DOCS}, Layer 3, Services based`,
    objects: cnp(
      `{ ${A}, egress: [{ toServices: [{ k8sService: { serviceName: b, namespace: shop } }, { k8sServiceSelector: { namespace: bank, selector: { matchLabels: { tells: c } } } }] }] }`,
    ),
    says: [
      "shop/a > svc/shop/b:8000 yes",
      "shop/a > svc/bank/c:8000 yes",
      "shop/a > svc/bank/b:8000 no",
      "shop/a > shop/b:9999 yes",
    ],
  },
  {
    name: "a Service without a selector is its addresses, which are no node's",
    source: `${DOCS}, Layer 3, Services based, note on default/kubernetes`,
    objects: cnp(
      `{ ${A}, egress: [{ toServices: [{ k8sService: { serviceName: kubernetes, namespace: default } }] }] }`,
    ),
    says: ["shop/a > svc/default/kubernetes:443 no"],
  },
  {
    name: "names outside",
    source: `${DOCS}, DNS based`,
    objects: cnp(`{ ${A}, egress: [{ toFQDNs: [{ matchName: api.example.com }] }] }`),
    says: ["shop/a > out/internet:443 yes", "shop/a > out/laptop:443 no", "shop/a > bank/b:80 no"],
  },
  {
    name: "patterns of names: a star is one part, two before a dot are many",
    source: `${DOCS}, DNS based, toFQDNs.matchPattern`,
    objects: cnp(
      `{ ${A}, egress: [{ toFQDNs: [{ matchPattern: "*.com" }], toPorts: [{ ports: [{ port: "1" }] }] }, { toFQDNs: [{ matchPattern: "*.example.com" }], toPorts: [{ ports: [{ port: "2" }] }] }, { toFQDNs: [{ matchPattern: "**.com" }], toPorts: [{ ports: [{ port: "3" }] }] }, { toFQDNs: [{ matchPattern: "**.api.example.com" }], toPorts: [{ ports: [{ port: "4" }] }] }, { toFQDNs: [{ matchPattern: "*" }], toPorts: [{ ports: [{ port: "5" }] }] }] }`,
    ),
    says: [
      "shop/a > out/internet:1 no",
      "shop/a > out/internet:2 yes",
      "shop/a > out/internet:3 yes",
      "shop/a > out/internet:4 no",
      "shop/a > out/internet:5 yes",
      "shop/a > out/laptop:5 no",
    ],
  },
  {
    name: "kinds of ICMP",
    source: `${DOCS}, Limit ICMP/ICMPv6 types`,
    objects: cnp(
      `{ ${A}, egress: [{ icmps: [{ fields: [{ type: 8, family: IPv4 }, { type: EchoRequest, family: IPv6 }] }] }] }`,
    ),
    says: [
      "shop/a > out/internet:8/ICMP yes",
      "shop/a > out/internet:13/ICMP no",
      "shop/a > out/internet:128/ICMP over IPv6 yes",
      "shop/a > out/internet:80 no",
    ],
  },
  {
    name: "any rule about ports stops pings",
    source: `${DOCS}, Layer 4: ICMP will be blocked`,
    objects: cnp(`{ ${A}, ingress: [{ toPorts: [{ ports: [{ port: "80" }] }] }] }`),
    says: ["bank/b > shop/a:8/ICMP no"],
  },
];
