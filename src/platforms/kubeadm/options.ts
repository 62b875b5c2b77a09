import { z } from "zod";
import { workloadsOnControlPlanes } from "../workloads.ts";

export const clusterOptions = {
  workloadsOnControlPlanes: workloadsOnControlPlanes(),
  rotateServerCertificates: z
    .boolean()
    .default(false)
    .describe(
      "whether kubelets ask the cluster for the certificates they serve, which kubelet-csr-approver then approves",
    )
    .meta({ because: "logs of a node can be read from the first minute, whatever else runs" }),
} as const;
