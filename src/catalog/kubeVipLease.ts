/** How soon kube-vip moves an address, of the API or of Services: both are carried by whoever has a lease. */
import { z } from "zod";

// The defaults are those of kube-vip itself (kube-vip v1.2.3, cmd/kube-vip.go).
export const lease = z
  .strictObject({
    duration: z
      .int()
      .min(2)
      .max(300)
      .default(15)
      .describe("seconds after which another node takes an address whose node is silent")
      .meta({ because: "an API server that is slow for a moment moves nothing" }),
    renew: z
      .int()
      .min(1)
      .max(300)
      .default(10)
      .describe("seconds a node tries to keep the lease before it gives the address up; less than the duration")
      .meta({ because: "it has given up well before another takes over" }),
    retry: z
      .int()
      .min(1)
      .max(300)
      .default(2)
      .describe("seconds between two attempts; less than renew")
      .meta({ because: "an attempt may fail without harm" }),
  })
  .prefault({})
  .describe("how soon an address moves when its node fails; shorter is sooner, and asks the API server more often")
  .meta({ layout: "line", example: { duration: 5, renew: 3, retry: 1 } });

export type Lease = z.output<typeof lease>;

/** As its environment has them. */
export const leaseView = ({ duration, renew, retry }: Lease) => ({
  duration: String(duration),
  renew: String(renew),
  retry: String(retry),
});
