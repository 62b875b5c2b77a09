/** Key of `cluster` that every distribution has which can keep control planes free. */
import { z } from "zod";

export const workloadsOnControlPlanes = () =>
  z
    .boolean()
    .default(true)
    .describe("whether control planes run ordinary pods and announce addresses too")
    .meta({ because: "few homes have machines to spare for control planes alone" });
