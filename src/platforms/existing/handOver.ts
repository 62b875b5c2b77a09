/** What becomes of each part that runs, as the page of the bootstrap tells it. */
import { apiUrl } from "../../model/apiUrl.ts";
import { chosenIn, isChosen } from "../../model/chosen.ts";
import { taintsOf } from "../../model/gpu.ts";
import { labelsOf } from "../../model/nodeLabels.ts";
import type { Plan } from "../../model/plan.ts";
import { nodeNeeds } from "../../model/nodeNeeds.ts";
import { stubsOf } from "../../model/stub.ts";
import type { OrderedUnit, View } from "../../model/unit.ts";
import { installerOf, POD_NETWORKS, runsOf, type Part } from "./options.ts";

/** `stays`: it is left alone. `taken over`: the repository looks after it from now on. `replaced`: it is switched off. */
type Fate = "stays" | "taken over" | "replaced";

const NAMES: Readonly<Record<Part, string>> = {
  cilium: "Cilium",
  calico: "Calico",
  flannel: "flannel",
  "kube-proxy": "kube-proxy",
  coredns: "CoreDNS",
  "metrics-server": "metrics-server",
  servicelb: "ServiceLB of K3s",
  "local-storage": "Storage of K3s",
  traefik: "Traefik of K3s",
};

const podNetworkOf = (plan: Plan): string => chosenIn(plan, "cni")[0]?.component.id ?? "";

function fateOf(part: Part, plan: Plan): Fate {
  if (POD_NETWORKS.includes(part)) {
    if (podNetworkOf(plan) !== part) return "replaced";
    return plan.cluster.podNetwork.installedBy === "distribution" ? "stays" : "taken over";
  }
  if (part === "kube-proxy") return plan.cluster.podNetwork.replacesKubeProxy ? "replaced" : "stays";
  if (part === "servicelb") return isChosen(plan, "servicelb") ? "stays" : "replaced";
  if (part === "local-storage") return isChosen(plan, "local-storage") ? "stays" : "replaced";
  return part === "traefik" ? "replaced" : "stays";
}

export function handOver(plan: Plan, units: readonly OrderedUnit[]): View {
  const runs = runsOf(plan.cluster.options);
  const installer = installerOf(plan.cluster.options);
  const replaced = (part: Part): boolean => runs.includes(part) && fateOf(part, plan) === "replaced";
  const oldNetwork = POD_NETWORKS.find(replaced);
  const taken = units.find(({ component, release }) => component === podNetworkOf(plan) && release !== undefined);
  return {
    running: true,
    rebootsWithout: false,
    endpoint: apiUrl(plan),
    nodes: plan.nodes.map(({ name, ip, role }) => ({ name, ip, role: role.replace("-", " ") })),
    parts: runs.map((part) => ({ name: NAMES[part], fate: fateOf(part, plan) })),
    pods: plan.stacks.flatMap(({ pods }) => pods?.value.text ?? []),
    services: plan.stacks.flatMap(({ services }) => services?.value.text ?? []),
    takesOver:
      taken !== undefined && runs.some((part) => POD_NETWORKS.includes(part) && fateOf(part, plan) === "taken over")
        ? { title: NAMES[podNetworkOf(plan) as Part], release: taken.release?.name ?? "", namespace: taken.namespace }
        : null,
    onK3s: installer === "k3s",
    onTalos: installer === "talos",
    disabled: (["servicelb", "local-storage", "traefik"] as const).filter(replaced),
    disablesBalancer: replaced("servicelb"),
    disablesStorage: replaced("local-storage"),
    ...programsSteps(plan),
    labels: nodes(plan),
    ...networkSteps(oldNetwork, replaced("kube-proxy"), plan),
    ...resolverSteps(runs, plan),
  };
}

/** Another pod network takes the place of the one that runs, or its service proxy does. */
const networkSteps = (old: Part | undefined, proxy: boolean, plan: Plan): View => ({
  oldNetwork: old === undefined ? null : NAMES[old],
  oldIsFlannel: old === "flannel",
  oldIsCilium: old === "cilium",
  oldIsCalico: old === "calico",
  newNetwork: NAMES[podNetworkOf(plan) as Part],
  proxyGoes: proxy,
  changesNetwork: old !== undefined || proxy,
});

/** CoreDNS that stays does not know who answers for the domains of the network. */
function resolverSteps(runs: readonly Part[], plan: Plan): View {
  const stubs = runs.includes("coredns") ? stubsOf(plan) : [];
  return {
    tellsResolver: stubs.length > 0,
    stubs: stubs.flatMap(({ domains, servers }) =>
      domains.map((domain) => ({ domain, servers, forward: servers.join(" ") })),
    ),
  };
}

/** What machines need that nobody configures from here. */
function programsSteps(plan: Plan): View {
  const { packages, extensions, folders, sharesImages } = nodeNeeds(plan);
  const onTalos = installerOf(plan.cluster.options) === "talos";
  return {
    programs: onTalos
      ? []
      : packages.map(({ name, program, service }) => ({ name, program, service: service ?? null })),
    extensions: onTalos ? extensions : [],
    folders: onTalos ? folders : [],
    sharesImages,
    sharesOnTalos: sharesImages && onTalos,
    mirrors: plan.cluster.traits.mirrors.folder ?? null,
    needsPrograms: onTalos ? extensions.length + folders.length > 0 : packages.length > 0,
  };
}

const AWAY = "node.kubernetes.io/exclude-from-external-load-balancers";

/**
 * What nodes are told by hand, so that they are as the rest of the repository takes them: control planes that announce
 * addresses or do not (Talos and kubeadm keep them away by a label, K3s does not), and cards that only some pods use.
 */
function nodes(plan: Plan): readonly string[] {
  const { nodes: all, cluster } = plan;
  const { controlPlanesRunPods } = cluster.traits;
  const keepsAway = installerOf(cluster.options) !== "k3s";
  return all.flatMap((node) => {
    const isPlane = node.role === "control-plane";
    const taints = taintsOf(node).map(({ key, value, effect }) => `${key}=${value}:${effect}`);
    return [
      ...(isPlane && controlPlanesRunPods && keepsAway ? [`kubectl label node ${node.name} ${AWAY}-`] : []),
      ...(isPlane && !controlPlanesRunPods && !keepsAway ? [`kubectl label node ${node.name} ${AWAY}=true`] : []),
      ...Object.entries(labelsOf(node, plan)).map(([key, value]) => `kubectl label node ${node.name} ${key}=${value}`),
      ...taints.map((taint) => `kubectl taint node ${node.name} ${taint}`),
    ];
  });
}
