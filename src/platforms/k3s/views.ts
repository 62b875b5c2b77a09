/** What the templates of K3s see. Keys and what must be alike on servers: K3s documentation, k3s server and k3s agent. */
import { API_SERVER_PORT, apiUrl } from "../../model/apiUrl.ts";
import { nth, type Ip } from "../../model/address.ts";
import { isChosen } from "../../model/chosen.ts";
import type { Catalog } from "../../model/component.ts";
import { taintsOf } from "../../model/gpu.ts";
import { opensControlPlanes } from "../../model/metrics.ts";
import { nodeNeeds } from "../../model/nodeNeeds.ts";
import { datastoreOf, upgradesItself } from "../../model/k3s.ts";
import { labelsOf } from "../../model/nodeLabels.ts";
import type { Node, Plan } from "../../model/plan.ts";
import type { View } from "../../model/unit.ts";
import { firstControlPlane, inOrder, isControlPlane, loginOf, machinesPage } from "../linux/machines.ts";
import type { LinuxNodeOptions } from "../linux/options.ts";
import { programsView } from "../linux/programs.ts";
import { BUCKET_SECRET, snapshotsOf } from "../../model/etcdSnapshots.ts";
import { kubernetesPin } from "../../model/kubernetesPin.ts";

/** K3s documentation, k3s etcd-snapshot: cron of the machine's own time. */
function snapshotsView(plan: Plan): View | null {
  if (datastoreOf(plan) === "sqlite") return null;
  const { hours, keep, directory, s3 } = snapshotsOf(plan.cluster.options);
  return {
    cron: hours === 24 ? "0 0 * * *" : `0 */${hours} * * *`,
    keep,
    directory,
    secret: s3 === undefined ? null : BUCKET_SECRET,
  };
}

/** What K3s installs by itself, and what of ours takes its place (K3s documentation, Packaged Components). */
const packaged = (plan: Plan): readonly string[] => [
  ...(isChosen(plan, "coredns") ? ["coredns"] : []),
  ...(isChosen(plan, "local-storage") ? [] : ["local-storage"]),
  ...(isChosen(plan, "metrics-server") ? ["metrics-server"] : []),
  ...(isChosen(plan, "servicelb") ? [] : ["servicelb"]),
  "traefik",
];

/** The tenth address of each network of Services, where pods ask for names. */
const resolversOf = ({ stacks }: Plan): readonly Ip[] =>
  stacks.flatMap(({ services }) => (services === undefined ? [] : [nth(services.value, 10)]));

export const serverView = (plan: Plan): View => ({
  api: plan.cluster.api.addresses,
  pods: plan.stacks.flatMap(({ pods }) => pods?.value.text ?? []),
  services: plan.stacks.flatMap(({ services }) => services?.value.text ?? []),
  resolvers: resolversOf(plan),
  backend: plan.cluster.podNetwork.backend ?? null,
  // Nobody outside knows the way to addresses of pods; of IPv4 flannel does it by itself.
  rewrites: plan.stacks.some(({ family }) => family === 6),
  ...kubeProxyView(plan),
  kubeProxy: !plan.cluster.podNetwork.replacesKubeProxy,
  disabled: packaged(plan),
  sharesImages: nodeNeeds(plan).sharesImages,
  workloads: plan.cluster.traits.controlPlanesRunPods,
  snapshots: snapshotsView(plan),
  openEtcd: opensControlPlanes(plan) && datastoreOf(plan) === "etcd",
});

export const agentView = (plan: Plan): View => ({ endpoint: apiUrl(plan), ...kubeProxyView(plan) });

/** On every machine alike, and where nothing replaces it. */
const kubeProxyView = ({ cluster: { podNetwork } }: Plan): View => ({
  kubeProxyMode: podNetwork.replacesKubeProxy ? null : (podNetwork.kubeProxyMode ?? null),
});

export function nodeView(node: Node, plan: Plan): View {
  const first = firstControlPlane(plan);
  const several = datastoreOf(plan) === "etcd";
  return {
    name: node.name,
    role: node.role.replace("-", " "),
    // The first is the one Kubernetes calls the node by.
    flannelInterface:
      plan.cluster.podNetwork.backend === undefined ? null : ((node.options as LinuxNodeOptions).interface ?? null),
    addresses: [node.ip, ...node.ips.filter((ip) => ip !== node.ip)],
    labels: Object.entries(labelsOf(node, plan)).map(([key, value]) => `${key}=${value}`),
    taints: taintsOf(node).map(({ key, value, effect }) => `${key}=${value}:${effect}`),
    starts: several && node === first,
    joins: several && isControlPlane(node) && node !== first ? urlOf(first) : null,
  };
}

const urlOf = ({ ip }: Node): string => `https://${ip}:${API_SERVER_PORT}`;

export const scriptView = (plan: Plan): View => ({
  datasource: kubernetesPin(plan).datasource,
  depName: kubernetesPin(plan).depName,
  version: kubernetesPin(plan).version,
  ...programsView(plan),
  cluster: plan.name,
  endpoint: apiUrl(plan),
  port: API_SERVER_PORT,
  upgradesItself: upgradesItself(plan),
  machines: inOrder(plan).map((node) => ({ role: isControlPlane(node) ? "server" : "agent", ...loginOf(node) })),
});

export const docsView = (plan: Plan, catalog: Catalog): View => ({
  machinesPage: machinesPage(plan, catalog),
  version: kubernetesPin(plan).version,
  nodes: plan.nodes.map((node) => ({ ...loginOf(node), role: node.role.replace("-", " ") })),
  first: firstControlPlane(plan).name,
  etcd: datastoreOf(plan) === "etcd",
  rebootsWithout: false,
  users: [...new Set(plan.nodes.map((node) => String(loginOf(node)["user"])))].filter((user) => user !== ""),
});
