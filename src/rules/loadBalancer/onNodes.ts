/** Services that have addresses of nodes. */
import { both } from "../../model/families.ts";
import { chosenIn } from "../../model/chosen.ts";
import { taintsOf } from "../../model/gpu.ts";
import type { Chosen, Node, Plan } from "../../model/plan.ts";
import type { Claim } from "../../model/addressBook.ts";
import type { Rule } from "../rule.ts";

const SOURCE = "k3s-io/k3s, pkg/cloudprovider/servicelb.go; K3s documentation, Networking Services, ServiceLB";

/** Who gives Services addresses of nodes. */
const balancerIn = (plan: Plan): Chosen | undefined =>
  chosenIn(plan, "load-balancer").find(({ component }) => component.nodeLabels !== undefined);

interface Service {
  readonly owner: string;
  /** One for each of its addresses. */
  readonly claims: readonly [Claim, ...Claim[]];
}

function servicesOf({ addresses }: Plan): readonly Service[] {
  const claims = addresses.claims.filter(({ onNode }) => onNode !== undefined);
  return [...new Set(claims.map(({ owner }) => owner))].map((owner) => ({
    owner,
    claims: claims.filter((claim) => claim.owner === owner) as readonly Claim[] as Service["claims"],
  }));
}

const isGateway = ({ claims: [{ role }] }: Service): boolean => role === "gateway";

const takesPods = (node: Node): boolean => taintsOf(node).length === 0;

/** Nodes a gateway may have, those without one. */
const freeFor = (plan: Plan): readonly Node[] => {
  const taken = servicesOf(plan)
    .filter(isGateway)
    .flatMap(({ claims }) => claims.map(({ onNode }) => onNode?.name));
  return plan.nodes.filter((node) => takesPods(node) && !taken.includes(node.name));
};

export const addressOfNode: Rule = {
  id: "LB-NODE-ADDRESS",
  severity: "error",
  title: "a Service that has addresses of nodes has those of one node",
  because: "The load balancer gives away no other addresses, so nothing answers at this one.",
  source: SOURCE,
  *check(plan) {
    const balancer = balancerIn(plan);
    if (balancer === undefined) return;
    for (const { owner, claims } of servicesOf(plan)) {
      const names = new Set(claims.map(({ onNode }) => onNode?.name));
      if (names.size === 1 && !names.has(undefined)) continue;
      const ips = both(claims.map(({ ip }) => ip));
      const node = plan.nodes.find(takesPods);
      yield {
        message: names.has(undefined)
          ? `${ips} (${owner}) is no node's address, and ${balancer.component.title} gives Services none but those`
          : `${owner} has ${ips}, of ${[...names].join(" and ")}`,
        paths: claims.map(({ path }) => path),
        fix: `${node === undefined ? "an address of a node" : `that of ${node.name}: ${both(node.ips)}`}, or a load balancer with pools`,
      };
    }
  },
};

export const gatewayOnNode: Rule = {
  id: "LB-NODE-PORT",
  severity: "error",
  title: "a node carries one gateway",
  because:
    "Each gateway takes requests at 80 and 443, and a port of a node belongs to one Service: the later one stays pending.",
  source: SOURCE,
  unless: [addressOfNode.id],
  *check(plan) {
    const gateways = servicesOf(plan).filter(isGateway);
    for (const [index, { owner, claims }] of gateways.entries()) {
      const [{ onNode, path }] = claims;
      const other = gateways.slice(0, index).find((one) => one.claims[0].onNode?.name === onNode?.name);
      if (other === undefined) continue;
      const [free] = freeFor(plan);
      yield {
        message: `${other.owner} and ${owner} are both on ${onNode?.name}, and both take requests at 80 and 443`,
        paths: [path, other.claims[0].path],
        fix: `${free === undefined ? "a node more" : `${path}: ${both(free.ips)} (${free.name})`}, or a load balancer with pools`,
      };
    }
  },
};

export const carrierTakesPods: Rule = {
  id: "LB-NODE-TAINT",
  severity: "error",
  title: "a node that carries Services takes ordinary pods",
  because: "Requests are handed on by a pod on the node, and a node with a graphics card keeps it away.",
  source: SOURCE,
  unless: [addressOfNode.id],
  *check(plan) {
    for (const { owner, claims } of servicesOf(plan)) {
      const [{ onNode, path }] = claims;
      const node = plan.nodes.find(({ name }) => name === onNode?.name);
      if (node === undefined || takesPods(node)) continue;
      yield {
        message: `${owner} has the address of ${node.name}, which keeps pods away that use no graphics card`,
        paths: [path, `cluster.nodes.${node.name}`],
        fix: "the address of another node",
      };
    }
  },
};

export const noPools: Rule = {
  id: "LB-NODE-POOLS",
  severity: "error",
  title: "where Services have addresses of nodes there are no pools",
  because: "Nobody would give away an address of them.",
  source: SOURCE,
  *check(plan) {
    const balancer = balancerIn(plan);
    if (balancer === undefined) return;
    const paths = [
      ...plan.pools.map(({ path }) => path),
      ...plan.shared.map((_, index) => `loadBalancer.shared.${index}`),
    ];
    if (paths.length === 0) return;
    yield {
      message: `${balancer.component.title} gives Services addresses of nodes, and ${plan.pools.length > 0 ? "pools stand" : "shared addresses stand"} in homelab.yaml`,
      paths,
      fix: "leave them out: Services of one node share its address by themselves; or a load balancer with pools",
    };
  },
};

export const podsHaveHostPorts: Rule = {
  id: "LB-NODE-NETWORK",
  severity: "error",
  title: "where pods take ports of nodes, the pod network brings requests to them and takes on what they pass on",
  because: "Requests would arrive at the node and get no further.",
  source:
    "Cilium documentation, Kubernetes Without kube-proxy, Socket LoadBalancer Bypass in Pod Namespace: what a pod passes on is no connection of its own; k3s-io/klipper-lb, entry",
  unless: ["CHOICE-BROUGHT"],
  *check(plan) {
    const balancer = balancerIn(plan);
    if (balancer === undefined || plan.cluster.podNetwork.hostPorts === true) return;
    const [network] = chosenIn(plan, "cni");
    yield {
      message: `${balancer.component.title} hands requests on in pods with ports of their node, which ${network?.component.title ?? "the pod network"} as it is chosen here is not known to carry`,
      paths: [balancer.path ?? "loadBalancer", network?.path ?? "cni"],
      fix: "another pod network, with kube-proxy, or another load balancer",
    };
  },
};
