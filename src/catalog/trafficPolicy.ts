/** Which nodes take requests for a Service with an address. */
import { chosenIn } from "../model/chosen.ts";
import type { Plan } from "../model/plan.ts";

/**
 * `Local` where the address is on a node with one of the pods: requests take no second hop, and pods see who asks.
 * Elsewhere the node that is asked may be one without a pod, so all of them take requests.
 */
export const trafficPolicy = (plan: Plan): "Cluster" | "Local" =>
  chosenIn(plan, "load-balancer").some(({ component }) => component.followsPods) ? "Local" : "Cluster";
