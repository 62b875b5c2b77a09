/** Ports, addresses, nodes and Services in policies of Kubernetes. */
import type { Case } from "./case.ts";
import { policy } from "./kubernetes.ts";

const PAGE = "kubernetes.io, Network Policies";
const API = "kubernetes.io, API reference, NetworkPolicy v1";
const A = "podSelector: { matchLabels: { pod: a } }";

export const kubernetesPortCases: readonly Case[] = [
  {
    name: "ports and protocols",
    source: `${PAGE}, The NetworkPolicy resource, ingress`,
    objects: policy(`{ ${A}, ingress: [{ ports: [{ port: 80 }, { port: 81, protocol: UDP }] }] }`),
    says: [
      "bank/b > shop/a:80 yes",
      "bank/b > shop/a:80/UDP no",
      "bank/b > shop/a:81/UDP yes",
      "bank/b > shop/a:81 no",
      "out/laptop > shop/a:80 yes",
    ],
  },
  {
    name: "a protocol without a port means all its ports",
    source: `${API}, NetworkPolicyPort, port`,
    objects: policy(`{ ${A}, ingress: [{ ports: [{ protocol: UDP }] }] }`),
    says: ["bank/b > shop/a:5353/UDP yes", "bank/b > shop/a:80 no"],
  },
  {
    name: "a range of ports, ends included",
    source: `${PAGE}, Targeting a range of ports`,
    objects: policy(`{ ${A}, policyTypes: [Egress], egress: [{ ports: [{ port: 32000, endPort: 32768 }] }] }`),
    says: [
      "shop/a > bank/a:32000 yes",
      "shop/a > bank/a:32768 yes",
      "shop/a > bank/a:31999 no",
      "shop/a > bank/a:32769 no",
    ],
  },
  {
    name: "a port by its name is the one of whoever answers",
    source: `${API}, NetworkPolicyPort, port: numerical or named`,
    objects: policy(`{ ${A}, ingress: [{ ports: [{ port: serve-81-tcp }] }] }`),
    says: ["bank/b > shop/a:81 yes", "bank/b > shop/a:80 no", "bank/b > shop/a:81/UDP no"],
  },
  {
    name: "a named port for egress",
    source: "kubernetes e2e, network policy, named ports in egress",
    objects: policy(`{ ${A}, policyTypes: [Egress], egress: [{ ports: [{ port: serve-80-tcp }] }] }`),
    says: ["shop/a > bank/b:80 yes", "shop/a > bank/b:81 no", "shop/a > out/internet:80 no"],
  },
  {
    name: "a block of addresses outside, with an exception",
    source: `${PAGE}, The NetworkPolicy resource, ipBlock`,
    objects: policy(
      `{ ${A}, policyTypes: [Ingress, Egress], ingress: [{ from: [{ ipBlock: { cidr: 203.0.113.0/24 } }] }], egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [192.168.0.0/16] } }] }] }`,
    ),
    says: [
      "out/internet > shop/a:80 yes",
      "out/laptop > shop/a:80 no",
      "shop/a > out/internet:443 yes",
      "shop/a > out/laptop:443 no",
    ],
  },
  {
    name: "addresses of pods in a block are theirs for most, and never for Cilium",
    source: `${PAGE}, ipBlock; docs.cilium.io, IP/CIDR based: not for endpoints of Cilium`,
    objects: policy(`{ ${A}, ingress: [{ from: [{ ipBlock: { cidr: 10.42.0.0/16 } }] }] }`),
    says: ["bank/b > shop/a:80 yes", "out/internet > shop/a:80 no"],
    differs: { cilium: ["bank/b > shop/a:80 no", "out/internet > shop/a:80 no"] },
  },
  {
    name: "addresses of nodes in a block: on another node they come from the tunnel, and are none for Cilium",
    source: "docs.cilium.io, Selecting nodes with CIDR; Calico documentation, Policy for hosts in a tunnel",
    objects: policy(`{ ${A}, ingress: [{ from: [{ ipBlock: { cidr: 192.168.10.0/24 } }] }] }`),
    says: ["node/w2 > shop/a:80 no", "node/w1 > shop/a:80 yes"],
  },
  {
    name: "a block of IPv6",
    source: `${API}, IPBlock, cidr`,
    objects: policy(`{ ${A}, ingress: [{ from: [{ ipBlock: { cidr: "2001:db8::/32" } }] }] }`),
    says: ["out/internet > shop/a:80 over IPv6 yes", "out/internet > shop/a:80 over IPv4 no"],
  },
  {
    name: "the node of a pod reaches it whatever is said, other nodes do not",
    source: `${PAGE}, What you can't do: traffic from the node to its pods is always allowed`,
    objects: policy("{ podSelector: {}, policyTypes: [Ingress] }"),
    says: ["node/w1 > shop/a:80 yes", "node/w2 > shop/a:80 no", "node/w2 > shop/b:80 yes"],
  },
  {
    name: "a pod always reaches itself",
    source: `${PAGE}: a pod cannot block access to itself`,
    objects: policy("{ podSelector: {}, policyTypes: [Ingress, Egress] }"),
    says: ["shop/a > shop/a:80 yes"],
  },
  {
    name: "ports are those of the pod, not of the Service",
    source: "kubernetes e2e, network policy, services; docs.cilium.io, Layer 4: after service port mapping",
    objects: policy(`{ ${A}, ingress: [{ ports: [{ port: 80 }] }] }`),
    says: ["bank/b > svc/shop/a:8000 yes", "bank/b > svc/shop/a:8001 no"],
  },
  {
    name: "a policy that names the port of the Service closes the pod",
    source: "docs.cilium.io, Layer 4: after service port mapping; Calico documentation, Service policy: after DNAT",
    objects: policy(`{ ${A}, ingress: [{ ports: [{ port: 8000 }] }] }`),
    says: ["bank/b > svc/shop/a:8000 no", "bank/b > shop/a:80 no"],
  },
  {
    name: "egress to a Service is egress to its pods",
    source: "docs.cilium.io, Layer 4; Calico documentation, Kubernetes egress with Services",
    objects: policy(
      `{ ${A}, policyTypes: [Egress], egress: [{ to: [{ namespaceSelector: { matchLabels: { ns: bank } } }], ports: [{ port: serve-81-tcp }] }] }`,
    ),
    says: ["shop/a > svc/bank/b:8001 yes", "shop/a > svc/bank/b:8000 no", "shop/a > svc/farm/b:8001 no"],
  },
  {
    name: "SCTP is a protocol of its own",
    source: `${PAGE}, NetworkPolicy and SCTP`,
    objects: policy(`{ ${A}, ingress: [{ ports: [{ port: 80, protocol: SCTP }] }] }`),
    says: ["bank/b > shop/a:80/SCTP yes", "bank/b > shop/a:80 no", "bank/b > shop/a:80/UDP no"],
  },
  {
    name: "rules without ports let pings in, rules with ports do not",
    source: "docs.cilium.io, Layer 4; Calico documentation, ICMP policy; for Kubernetes what it leaves open",
    objects:
      policy(`{ ${A}, ingress: [{ from: [{ podSelector: { matchLabels: { pod: b } } }] }] }`) +
      policy("{ podSelector: { matchLabels: { pod: c } }, ingress: [{ ports: [{ port: 80 }] }] }", { name: "two" }),
    says: ["shop/b > shop/a:8/ICMP yes", "shop/b > shop/c:8/ICMP no", "shop/c > shop/a:8/ICMP no"],
  },
];
