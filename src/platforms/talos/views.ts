/** What the templates of Talos see. Facts about Talos 1.13: its configuration reference and JSON schema. */
import { bits, familyOf, type Ip } from "../../model/address.ts";
import { apiUrl } from "../../model/apiUrl.ts";
import { ofFamily } from "../../model/families.ts";
import { SNAPSHOTS_NAMESPACE, SNAPSHOTS_ROLE, snapshotsByPods } from "../../model/etcdSnapshots.ts";
import { isChosen } from "../../model/chosen.ts";
import { taintsOf } from "../../model/gpu.ts";
import { ETCD_PORT, everyAddress, everyAddressIn, opensControlPlanes, PROXY_PORT } from "../../model/metrics.ts";
import { nodeNeeds, VOLUME_FOLDERS } from "../../model/nodeNeeds.ts";
import { labelsOf } from "../../model/nodeLabels.ts";
import type { Pin, View } from "../../model/unit.ts";
import type { MadeMachines } from "../../model/machines.ts";
import type { Gpu, Node, Plan } from "../../model/plan.ts";
import { attachedLinks } from "./attached.ts";
import { linksOf, linkText } from "./links.ts";
import type { NodeOptions } from "./options.ts";
import { makersOf, schematicFile, schematicOf, signedSuffix, type Schematic } from "./schematic.ts";
import { kubernetesPin } from "../../model/kubernetesPin.ts";

const isControlPlane = ({ role }: Node): boolean => role === "control-plane";

const hasVip = (plan: Plan): boolean => isChosen(plan, "talos-vip");

const optionsOf = (node: Node): NodeOptions => node.options as unknown as NodeOptions;

/** What a machine is installed from, at the version that Renovate moves. */
const installerView = (plan: Plan, talos: Pin, { id, image }: Schematic): View => ({
  datasource: talos.datasource,
  depName: talos.depName,
  installer: `${image}-installer${signedSuffix(plan)}`,
  schematic: id,
  version: talos.version,
});

export const allView = (plan: Plan, talos: Pin, schematic: Schematic): View => ({
  ...installerView(plan, talos, schematic),
  lan: sharesLinks(plan) ? null : plan.lan.cidr.text,
  pods: plan.stacks.flatMap(({ pods }) => pods?.value.text ?? []),
  services: plan.stacks.flatMap(({ services }) => services?.value.text ?? []),
  ownPodNetwork: plan.cluster.podNetwork.installedBy === "repository",
  kubeProxy: !plan.cluster.podNetwork.replacesKubeProxy,
  kubelet: !sharesLinks(plan) || plan.cluster.traits.rotatesServingCertificates,
  kubeProxyMode: plan.cluster.podNetwork.kubeProxyMode ?? null,
  proxy: plan.cluster.podNetwork.kubeProxyMode !== undefined || opensControlPlanes(plan),
  openProxy: opensControlPlanes(plan) ? `${everyAddressIn(plan)}:${PROXY_PORT}` : null,
  rotate: plan.cluster.traits.rotatesServingCertificates,
  resolvers: plan.lan.dns,
  ntp: plan.lan.ntp,
  sharesImages: nodeNeeds(plan).sharesImages,
  folders: nodeNeeds(plan).folders.map((name) => ({ name, path: `${VOLUME_FOLDERS}/${name}` })),
  volumes: volumesOf(plan),
});

/** What Talos and pods write. The key of the second depends on the first, so that nobody puts another one beside it. */
const volumesOf = ({ cluster: { traits } }: Plan): readonly View[] =>
  traits.diskKeys === undefined
    ? []
    : ["STATE", "EPHEMERAL"].map((name) => ({
        name,
        tpm: traits.diskKeys === "tpm",
        locked: name === "EPHEMERAL",
        holds:
          name === "STATE"
            ? "Configuration and certificates of the machine"
            : "Images, logs and volumes of pods, and etcd",
      }));

export const schematicView = ({ extensions, overlay }: Schematic, gpu?: Gpu): View => ({
  extensions,
  overlay: overlay ?? null,
  file: schematicFile(gpu),
  maker: gpu ?? null,
});

export const controlPlaneView = (plan: Plan): View => ({
  machine: plan.cluster.traits.controlPlanesRunPods || snapshotsByPods(plan) !== undefined,
  workloads: plan.cluster.traits.controlPlanesRunPods,
  asked: snapshotsByPods(plan) === undefined ? null : { role: SNAPSHOTS_ROLE, namespace: SNAPSHOTS_NAMESPACE },
  api: plan.cluster.api.addresses,
  lan: sharesLinks(plan) ? null : plan.lan.cidr.text,
  leavesOutDns: isChosen(plan, "coredns"),
  ...openView(plan),
  etcd: opensControlPlanes(plan) || !sharesLinks(plan),
});

/** Where what listens on 127.0.0.1 listens instead, for who asks for numbers. */
const openView = (plan: Plan): View => ({
  open: opensControlPlanes(plan) ? everyAddress(plan) : null,
  openEtcd: opensControlPlanes(plan) ? `http://${everyAddressIn(plan)}:${ETCD_PORT}` : null,
});

