/** Keys of `cluster` that several distributions have, with the same words. */
import { z } from "zod";
import { sizeField } from "../fields/size.ts";

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

const snapshotHours = () =>
  z
    .int()
    .min(1)
    .max(24)
    // cron and systemd count them from midnight.
    .refine((hours) => 24 % hours === 0, "expected hours that divide a day: 1, 2, 3, 4, 6, 8, 12 or 24")
    .default(12)
    .describe("hours from one to the next, counted from midnight: 1, 2, 3, 4, 6, 8, 12 or 24")
    .meta({ because: "what changes in between is mostly in Git" });

const keptSnapshots = (where: string) =>
  z
    .int()
    .min(1)
    .max(365)
    .default(14)
    .describe(`how many stay ${where}`)
    .meta({ because: "a week of them is a few hundred megabytes" });

/** How often pods save etcd of control planes that nobody logs in to. */
export const etcdSnapshotsByPods = () =>
  z
    .strictObject({
      hours: snapshotHours(),
      keep: keptSnapshots("of each control plane"),
      size: sizeField({})
        .prefault("10GiB")
        .describe("size of the volume they are kept on")
        .meta({ because: "two weeks of three control planes take half of it" }),
    })
    .optional()
    .describe(
      "snapshots of etcd that pods take on a schedule, onto a volume of a file server; nobody takes any by itself when absent",
    );

/** How often a distribution saves etcd on the control planes, and where. `more`: keys of its own. */
export const etcdSnapshots = (directory: string, more: z.ZodRawShape = {}) =>
  z
    .strictObject({
      hours: snapshotHours(),
      keep: keptSnapshots("on each machine"),
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
