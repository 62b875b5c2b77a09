/** A cluster that runs is as the distribution that installed it, but for the machines, which nobody configures from here. */
import type { ComponentId } from "../../model/unit.ts";
import type { Plan } from "../../model/plan.ts";
import type { Traits } from "../../model/traits.ts";
import type { Platform } from "../../model/platform.ts";
import { k3s } from "../k3s.ts";
import { kubeadm } from "../kubeadm.ts";
import { talos } from "../talos.ts";
import { installerOf, type Installer, type Part } from "./options.ts";

/** What nobody knows is taken for Kubernetes as its own documentation installs it. */
const LIKE: Readonly<Record<Installer, Platform>> = { k3s, kubeadm, talos, other: kubeadm };

/** Components that stay as they are; the rest gives way, or is taken over under its own name. */
const STAYS: readonly Part[] = ["flannel", "coredns", "metrics-server", "servicelb", "local-storage"];

export function traitsLike(
  api: Plan["cluster"]["api"],
  options: Plan["cluster"]["options"],
  runs: readonly Part[],
): Traits {
  const like = LIKE[installerOf(options)].traits?.(api, options);
  if (like === undefined) throw new Error("a distribution says nothing about itself");
  const { manifests: _manifests, containerService: _service, opens: _opens, enforcesPolicies, ...traits } = like;
  return {
    ...traits,
    ownsMachine: false,
    brings: runs.filter((part) => STAYS.includes(part)) as readonly ComponentId[],
    // Whose controller does that goes with the pod network it brought.
    ...(enforcesPolicies === true && runs.includes("flannel") && { enforcesPolicies }),
  };
}
