import { z } from "zod";
import type { Plan } from "../../model/plan.ts";
import { workloadsOnControlPlanes } from "../clusterOptions.ts";

const INSTALLERS = ["k3s", "kubeadm", "talos", "other"] as const;
export type Installer = (typeof INSTALLERS)[number];

/** What a cluster may have that this repository would install as well, or has to know of. */
const PARTS = [
  "cilium",
  "calico",
  "flannel",
  "kube-proxy",
  "coredns",
  "metrics-server",
  "servicelb",
  "local-storage",
  "traefik",
] as const;
export type Part = (typeof PARTS)[number];

/** One of them carries the pods. */
export const POD_NETWORKS: readonly Part[] = ["cilium", "calico", "flannel"];

export const clusterOptions = {
  installedBy: z
    .enum(INSTALLERS)
    .describe("what installed the cluster: it says how parts of it are switched off")
    .meta({ example: "k3s" }),
  runs: z
    .array(z.enum(PARTS))
    .describe(
      "what of these runs in it: the pod network, kube-proxy, the resolver of the pods, and balancer, storage and ingress of K3s",
    )
    .meta({ example: ["flannel", "kube-proxy", "coredns", "metrics-server", "servicelb", "traefik"] }),
  workloadsOnControlPlanes: workloadsOnControlPlanes(),
} as const;

type Options = Plan["cluster"]["options"];

export const runsOf = (options: Options): readonly Part[] => (options["runs"] ?? []) as readonly Part[];
export const installerOf = (options: Options): Installer => options["installedBy"] as Installer;
