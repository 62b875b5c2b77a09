import { rotateServerCertificates, workloadsOnControlPlanes } from "../clusterOptions.ts";

export const clusterOptions = {
  workloadsOnControlPlanes: workloadsOnControlPlanes(),
  rotateServerCertificates: rotateServerCertificates(),
} as const;
