import { z } from "zod";
import type { Component } from "../model/component.ts";
import { carriersOf } from "../model/nodeLabels.ts";
import type { Plan } from "../model/plan.ts";

/** Key of K3s on nodes and Services (k3s-io/k3s, pkg/cloudprovider/servicelb.go). */
const POOL = "svccontroller.k3s.cattle.io/lbpool";

/**
 * For each Service a pod on each node that may carry it takes the ports of the node and hands requests on. Here a node is
 * a pool of its own, so that a Service has the address that homelab.yaml says and no other.
 */
export const serviceLb: Component<Record<never, never>> = {
  id: "servicelb",
  slot: "load-balancer",
  title: "ServiceLB of K3s",
  summary:
    "gives Services the addresses of nodes, at ports that nothing else has there; costs no address and comes with K3s",
  options: z.strictObject({}),
  brought: true,
  addressAnnotations: () => ({}),
  poolLabels: (node) => ({ [POOL]: node }),
  // On every node from its first day: while no node has the first key it looks at no labels of Services, and when one gets it
  // later, it leaves out those of Services that are there already (servicelb.go, newDaemonSet, updateDaemonSets).
  nodeLabels: (node, carries) => ({
    "svccontroller.k3s.cattle.io/enablelb": String(carries),
    ...(carries && { [POOL]: node }),
  }),
  units: () => [],
  docs: {
    template: "components/servicelb/docs.md",
    fragments: {
      requests: "components/servicelb/requests.md",
      troubleshooting: "components/servicelb/troubleshooting.md",
    },
    view: (plan) => ({ key: POOL, nodes: carried(plan), first: [...carriersOf(plan)][0] ?? "" }),
  },
};

const carried = ({ nodes, addresses: { claims } }: Plan) =>
  nodes.flatMap(({ name, ip }) => {
    const owners = claims.filter(({ onNode }) => onNode?.name === name).map(({ owner }) => owner);
    return owners.length === 0 ? [] : [{ name, ip, services: [...new Set(owners)].join(", ") }];
  });
