import { haproxy } from "../../catalog/haproxy.ts";
import { singleApi } from "../../catalog/single-api.ts";
import { optionsOf } from "../../model/chosen.ts";
import type { Plan } from "../../model/plan.ts";
import type { Rule } from "../rule.ts";

const controlPlanes = (plan: Plan) => plan.nodes.filter(({ role }) => role === "control-plane");

export const someControlPlane: Rule = {
  id: "ETCD-NONE",
  severity: "error",
  title: "there is a control plane",
  because: "Without a control plane there is no API server and nothing to join.",
  source: "Kubernetes documentation, Cluster Architecture",
  *check(plan) {
    if (controlPlanes(plan).length > 0) return;
    yield {
      message: "no node has the role control-plane",
      paths: ["cluster.nodes"],
      fix: "role: control-plane on one or three nodes",
    };
  },
};

export const oddControlPlanes: Rule = {
  id: "ETCD-EVEN",
  severity: "error",
  title: "the number of control planes is odd",
  because:
    "etcd needs a majority: of two members none may fail, so two are less available than one, and four no more than three.",
  source: "etcd documentation, FAQ: Why an odd number of cluster members?",
  *check(plan) {
    const count = controlPlanes(plan).length;
    if (count === 0 || count % 2 === 1) return;
    yield {
      message: `the cluster has ${count} control planes, an even number`,
      paths: ["cluster.nodes"],
      fix: `${count + 1} control planes, or ${count - 1} and one worker`,
    };
  },
};

// etcd documentation, FAQ: What is maximum cluster size?
const MOST_MEMBERS = 7;

export const fewControlPlanes: Rule = {
  id: "ETCD-MANY",
  severity: "warning",
  title: "there are at most seven control planes",
  because: "Every write goes to a majority of them: more members make the cluster slower and hardly safer.",
  source: "etcd documentation, FAQ: What is maximum cluster size?",
  *check(plan) {
    const count = controlPlanes(plan).length;
    if (count > MOST_MEMBERS)
      yield {
        message: `the cluster has ${count} control planes`,
        paths: ["cluster.nodes"],
        fix: "three or five, and the rest workers",
      };
  },
};

export const apiNode: Rule = {
  id: "API-NODE",
  severity: "error",
  title: "the API is known by the address of a control plane",
  because: "Only control planes run an API server; at any other address nobody answers.",
  source: "Kubernetes documentation, Cluster Architecture",
  *check(plan) {
    const { node } = optionsOf(plan, singleApi) ?? {};
    if (node === undefined || controlPlanes(plan).some(({ name }) => name === node)) return;
    yield {
      message: `no control plane is called ${node}`,
      paths: ["cluster.api.node", "cluster.nodes"],
      fix: `one of ${controlPlanes(plan)
        .map(({ name }) => name)
        .join(", ")}`,
    };
  },
};

export const somewhereToRun: Rule = {
  id: "NODE-WORKLOADS",
  severity: "error",
  title: "there is a node for ordinary pods",
  because: "Kubernetes keeps pods pending while no node takes them: no gateway, no DNS and no app would ever start.",
  source: "Talos documentation, allowSchedulingOnControlPlanes; Kubernetes documentation, Taints and Tolerations",
  *check(plan) {
    if (plan.nodes.some(({ runsPods }) => runsPods)) return;
    const card = plan.nodes.find(({ gpu }) => gpu !== undefined);
    yield card === undefined
      ? {
          message: "control planes run no ordinary pods, and there is no worker",
          paths: ["cluster.workloadsOnControlPlanes", "cluster.nodes"],
          fix: "cluster.workloadsOnControlPlanes: true, or add a worker",
        }
      : {
          message: `${card.name} is kept for pods that calculate on its graphics card, and no other node runs ordinary ones`,
          paths: [`cluster.nodes.${card.name}.gpu`, "cluster.nodes"],
          fix: "add a worker without a graphics card, or leave gpu out",
        };
  },
};

/** With several API servers and no address that moves, the first of them is a single point of failure. */
export const apiSurvives: Rule = {
  id: "API-SINGLE",
  severity: "warning",
  title: "several control planes share an address that moves",
  because:
    "kubectl and new nodes know the API by one address; while that machine is down the others cannot be reached, though they run.",
  source: "Talos documentation, Virtual (shared) IP",
  unless: ["HAP-01"],
  *check(plan) {
    const planes = controlPlanes(plan);
    const own = planes.find(({ ip }) => ip === plan.cluster.api.address);
    const { hosts } = optionsOf(plan, haproxy) ?? {};
    // Of hosts that nobody knows something else is said (HAP-HOST).
    if (planes.length < 2 || own === undefined || hosts?.includes(own.name) === false) return;
    yield {
      message: `the API answers only on ${own.name} (${own.ip}), and the cluster has ${planes.length} control planes`,
      paths: ["cluster.api", "cluster.nodes"],
      fix: plan.cluster.traits.ownsMachine
        ? "cluster.api: { provider: talos-vip, address: a free address of the LAN }"
        : "a provider in cluster.api that moves an address between them or stands before them, or one control plane and workers",
    };
  },
};

export const severalServers: Rule = {
  id: "K3S-DATASTORE",
  severity: "error",
  title: "several servers keep the state of the cluster in etcd",
  because: "A file of SQLite is one machine's: no second server sees it.",
  source: "K3s documentation, Cluster Datastore",
  *check(plan) {
    const count = controlPlanes(plan).length;
    if (plan.cluster.options["datastore"] !== "sqlite" || count < 2) return;
    yield {
      message: `cluster.datastore is sqlite, and the cluster has ${count} control planes`,
      paths: ["cluster.datastore", "cluster.nodes"],
      fix: "cluster.datastore: etcd, or one control plane",
    };
  },
};
