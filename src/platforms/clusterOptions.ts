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

/** How often a distribution saves etcd on the control planes, and where. `more`: keys of its own. */
export const etcdSnapshots = (directory: string, more: z.ZodRawShape = {}) =>
  z
    .strictObject({
      hours: z
        .int()
        .min(1)
        .max(24)
        // cron and systemd count them from midnight.
        .refine((hours) => 24 % hours === 0, "expected hours that divide a day: 1, 2, 3, 4, 6, 8, 12 or 24")
        .default(12)
        .describe("hours from one to the next, counted from midnight: 1, 2, 3, 4, 6, 8, 12 or 24")
        .meta({ because: "what changes in between is mostly in Git" }),
      keep: z
        .int()
        .min(1)
        .max(365)
        .default(14)
        .describe("how many stay on each machine")
        .meta({ because: "a week of them is a few hundred megabytes" }),
      directory: z
        .string()
        .regex(/^(\/[A-Za-z0-9._-]+)+$/, `expected a folder, like ${directory}`)
        .default(directory)
        .describe("folder on the machines; one of another machine, mounted there, outlives them")
        .meta({ kind: "a folder", because: "it is on the disk of each control plane" }),
      ...more,
    })
    .prefault({})
    .describe("snapshots of etcd that the control planes take by themselves");
