import type { z } from "zod";
import type { Ip } from "./address.ts";
import type { Gateway } from "./gateway.ts";
import type { Plan } from "./plan.ts";
import type { Hostname } from "./names.ts";

/** A way from the internet to a gateway, by the word that stands in `public`. */
export interface WayIn {
  /** Keys that a gateway has with this way in, and with no other. */
  readonly keys: z.ZodRawShape;
  /** The one name that records of all names lead to: whatever is behind it changes in one place. */
  target(plan: Pick<Plan, "domains">): Hostname;
  /** That name leads somewhere only for its DNS host itself, which has to stand before every name: proxied records. */
  readonly proxied?: true;
  /** Addresses of the gateway that stand in the DNS of the internet as they are. None when absent. */
  shown?(gateway: Gateway): readonly Ip[];
  /** What somebody does outside the cluster before anybody comes in; the page of the component says how. */
  outside?(gateway: Gateway, plan: Plan): string;
}
