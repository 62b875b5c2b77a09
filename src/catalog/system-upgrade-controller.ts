import { z } from "zod";
import type { Component } from "../model/component.ts";
import { snapshotsOf } from "../model/etcdSnapshots.ts";
import { datastoreOf, upgradesItself } from "../model/k3s.ts";
import { kubernetesPin } from "../model/kubernetesPin.ts";
import { sshUserOf } from "../model/namedMachines.ts";
import { pinOf } from "../model/pins.ts";
import type { Node, Plan } from "../model/plan.ts";
import type { Pin, PinId, View } from "../model/unit.ts";
import { anywhere, controlPlanesOf } from "../model/workloads.ts";
import { asksApi } from "./begins.ts";
import { closedPods } from "./closedPods.ts";
import { workloadNodes } from "./workloadNodes.ts";

const NAME = "system-upgrade-controller";
const CRDS = "system-upgrade-controller-crds";
const IMAGE = "system-upgrade-controller-image";
const KUBECTL = "kubectl-image";
const NAMESPACE = "system-upgrade";
const TEMPLATES = "components/system-upgrade-controller";

/**
 * Objects of our own: the manifest of a release names an image of years ago, which only its kustomization.yaml corrects
 * (system-upgrade-controller v0.20.1, manifests and kustomization.yaml).
 */
export const systemUpgradeController = (pins: ReadonlyMap<PinId, Pin>): Component<Record<string, never>> => ({
  id: NAME,
  title: "system-upgrade-controller",
  summary: "upgrades K3s on one node after the other when its version in Git moves; one small pod",
  options: z.strictObject({}),
  distributions: ["k3s"],
  needed: upgradesItself,
  units: (plan) => [
    {
      id: CRDS,
      component: NAME,
      namespace: NAMESPACE,
      remote: { pin: CRDS, path: "pkg/crds/yaml/generated", installs: ["upgrade.cattle.io/*"] },
      view: {},
    },
    {
      id: NAME,
      component: NAME,
      namespace: NAMESPACE,
      templates: `${TEMPLATES}/app`,
      // Its Jobs are root on their node.
      privileged: true,
      after: [CRDS],
      view: {
        image: imageOf(IMAGE, pins),
        kubectl: { ...renovateView(pinOf(pins, KUBECTL)), image: imageOf(KUBECTL, pins) },
      },
    },
    {
      id: `${NAME}/plans`,
      component: NAME,
      namespace: NAMESPACE,
      templates: `${TEMPLATES}/plans`,
      after: [NAME],
      view: plansView(plan),
    },
  ],
  flows: () => [nobody],
  // Plans name a version and no channel, which it would ask at an address of the internet.
  begins: () => [asksApi({ namespace: NAMESPACE, labels: nobody.to }, "it watches Plans and nodes, and starts Jobs")],
  workloads: (plan) => [anywhere(NAME, 48, 1, controlPlanesOf(plan))],
  pins: [CRDS, IMAGE, KUBECTL],
  docs: {
    template: `${TEMPLATES}/docs.md`,
    fragments: {
      operations: `${TEMPLATES}/operations.md`,
      troubleshooting: `${TEMPLATES}/troubleshooting.md`,
    },
    view: docsView,
  },
});

const imageOf = (id: PinId, pins: ReadonlyMap<PinId, Pin>): string => {
  const { source, version } = pinOf(pins, id);
  return `${source}:${version}`;
};

const renovateView = ({ datasource, depName }: Pin): View => ({ datasource, depName });

const serversOf = ({ nodes }: Plan): readonly Node[] => nodes.filter(({ role }) => role === "control-plane");

/** Pods of a node that is drained have to find another. */
const drains = (plan: Plan): boolean => workloadNodes(plan).length > 1;

function plansView(plan: Plan): View {
  const servers = serversOf(plan);
  const etcd = datastoreOf(plan) === "etcd";
  const ofServers = {
    name: "k3s-server",
    server: true,
    operator: "Exists",
    settles: servers.length > 1,
    saves: etcd ? snapshotsOf(plan.cluster.options).directory : null,
    drains: drains(plan),
  };
  const ofAgents = {
    name: "k3s-agent",
    server: false,
    operator: "DoesNotExist",
    settles: false,
    saves: null,
    drains: drains(plan),
  };
  return {
    ...renovateView(kubernetesPin(plan)),
    version: kubernetesPin(plan).version,
    plans: servers.length < plan.nodes.length ? [ofServers, ofAgents] : [ofServers],
  };
}

function docsView(plan: Plan): View {
  const servers = serversOf(plan);
  const [first] = servers;
  if (first === undefined) throw new Error("a rule refuses clusters without a control plane");
  const user = sshUserOf(first);
  return {
    etcd: datastoreOf(plan) === "etcd",
    drains: drains(plan),
    agents: servers.length < plan.nodes.length,
    single: servers.length === 1,
    login: user === undefined ? String(first.ip) : `${user}@${first.ip}`,
  };
}

/** Its Jobs use the network of their node, where no policy is in their way. */
const nobody = closedPods({
  unit: NAME,
  namespace: NAMESPACE,
  name: NAME,
  to: { "app.kubernetes.io/name": NAME },
});
