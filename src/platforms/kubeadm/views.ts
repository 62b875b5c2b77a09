/** What the templates of kubeadm see. Keys: kubernetes.io, kubeadm Configuration (v1beta4), Kubelet Configuration (v1beta1). */
import { API_SERVER_PORT, apiUrl } from "../../model/apiUrl.ts";
import { isChosen } from "../../model/chosen.ts";
import type { Catalog } from "../../model/component.ts";
import { taintsOf } from "../../model/gpu.ts";
import { ETCD_PORT, everyAddress, everyAddressIn, opensControlPlanes, PROXY_PORT } from "../../model/metrics.ts";
import { nodeNeeds } from "../../model/nodeNeeds.ts";
import { labelsOf } from "../../model/nodeLabels.ts";
import type { Node, Plan } from "../../model/plan.ts";
import type { View } from "../../model/unit.ts";
import { minorOf } from "../../model/version.ts";
import { firstControlPlane, inOrder, isControlPlane, loginOf, machinesPage } from "../linux/machines.ts";
import { programsView } from "../linux/programs.ts";
import { snapshotsOf } from "../../model/etcdSnapshots.ts";
import { kubernetesPin } from "../../model/kubernetesPin.ts";

const together = (texts: readonly string[]): string => texts.join(",");

export const clusterView = (plan: Plan): View => ({
  name: plan.name,
  endpoint: apiUrl(plan).replace("https://", ""),
  api: plan.cluster.api.addresses,
  pods: together(plan.stacks.flatMap(({ pods }) => pods?.value.text ?? [])),
  services: together(plan.stacks.flatMap(({ services }) => services?.value.text ?? [])),
  replacesProxy: plan.cluster.podNetwork.replacesKubeProxy,
  proxyMode: plan.cluster.podNetwork.kubeProxyMode ?? null,
  leavesOutDns: isChosen(plan, "coredns"),
  rotate: plan.cluster.traits.rotatesServingCertificates,
  ...openView(plan),
});

function openView(plan: Plan): View {
  const { open, openEtcdAt, openProxy } = openAddresses(plan);
  const { replacesKubeProxy, kubeProxyMode } = plan.cluster.podNetwork;
  return {
    open,
    openEtcd: open === null ? null : `http://${openEtcdAt}`,
    proxy: !replacesKubeProxy && (kubeProxyMode !== undefined || open !== null),
    openProxy,
  };
}

/** Where what listens on 127.0.0.1 listens instead, for who asks for numbers. */
export function openAddresses(plan: Plan) {
  const opens = opensControlPlanes(plan);
  const { replacesKubeProxy } = plan.cluster.podNetwork;
  return {
    open: opens ? everyAddress(plan) : null,
    openEtcdAt: `${everyAddressIn(plan)}:${ETCD_PORT}`,
    openProxy: opens && !replacesKubeProxy ? `${everyAddressIn(plan)}:${PROXY_PORT}` : null,
  };
}

/** What a machine says of itself, alike where it starts the cluster and where it joins. */
const registration = (node: Node, plan: Plan): View => ({
  name: node.name,
  role: node.role.replace("-", " "),
  // The first is the one Kubernetes calls the node by.
  ips: together([node.ip, ...node.ips.filter((ip) => ip !== node.ip)]),
  ip: node.ip,
  port: API_SERVER_PORT,
  labels: Object.entries(labelsOf(node, plan))
    .map(([key, value]) => `${key}=${value}`)
    .join(","),
  taints: taintsOf(node).map(({ key, value, effect }) => ({ key, value, effect })),
  free: isControlPlane(node) && plan.cluster.traits.controlPlanesRunPods,
});

export const initView = (node: Node, plan: Plan): View => registration(node, plan);

export const nodeView = (node: Node, plan: Plan): View => ({
  ...registration(node, plan),
  controlPlane: isControlPlane(node),
});

/** In the words of systemd.time(7). */
function snapshotsView({ cluster: { options } }: Plan): View {
  const { hours, keep, directory } = snapshotsOf(options);
  return { calendar: hours === 24 ? "*-*-* 00:00:00" : `*-*-* 00/${hours}:00:00`, keep, directory };
}

export const scriptView = (plan: Plan): View => ({
  datasource: kubernetesPin(plan).datasource,
  depName: kubernetesPin(plan).depName,
  version: kubernetesPin(plan).version,
  endpoint: apiUrl(plan),
  workloads: plan.cluster.traits.controlPlanesRunPods,
  ipv6: plan.stacks.some(({ family }) => family === 6),
  snapshots: snapshotsView(plan),
  ...programsView(plan),
  mirrors: nodeNeeds(plan).sharesImages ? (plan.cluster.traits.mirrors.folder ?? "") : "",
  machines: inOrder(plan).map((node) => ({ role: isControlPlane(node) ? "controlplane" : "worker", ...loginOf(node) })),
});

export const docsView = (plan: Plan, catalog: Catalog): View => ({
  machinesPage: machinesPage(plan, catalog),
  minor: minorOf(kubernetesPin(plan).version),
  nodes: plan.nodes.map((node) => ({ ...loginOf(node), role: node.role.replace("-", " ") })),
  first: firstControlPlane(plan).name,
  rebootsWithout: false,
});
