import type { z } from "zod";
import type { Plan } from "./plan.ts";
import type { Hostname } from "./names.ts";

/** A way from the internet to a gateway, by the word that stands in `public`. */
export interface WayIn {
  /** Keys that a gateway has with this way in, and with no other. */
  readonly keys: z.ZodRawShape;
  /** The one name that records of all names lead to: whatever is behind it changes in one place. */
  target(plan: Pick<Plan, "domains">): Hostname;
}
