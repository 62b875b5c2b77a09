import { contains, hostBits, overlaps, size } from "../../model/address.ts";
import type { Plan } from "../../model/plan.ts";
import { freeNetwork } from "../free.ts";
import type { Rule } from "../rule.ts";
import { isInside, networksOf, verb, type NamedNetwork } from "./networks.ts";

const anotherNetwork = (network: NamedNetwork, plan: Plan): string =>
  freeNetwork(plan, network)?.text ?? "a private network nothing else uses";

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
  isInside(network) || network.kind === "own"
    ? `${network.path}: ${anotherNetwork(network, plan)}`
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
        fix: `${range.path}: ${anotherNetwork(range, plan)}`,
      };
    }
  },
};

// kube-controller-manager gives each node a part of the pod network: --node-cidr-mask-size-ipv4 and -ipv6, their defaults.
const NODE_PREFIX = { 4: 24, 6: 64 } as const;
const ENOUGH = { 4: "a /16, such as 10.42.0.0/16", 6: "a /56, such as fd00:10:0:4200::/56" } as const;
// kubernetes/kubernetes pkg/controller/nodeipam/ipam/cidrset, clusterSubnetMaxDiff.
const MOST_NODE_BITS = 16;

export const podsLargeEnough: Rule = {
  id: "NET-PODS-SIZE",
  severity: "error",
  title: "the pod network has a /24 for every node, and a /64 of IPv6",
  because:
    "Each node is given a /24 of the pod network, or a /64 of IPv6; a node that finds none left never becomes ready.",
  source: "kube-controller-manager --node-cidr-mask-size-ipv4, default 24, and --node-cidr-mask-size-ipv6, default 64",
  *check({ nodes, stacks }) {
    for (const { family, pods } of stacks) {
      if (pods === undefined) continue;
      const { value, path } = pods;
      const part = NODE_PREFIX[family];
      const room = value.prefix > part ? 0 : 2 ** (part - value.prefix);
      if (part - value.prefix > MOST_NODE_BITS) {
        yield {
          message: `the pod network ${value.text} is too large to be cut into a /${part} for each node`,
          paths: [path],
          fix: `${path}: ${ENOUGH[family]}`,
        };
      }
      if (room >= nodes.length) continue;
      yield {
        message: `${value.text} has room for ${room} node${room === 1 ? "" : "s"} and the cluster has ${nodes.length}`,
        paths: [path, "cluster.nodes"],
        fix: `${path}: a private ${family === 4 ? "/16" : "/56"} nothing else uses`,
      };
    }
  },
};

// kube-apiserver refuses a service range of more than 20 host bits (cmd/kube-apiserver/app/options/validation.go);
// cluster DNS sits on the tenth address, so a handful is too few.
const [MOST_BITS, FEWEST] = [20, 64n] as const;
const USUAL = { 4: "a /16, such as 10.43.0.0/16", 6: "a /112, such as fd00:10:0:4300::/112" } as const;

export const servicesSize: Rule = {
  id: "NET-SERVICES-SIZE",
  severity: "error",
  title: "the service network is neither too large nor too small",
  because:
    "The API server refuses to start with a service network larger than /12, or /108 of IPv6, and one below 64 addresses runs out at once.",
  source: "kube-apiserver --service-cluster-ip-range: at most 20 host bits",
  *check({ stacks }) {
    for (const { family, services } of stacks) {
      if (services === undefined) continue;
      const { value, path } = services;
      const large = hostBits(value) > MOST_BITS;
      if (!large && size(value) >= FEWEST) continue;
      yield {
        message: `the service network ${value.text} is too ${large ? "large" : "small"}`,
        paths: [path],
        fix: `${path}: ${USUAL[family]}`,
      };
    }
  },
};