export function nodeView(node: Node, plan: Plan, talos: Pin, machines: MadeMachines | undefined): View {
  const { disk, diskSelector } = optionsOf(node);
  const links = linksOf(optionsOf(node));
  if (links === undefined) throw new Error(`${node.name} names no network interface`);
  return {
    name: node.name,
    role: node.role.replace("-", " "),
    disk: disk ?? null,
    selector: diskSelector ?? null,
    own: node.gpu === undefined ? null : ownImage(node.gpu, plan, talos, machines),
    modules: node.gpu === "nvidia" ? NVIDIA_MODULES : [],
    mac: links.selector,
    alias: links.alias,
    links: links.documents,
    carrier: links.carrier,
    attached: attachedLinks(node, plan),
    addresses: addressesOf(node, plan),
    routers: plan.stacks.flatMap(({ router }) => router?.value ?? []),
    ...ownAddresses(node, plan),
    labels: node.gpu === undefined ? null : labelsOf(node, plan),
    taints: Object.fromEntries(taintsOf(node).map(({ key, value, effect }) => [key, `${value}:${effect}`])),
    vips: hasVip(plan) && isControlPlane(node) ? plan.cluster.api.addresses : [],
  };
}

/** Talos 1.13 documentation, NVIDIA GPU (OSS drivers); the kernel finds those of other makers by itself. */
const NVIDIA_MODULES = ["nvidia", "nvidia_uvm", "nvidia_drm", "nvidia_modeset"];

const ownImage = (gpu: Gpu, plan: Plan, talos: Pin, machines: MadeMachines | undefined): View => ({
  ...installerView(plan, talos, schematicOf(plan, machines, gpu)),
  file: schematicFile(gpu),
});

/**
 * Addresses that only tell machines apart with their full length. One of a Service has that length too, which comes
 * before the network of the node: Talos would take it for the address of the node (siderolabs/talos v1.13.9,
 * network/internal/addressutil/compare.go, k8s/nodeip.go). etcd would hand it to its peers.
 */
function ownAddresses(node: Node, plan: Plan): View {
  const exact = (ips: readonly Ip[]): readonly View[] => ips.map((ip) => ({ ip, bits: String(bits(familyOf(ip))) }));
  return {
    shared: sharesLinks(plan),
    ownAddresses: exact(sharesLinks(plan) ? node.ips : node.ips.filter((ip) => ip !== node.ip)),
    etcd: sharesLinks(plan) && isControlPlane(node) ? exact([node.ip]) : [],
  };
}

/** Whether links of machines carry addresses that move, beside those of the machines. */
const sharesLinks = ({ chosen }: Plan): boolean => chosen.some(({ component }) => component.addressesOnLinks);

/** With the size of the network they are in; that there is one, the rules have checked: NET-LAN. */
const addressesOf = ({ ips }: Node, { stacks }: Plan): readonly View[] =>
  stacks.flatMap(({ family, lan }) => {
    const ip = ofFamily(ips, family);
    return ip === undefined || lan === undefined ? [] : [{ ip, prefix: String(lan.value.prefix) }];
  });

export const scriptView = (plan: Plan): View => ({
  datasource: kubernetesPin(plan).datasource,
  depName: kubernetesPin(plan).depName,
  kubernetesVersion: kubernetesPin(plan).version,
  cluster: plan.name,
  endpoint: apiUrl(plan),
  machines: [...plan.nodes]
    .sort((a, b) => Number(isControlPlane(b)) - Number(isControlPlane(a)))
    .map((node) => ({ role: isControlPlane(node) ? "controlplane" : "worker", name: node.name, ip: node.ip })),
  controlPlanes: plan.nodes.filter(isControlPlane).map(({ ip }) => ip),
});

export interface DocsParts {
  readonly talos: Pin;
  readonly schematic: Schematic;
  readonly machines: MadeMachines | undefined;
}

export const docsView = (plan: Plan, { talos, schematic, machines }: DocsParts): View => ({
  api: plan.cluster.api.address,
  vip: hasVip(plan),
  version: talos.version,
  schematic: schematic.id,
  extensions: schematic.extensions.join(", "),
  told: schematic.extensions.length > 0 || schematic.overlay !== undefined,
  cards: makersOf(plan).map((gpu) => ({ file: schematicFile(gpu) })),
  // A board starts from a disk that is written; others from an image for all of their kind.
  board: schematic.overlay !== undefined,
  signed: signedSuffix(plan),
  encrypted: plan.cluster.traits.diskKeys !== undefined,
  tpm: plan.cluster.traits.diskKeys === "tpm",
  archs: [...new Set(plan.nodes.map(({ traits }) => traits.arch))],
  machinesPage: machines?.page ?? null,
  nodes: plan.nodes.map((node) => {
    const options = optionsOf(node);
    const disk = options.diskSelector === undefined ? options.disk : selectorText(options.diskSelector);
    return { name: node.name, ip: node.ip, role: node.role.replace("-", " "), disk, link: linkText(options) };
  }),
  first: plan.nodes.find(isControlPlane)?.ip,
  rebootsWithout: true,
});

const selectorText = (selector: Readonly<Record<string, string>>): string =>
  Object.entries(selector)
    .map(([key, value]) => `${key} ${value}`)
    .join(", ");
