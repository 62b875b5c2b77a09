import type { z } from "zod";
import type { Ip } from "./address.ts";
import type { Gateway } from "./gateway.ts";
import type { Plan } from "./plan.ts";
import type { DnsHostId } from "./publish.ts";
import type { Hostname } from "./names.ts";

/** A way from the internet to a gateway, by the word that stands in `public`. */
export interface WayIn {
  /** Keys that a gateway has with this way in, and with no other. */
  readonly keys: z.ZodRawShape;
  /** The one name that records of all names lead to: whatever is behind it changes in one place. */
  target(plan: Pick<Plan, "domains">): Hostname;
  /** That name leads somewhere only for this DNS host, which has to stand before every name itself: proxied records. */
  readonly proxied?: DnsHostId;
  /** Addresses of the gateway that stand in the DNS of the internet as they are. None when absent. */
  shown?(gateway: Gateway): readonly Ip[];
  /**
   * Servers of names on the internet, where a request from inside the house to the target goes out and comes back in by
   * this way. Absent: nobody in the house can tell what the internet sees.
   */
  readonly comesBack?: readonly Ip[];
  /** What somebody does outside the cluster before anybody comes in; the page of the component says how. */
  outside?(gateway: Gateway, plan: Plan): string;
}
