/** Keys of `cluster` that several distributions have, with the same words. */
import { z } from "zod";

export const workloadsOnControlPlanes = () =>
  z
    .boolean()
    .default(true)
    .describe("whether control planes run ordinary pods and announce addresses too")
    .meta({ because: "few homes have machines to spare for control planes alone" });

export const rotateServerCertificates = () =>
  z
    .boolean()
    .default(false)
    .describe(
      "whether kubelets ask the cluster for the certificates they serve, which kubelet-csr-approver then approves",
    )
    .meta({ because: "logs of a node can be read from the first minute, whatever else runs" });
