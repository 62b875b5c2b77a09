/** What the templates of Talos see. Facts about Talos 1.13: its configuration reference and JSON schema. */
import { apiUrl } from "../../model/apiUrl.ts";
import { isChosen } from "../../model/chosen.ts";
import type { OrderedUnit, Pin, View } from "../../model/unit.ts";
import type { Node, Plan } from "../../model/plan.ts";
import type { NodeOptions } from "./options.ts";

/**
 * Image Factory's id of a schematic without extensions: sha256 of its canonical form, `customization: {}\n`
 * (image-factory, pkg/schematic). Boot image and installer carry it.
 */
export const VANILLA_SCHEMATIC = "376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba";

/** A name of our own for the link that has this MAC address; names like eth0 would clash with real ones (LinkAliasConfig). */
const ALIAS = "net0";

const isControlPlane = ({ role }: Node): boolean => role === "control-plane";

const hasVip = (plan: Plan): boolean => isChosen(plan, "talos-vip");

const prefix = (plan: Plan): string => String(plan.lan.cidr.prefix);

export const allView = (plan: Plan, talos: Pin): View => ({
  datasource: talos.datasource,
  depName: talos.depName,
  schematic: VANILLA_SCHEMATIC,
  version: talos.version,
  lan: plan.lan.cidr.text,
  pods: plan.cluster.pods.text,
  services: plan.cluster.services.text,
  kubeProxy: !plan.cluster.podNetwork.replacesKubeProxy,
  resolvers: plan.lan.dns,
  ntp: plan.lan.ntp,
});

export const controlPlaneView = (plan: Plan): View => ({
  workloads: plan.cluster.traits.controlPlanesRunPods,
  api: plan.cluster.api.address,
  lan: plan.lan.cidr.text,
  leavesOutDns: isChosen(plan, "coredns"),
});

export function nodeView(node: Node, plan: Plan): View {
  const { disk, interface: name, mac } = node.options as unknown as NodeOptions;
  if (mac === undefined && name === undefined) throw new Error(`${node.name} names no network interface`);
  return {
    name: node.name,
    role: node.role.replace("-", " "),
    disk,
    mac: mac === undefined ? null : `mac(link.permanent_addr) == "${mac}"`,
    link: mac === undefined ? name : ALIAS,
    address: node.ip,
    prefix: prefix(plan),
    router: plan.lan.gateway,
    vip: hasVip(plan) && isControlPlane(node) ? plan.cluster.api.address : null,
  };
}

export const scriptView = (plan: Plan, kubernetes: Pin): View => ({
  datasource: kubernetes.datasource,
  depName: kubernetes.depName,
  kubernetesVersion: kubernetes.version,
  cluster: plan.name,
  endpoint: apiUrl(plan),
  machines: [...plan.nodes]
    .sort((a, b) => Number(isControlPlane(b)) - Number(isControlPlane(a)))
    .map((node) => ({ role: isControlPlane(node) ? "controlplane" : "worker", name: node.name, ip: node.ip })),
  controlPlanes: plan.nodes.filter(isControlPlane).map(({ ip }) => ip),
});

export const docsView = (plan: Plan, units: readonly OrderedUnit[], talos: Pin): View => ({
  cluster: plan.name,
  api: plan.cluster.api.address,
  vip: hasVip(plan),
  version: talos.version,
  schematic: VANILLA_SCHEMATIC,
  nodes: plan.nodes.map((node) => {
    const { disk, interface: name, mac } = node.options as unknown as NodeOptions;
    return { name: node.name, ip: node.ip, role: node.role.replace("-", " "), disk, link: mac ?? name };
  }),
  first: plan.nodes.find(isControlPlane)?.ip,
  early: units.filter(({ early }) => early).map(({ id, namespace }) => ({ id, namespace })),
  url: plan.repository.url,
  branch: plan.repository.branch,
});
