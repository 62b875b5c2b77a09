/** Whether the pods of a gateway see who asks, which is what allowed sources are compared with. */
import type { Ip } from "../model/address.ts";
import type { Gateway } from "../model/gateway.ts";
import type { Plan } from "../model/plan.ts";
import type { Unable } from "../model/routeOptions.ts";
import { trafficPolicy } from "./trafficPolicy.ts";

/** Of all gateways of a provider. */
export const seesClients = (gateways: readonly Pick<Gateway, "addresses">[], plan: Plan): boolean =>
  gateways.every(({ addresses }) => hiddenClients(addresses, plan) === undefined);

/** Why they do not, for a gateway that has these addresses. */
export function hiddenClients(addresses: readonly Ip[], plan: Plan): Unable | undefined {
  if (trafficPolicy(plan, addresses) === "Local" || plan.cluster.podNetwork.keepsClients === true) return undefined;
  return {
    because: `whichever node is asked for ${addresses.join(" or ")} hands requests on under its own address, so everybody would be a node of yours`,
    source: "Kubernetes documentation, Using Source IP: externalTrafficPolicy Cluster",
    instead:
      "a load balancer whose addresses follow the pods, or a pod network that answers clients directly, such as cni.loadBalancing.mode: dsr",
  };
}
