import { contains, overlaps, size } from "../../model/address.ts";
import type { Plan } from "../../model/plan.ts";
import { freeNetwork } from "../free.ts";
import type { Rule } from "../rule.ts";
import { isInside, networksOf, verb, type NamedNetwork } from "./networks.ts";

const anotherNetwork = (plan: Plan): string => freeNetwork(plan)?.text ?? "a private network nothing else uses";

export const disjoint: Rule = {
  id: "NET-OVERLAP",
  severity: "error",
  title: "LAN, other networks, pods and services do not overlap",
  because:
    "A node cannot tell whether an address of two networks is in the house or in the cluster; half of the connections go the wrong way.",
  source: "Kubernetes documentation, Cluster Networking: pod, service and node ranges must not overlap",
  *check(plan) {
    const ranges = networksOf(plan);
    for (const [index, one] of ranges.entries()) {
      for (const other of ranges.slice(index + 1)) {
        if (!overlaps(one.cidr, other.cidr)) continue;
        yield {
          message: `${other.what} (${other.cidr.text}) ${verb(other, "overlap", "overlaps")} ${one.what} (${one.cidr.text})`,
          paths: [other.path, one.path],
          fix: apart(other, plan),
        };
      }
    }
  },
};

const apart = (network: NamedNetwork, plan: Plan): string =>
  isInside(network)
    ? `${network.path}: ${anotherNetwork(plan)}`
    : "give one of the two other addresses; where they never meet, leave it out of `networks`";

export const resolverReachable: Rule = {
  id: "NET-RESOLVER",
  severity: "error",
  title: "no resolver has an address of the pod or service network",
  because: "Nodes would look for the resolver inside the cluster, where nothing answers, and could pull no image.",
  source: "Kubernetes documentation, Cluster Networking",
  unless: ["NET-OVERLAP"],
  *check(plan) {
    for (const { ip, path } of plan.lan.resolvers) {
      const range =
        ip &&
        networksOf(plan)
          .filter(isInside)
          .find(({ cidr }) => contains(cidr, ip));
      if (!range) continue;
      yield {
        message: `the resolver ${ip} lies inside ${range.what} (${range.cidr.text})`,
        paths: [path, range.path],
        fix: `${range.path}: ${anotherNetwork(plan)}`,
      };
    }
  },
};

// kube-controller-manager gives each node a /24 of the pod network: --node-cidr-mask-size-ipv4, default 24.
const NODE_PREFIX = 24;
// kubernetes/kubernetes pkg/controller/nodeipam/ipam/cidrset, clusterSubnetMaxDiff.
const MOST_NODE_BITS = 16;

export const podsLargeEnough: Rule = {
  id: "NET-PODS-SIZE",
  severity: "error",
  title: "the pod network has a /24 for every node",
  because: "Each node is given a /24 of the pod network; a node that finds none left never becomes ready.",
  source: "kube-controller-manager --node-cidr-mask-size-ipv4, default 24",
  *check({ nodes, cluster: { pods } }) {
    const room = pods.prefix > NODE_PREFIX ? 0 : 2 ** (NODE_PREFIX - pods.prefix);
    if (NODE_PREFIX - pods.prefix > MOST_NODE_BITS) {
      yield {
        message: `the pod network ${pods.text} is too large to be cut into a /24 for each node`,
        paths: ["cluster.pods"],
        fix: "cluster.pods: a /16, such as 10.42.0.0/16",
      };
    }
    if (room >= nodes.length) return;
    yield {
      message: `${pods.text} has room for ${room} node${room === 1 ? "" : "s"} and the cluster has ${nodes.length}`,
      paths: ["cluster.pods", "cluster.nodes"],
      fix: "cluster.pods: a private /16 nothing else uses",
    };
  },
};

// kube-apiserver refuses a service range of more than 20 host bits (cmd/kube-apiserver/app/options/validation.go);
// cluster DNS sits on the tenth address, so a handful is too few.
const [MOST_BITS, FEWEST] = [20, 64n] as const;

export const servicesSize: Rule = {
  id: "NET-SERVICES-SIZE",
  severity: "error",
  title: "the service network is neither too large nor too small",
  because:
    "The API server refuses to start with a service network larger than /12, and one below 64 addresses runs out at once.",
  source: "kube-apiserver --service-cluster-ip-range: at most 20 host bits",
  *check({ cluster: { services } }) {
    const large = 32 - services.prefix > MOST_BITS;
    if (!large && size(services) >= FEWEST) return;
    yield {
      message: `the service network ${services.text} is too ${large ? "large" : "small"}`,
      paths: ["cluster.services"],
      fix: "cluster.services: a /16, such as 10.43.0.0/16",
    };
  },
};
