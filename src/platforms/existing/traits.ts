/** A cluster that runs is as the distribution that installed it, but for the machines, which nobody configures from here. */
import type { ComponentId } from "../../model/unit.ts";
import type { Plan } from "../../model/plan.ts";
import type { Traits } from "../../model/traits.ts";
import { k3s } from "../k3s.ts";
import { talos } from "../talos.ts";
import { installerOf, type Part } from "./options.ts";

type Api = Plan["cluster"]["api"];
type Options = Plan["cluster"]["options"];

/** Kubernetes as its own documentation installs it. */
const plainKubernetes = ({ address, port }: Api): Traits => ({
  localApi: { host: address, port },
  ownsMachine: false,
  closedHost: false,
  resolvesOnNode: false,
  brings: [],
  rotatesServingCertificates: false,
  // The packages of Kubernetes bring all of containernetworking/plugins there (Kubernetes documentation, Installing kubeadm).
  cni: { configuration: "/etc/cni/net.d", programs: "/opt/cni/bin", namespaces: "/run/netns", lacks: [] },
  lacks: {},
  controlPlanesRunPods: true,
});

/** Components that stay as they are; the rest gives way, or is taken over under its own name. */
const STAYS: readonly Part[] = ["flannel", "coredns", "metrics-server", "servicelb"];

export function traitsLike(api: Api, options: Options, runs: readonly Part[]): Traits {
  const like = { k3s, talos, kubeadm: undefined, other: undefined }[installerOf(options)];
  const { manifests: _manifests, ...traits } = like?.traits?.(api, options) ?? plainKubernetes(api);
  return {
    ...traits,
    ownsMachine: false,
    brings: runs.filter((part) => STAYS.includes(part)) as readonly ComponentId[],
    ...(installerOf(options) === "k3s" && runs.includes("flannel") && { enforcesPolicies: true as const }),
    controlPlanesRunPods: options["workloadsOnControlPlanes"] !== false,
  };
}
