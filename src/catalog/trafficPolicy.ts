/** Which nodes take requests for a Service with an address. */
import type { Ip } from "../model/address.ts";
import { chosenIn } from "../model/chosen.ts";
import type { Plan } from "../model/plan.ts";

/**
 * `Local` where the address is on a node with one of the pods: requests take no second hop, and pods see who asks.
 * Elsewhere the node that is asked may be one without a pod, so all of them take requests. One node carries an address
 * that Services have together, and has a pod of one of them at best (kube-vip v1.2.3, pkg/services/processor.go).
 */
export const trafficPolicy = (plan: Plan, addresses: readonly Ip[]): "Cluster" | "Local" =>
  chosenIn(plan, "load-balancer").some(({ component }) => component.followsPods) &&
  !addresses.some((ip) => plan.shared.includes(ip))
    ? "Local"
    : "Cluster";
