/** Who is no pod, for Calico: nodes, networks, sets of them, Services, service accounts; and policies that are staged. */
import { CALICO, type Case } from "./case.ts";
import { gnp, np } from "./calico.ts";

const DOCS = "docs.tigera.io/calico";
const A = `selector: "pod == 'a'"`;
const ROUTED = { ...CALICO, encapsulation: "none" } as const;

export const calicoHostCases: readonly Case[] = [
  {
    name: "the node of a pod always reaches it",
    source: "projectcalico/calico, felix/rules/static.go: packets to local workloads from the host are accepted",
    objects: gnp("{ types: [Ingress] }"),
    says: ["node/w1 > shop/a:80 yes", "node/w2 > shop/a:80 no"],
  },
  {
    name: "another node comes from the tunnel",
    source: `${DOCS}, Overlay networking; Protect hosts: tunnel addresses`,
    objects: gnp(`{ ${A}, types: [Ingress], ingress: [{ action: Allow, source: { nets: [192.168.10.0/24] } }] }`),
    says: ["node/w2 > shop/a:80 no"],
  },
  {
    name: "and with the address of the tunnel it is let in",
    source: `${DOCS}, Overlay networking`,
    objects: gnp(`{ ${A}, types: [Ingress], ingress: [{ action: Allow, source: { nets: [10.42.0.3/32] } }] }`),
    says: ["node/w2 > shop/a:80 yes", "node/cp > shop/a:80 no"],
  },
  {
    name: "without a tunnel another node comes from its own address",
    source: `${DOCS}, Determine best networking option: no encapsulation`,
    datapath: ROUTED,
    objects: gnp(`{ ${A}, types: [Ingress], ingress: [{ action: Allow, source: { nets: [192.168.10.0/24] } }] }`),
    says: ["node/w2 > shop/a:80 yes", "out/laptop > shop/a:80 no", "bank/b > shop/a:80 no"],
  },
  {
    name: "a request that another node hands on comes from that node",
    source: `${DOCS}, Apply policy to services exposed externally: externalTrafficPolicy Cluster`,
    datapath: ROUTED,
    objects: gnp(`{ ${A}, types: [Ingress], ingress: [{ action: Allow, source: { nets: [203.0.113.0/24] } }] }`),
    says: ["out/internet > shop/a:80 yes", "out/internet > shop/a:80 via w2 no", "out/internet > shop/a:80 via w1 yes"],
  },
  {
    name: "in eBPF it comes from the client",
    source: `${DOCS}, Enabling the eBPF data plane: preserves client source IP`,
    datapath: { ...ROUTED, keepsClients: true },
    objects: gnp(`{ ${A}, types: [Ingress], ingress: [{ action: Allow, source: { nets: [203.0.113.0/24] } }] }`),
    says: ["out/internet > shop/a:80 via w2 yes"],
  },
  {
    name: "from a pod to its own node, which the agents may drop",
    source: `${DOCS}, FelixConfiguration, defaultEndpointToHostAction`,
    datapath: { ...CALICO, endpointToHost: "Drop" },
    objects: gnp(`{ selector: "pod == 'b'", types: [Egress], egress: [{ action: Allow }] }`),
    says: ["shop/a > node/w1:10250 no", "shop/a > node/w2:10250 yes", "node/w1 > shop/a:80 yes"],
  },
  {
    name: "networks, and networks that are not",
    source: `${DOCS}, Network policy, EntityRule: nets, notNets`,
    objects: gnp(
      `{ ${A}, types: [Egress], egress: [{ action: Allow, destination: { nets: [0.0.0.0/0], notNets: [192.168.0.0/16, 10.0.0.0/8] } }] }`,
    ),
    says: ["shop/a > out/internet:443 yes", "shop/a > out/laptop:80 no", "shop/a > bank/b:80 no"],
  },
  {
    name: "addresses of pods in a network are theirs",
    source: `${DOCS}, Use IP addresses or CIDRs in policy`,
    objects: gnp(`{ ${A}, types: [Ingress], ingress: [{ action: Allow, source: { nets: [10.42.2.0/24] } }] }`),
    says: ["bank/b > shop/a:80 yes", "farm/b > shop/a:80 no"],
  },
  {
    name: "one family only",
    source: `${DOCS}, Network policy, ipVersion`,
    objects: gnp(`{ ${A}, types: [Ingress], ingress: [{ action: Allow, ipVersion: 6 }] }`),
    says: ["bank/b > shop/a:80 over IPv6 yes", "bank/b > shop/a:80 over IPv4 no"],
  },
  {
    name: "ports: numbers, ranges, names, and those that are not",
    source: `${DOCS}, Network policy, Ports; notPorts`,
    objects: np(
      `{ ${A}, ingress: [{ action: Allow, protocol: TCP, destination: { ports: [80, "8000:8100", serve-81-tcp] } }, { action: Allow, protocol: UDP, destination: { notPorts: [53] } }] }`,
    ),
    says: [
      "bank/b > shop/a:80 yes",
      "bank/b > shop/a:81 yes",
      "bank/b > shop/a:8050 yes",
      "bank/b > shop/a:8101 no",
      "bank/b > shop/a:53/UDP no",
      "bank/b > shop/a:54/UDP yes",
    ],
  },
  {
    name: "pings, of one type and by what is no other protocol",
    source: `${DOCS}, Use ICMP/ping rules in policy`,
    objects:
      np(
        `{ ${A}, ingress: [{ action: Allow, protocol: ICMP, icmp: { type: 8 } }, { action: Allow, protocol: ICMPv6 }] }`,
      ) + np(`{ selector: "pod == 'b'", ingress: [{ action: Allow, notProtocol: TCP }] }`, "two"),
    says: [
      "bank/b > shop/a:8/ICMP yes",
      "bank/b > shop/a:13/ICMP no",
      "bank/b > shop/a:128/ICMP over IPv6 yes",
      "bank/b > shop/a:80 no",
      "bank/b > shop/b:8/ICMP yes",
      "bank/b > shop/b:80 no",
    ],
  },
  {
    name: "a set of networks by its labels",
    source: `${DOCS}, Use IP addresses or CIDRs in policy: network sets`,
    objects:
      gnp(`{ ${A}, types: [Egress], egress: [{ action: Allow, destination: { selector: "kind == 'lan'" } }] }`) +
      "---\napiVersion: projectcalico.org/v3\nkind: GlobalNetworkSet\nmetadata: { name: lan, labels: { kind: lan } }\nspec: { nets: [192.168.1.0/24] }\n",
    says: ["shop/a > out/laptop:80 yes", "shop/a > out/internet:443 no"],
  },
  {
    name: "a set of no namespace from a policy of one",
    source: `${DOCS}, Network policy, namespaceSelector: global()`,
    objects:
      np(
        `{ ${A}, egress: [{ action: Allow, destination: { namespaceSelector: global(), selector: "kind == 'lan'" } }] }`,
      ) +
      "---\napiVersion: projectcalico.org/v3\nkind: GlobalNetworkSet\nmetadata: { name: lan, labels: { kind: lan } }\nspec: { nets: [192.168.1.0/24] }\n",
    says: ["shop/a > out/laptop:80 yes", "shop/a > out/internet:443 no"],
  },
  {
    name: "without global() it is out of sight, and one of the namespace is not",
    source: `${DOCS}, Network set: namespaced`,
    objects:
      np(`{ ${A}, egress: [{ action: Allow, destination: { selector: has(kind) } }] }`) +
      "---\napiVersion: projectcalico.org/v3\nkind: GlobalNetworkSet\nmetadata: { name: lan, labels: { kind: lan } }\nspec: { nets: [192.168.1.0/24] }\n" +
      "---\napiVersion: projectcalico.org/v3\nkind: NetworkSet\nmetadata: { name: far, namespace: shop, labels: { kind: far } }\nspec: { nets: [203.0.113.0/24] }\n",
    says: ["shop/a > out/laptop:80 no", "shop/a > out/internet:443 yes"],
  },
  {
    name: "a Service in place of ports: its pods at its ports",
    source: `${DOCS}, Use service rules in policy`,
    objects: gnp(
      `{ ${A}, types: [Egress], egress: [{ action: Allow, destination: { services: { name: b, namespace: bank } } }] }`,
    ),
    says: [
      "shop/a > svc/bank/b:8000 yes",
      "shop/a > bank/b:81 yes",
      "shop/a > bank/b:9000 no",
      "shop/a > svc/bank/c:8000 no",
    ],
  },
  {
    name: "the API server by its Service",
    source: `${DOCS}, Use service rules in policy: kubernetes API server`,
    objects: gnp(
      `{ ${A}, types: [Egress], egress: [{ action: Allow, destination: { services: { name: kubernetes, namespace: default } } }] }`,
    ),
    says: [
      "shop/a > svc/default/kubernetes:443 yes",
      "shop/a > node/cp:6443 yes",
      "shop/a > node/cp:22 no",
      "shop/a > node/w2:6443 no",
    ],
  },
  {
    name: "pods by the name of their service account, and by its labels",
    source: `${DOCS}, Use service accounts rules in policy`,
    objects:
      np(`{ ${A}, ingress: [{ action: Allow, source: { serviceAccounts: { names: [account-b] } } }] }`) +
      np(
        `{ selector: "pod == 'b'", ingress: [{ action: Allow, source: { serviceAccounts: { selector: "team == 'red'" } } }] }`,
        "two",
      ),
    says: [
      "shop/b > shop/a:80 yes",
      "shop/c > shop/a:80 no",
      "bank/b > shop/a:80 no",
      "shop/a > shop/b:80 yes",
      "shop/c > shop/b:80 no",
    ],
  },
  {
    name: "policies about service accounts",
    source: `${DOCS}, Use service accounts rules in policy: serviceAccountSelector`,
    objects: gnp(`{ serviceAccountSelector: "team == 'red'", types: [Ingress] }`),
    says: ["shop/b > shop/a:80 no", "shop/a > shop/b:80 yes"],
  },
  {
    name: "the older name of the objects",
    source: `${DOCS}, Install the Calico API server: crd.projectcalico.org/v1 behind it`,
    objects: gnp(`{ ${A}, types: [Ingress] }`).replace("projectcalico.org/v3", "crd.projectcalico.org/v1"),
    says: ["shop/b > shop/a:80 no"],
  },
  {
    name: "staged policies enforce nothing and tell what they would",
    source: `${DOCS}, Staged network policies`,
    objects: gnp(
      `{ order: 2000, namespaceSelector: "ns == 'shop'", types: [Ingress, Egress] }`,
      "all",
      "StagedGlobalNetworkPolicy",
    ),
    says: ["bank/b > shop/a:80 staged", "shop/a > out/internet:443 staged", "bank/b > bank/a:80 yes"],
  },
  {
    name: "what an enforced policy allows before them they do not stop",
    source: `${DOCS}, Staged network policies: evaluated in order with the others`,
    objects:
      gnp(`{ order: 2000, namespaceSelector: "ns == 'shop'", types: [Ingress] }`, "all", "StagedGlobalNetworkPolicy") +
      np(`{ ${A}, order: 100, ingress: [{ action: Allow, source: { selector: "pod == 'b'" } }] }`),
    says: ["shop/b > shop/a:80 yes", "shop/c > shop/a:80 no", "shop/c > shop/b:80 staged"],
  },
  {
    name: "a staged policy of the same name is a newer one",
    source: `${DOCS}, StagedNetworkPolicy, stagedAction: Set`,
    objects:
      np(`{ ${A}, ingress: [{ action: Allow }] }`) +
      np(`{ ${A}, ingress: [{ action: Allow, source: { selector: "pod == 'b'" } }] }`, "one", "StagedNetworkPolicy"),
    says: ["shop/b > shop/a:80 yes", "shop/c > shop/a:80 staged"],
  },
  {
    name: "a policy that is staged to go",
    source: `${DOCS}, StagedNetworkPolicy, stagedAction: Delete`,
    objects:
      np(`{ ${A}, order: 1, ingress: [{ action: Allow }] }`) +
      np(`{ ${A}, order: 2 }`, "two") +
      np("{ stagedAction: Delete }", "one", "StagedNetworkPolicy"),
    says: ["shop/c > shop/a:80 staged"],
  },
  {
    name: "a policy of Kubernetes, staged",
    source: `${DOCS}, StagedKubernetesNetworkPolicy`,
    objects:
      "---\napiVersion: projectcalico.org/v3\nkind: StagedKubernetesNetworkPolicy\nmetadata: { name: one, namespace: shop }\nspec: { podSelector: { matchLabels: { pod: a } }, policyTypes: [Ingress], ingress: [{ from: [{ podSelector: { matchLabels: { pod: b } } }] }] }\n",
    says: ["shop/b > shop/a:80 yes", "shop/c > shop/a:80 staged"],
  },
];
