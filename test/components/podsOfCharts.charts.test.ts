/**
 * Pods of charts, as the values written here make them: each fits the level of its namespace and, where that is
 * `baseline`, `restricted` as well; a privileged one has pods that need it. None of their PodDisruptionBudgets keeps a node from being emptied. Needs HOMELAB_NET_CHARTS.
 */
import { join } from "node:path";
import { expect, test } from "vitest";
import { namespacesOf } from "../../src/compose/namespaces.ts";
import { unitFolder } from "../../src/model/layout.ts";
import { asMap, at } from "../../src/model/unknown.ts";
import { chartFolder, renderChart } from "../support/charts.ts";
import type { KubernetesObject } from "../support/manifests.ts";
import { containersOf, podOf, refusedByBaseline, refusedByRestricted } from "../support/podSecurity.ts";
import { CHARTS, networksOnDisk } from "./releases.ts";

const LEFT_LAST = "its priority is that of the system, so it is among the last that a full node lets go";
const NO_VALUE = "the chart has no value for it; what keeps the volumes asks for its share by a setting of Longhorn";
const OF_NO_HARM = "it shows what flows and carries nothing: on a full node it may go first";

const OTHERS_GO_ON = "there are several, on nodes of their own: what one of them kept is made anew";
const WAITS = "it does nothing until Spegel is taken away";

/** What asks for nothing, and why that is left. */
const WITHOUT_REQUESTS: Readonly<Record<string, string>> = {
  "cilium: Deployment cilium-operator: requests nothing": LEFT_LAST,
  "cilium: DaemonSet cilium-envoy: requests nothing": LEFT_LAST,
  "cilium: DaemonSet cilium: requests nothing": LEFT_LAST,
  "cilium: Deployment hubble-relay: requests nothing": OF_NO_HARM,
  "cilium: Deployment hubble-ui: requests nothing": OF_NO_HARM,
  "argocd: Deployment argocd-redis-ha-haproxy: requests nothing": OTHERS_GO_ON,
  "argocd: StatefulSet argocd-redis-ha-server: requests nothing": OTHERS_GO_ON,
  "spegel: DaemonSet spegel-cleanup: requests nothing": WAITS,
  "longhorn: DaemonSet longhorn-manager: requests nothing": NO_VALUE,
  "longhorn: Deployment longhorn-driver-deployer: requests nothing": NO_VALUE,
  "longhorn: Deployment longhorn-ui: requests nothing": NO_VALUE,
};

/** Pods that no chart shows and that are on their nodes. */
const MADE_AT_RUNTIME: Readonly<Record<string, string>> = {
  // tailscale v1.102.3, cmd/k8s-operator/deploy/manifests/proxy.yaml
  tailscale: "the operator makes the subnet router, which is privileged",
  "local-path-storage": "a helper makes the folder of each volume on its node",
  "calico-system": "the operator makes calico-node, which has the network of its node",
  "system-upgrade": "each upgrade is a job that has its node",
};

test.each(networksOnDisk())("$name", async ({ plan, units, folder }) => {
  const levels = new Map(namespacesOf(units).map(({ name, level }) => [name, level]));
  const problems: string[] = [];
  const needy = new Set<string>();
  for (const unit of units) {
    if (unit.release === undefined) continue;
    const chartDir = chartFolder(CHARTS[unit.id]?.chart ?? unit.id);
    if (chartDir === undefined) throw new Error("HOMELAB_NET_CHARTS is not set");
    const objects = await renderChart({
      chartDir,
      name: unit.release.name,
      namespace: unit.namespace,
      valuesFile: join(folder, unitFolder(unit, plan), "values.yaml"),
      kubeVersion: `${plan.cluster.kubernetes.minor}.0`,
      apiVersions: ["gateway.networking.k8s.io/v1/HTTPRoute"],
    });
    for (const object of objects) {
      const pod = podOf(object);
      if (pod === undefined) continue;
      const where = `${unit.id}: ${object.kind} ${object.metadata?.name}`;
      const namespace = object.metadata?.namespace ?? unit.namespace;
      // One that is baseline is so for what people and controllers add; what comes with a chart passes the one above.
      const level = levels.get(namespace);
      const isHeld = level === "restricted" || (level === "baseline" && object.kind !== "Pod");
      if (isHeld) problems.push(...refusedByRestricted(pod).map((why) => `${where}: ${why}`));
      if (refusedByBaseline(pod).length > 0) needy.add(namespace);
      // Those end by themselves; a pod alone is a test of the chart, which nobody runs here.
      const ends = ["Job", "CronJob", "Pod"].includes(object.kind);
      if (!ends && containersOf(pod).every((container) => at(container, "resources", "requests") === undefined))
        problems.push(`${where}: requests nothing`);
    }
    problems.push(...blocking(objects).map((why) => `${unit.id}: ${why}`));
  }
  for (const unit of units)
    for (const object of Object.values(unit.objects ?? {}).flat())
      if (refusedByBaseline(podOf(object) ?? {}).length > 0) needy.add(unit.namespace);
  // A level that nothing needs is a level too low.
  problems.push(
    ...[...levels]
      .filter(([name, level]) => level === "privileged" && !needy.has(name) && MADE_AT_RUNTIME[name] === undefined)
      .map(([name]) => `namespace ${name} needs not be privileged`),
  );
  expect(problems.filter((one) => WITHOUT_REQUESTS[one] === undefined)).toEqual([]);
});

/** Budgets that let no pod go: all that there are have to stay. */
function blocking(objects: readonly KubernetesObject[]): readonly string[] {
  return objects
    .filter(({ kind }) => kind === "PodDisruptionBudget")
    .flatMap((budget) => {
      const labels = Object.entries(asMap(at(budget, "spec", "selector", "matchLabels")));
      const owners = objects.filter((object) => {
        const own = asMap(at(object, "spec", "template", "metadata", "labels"));
        return podOf(object) !== undefined && labels.every(([key, value]) => own[key] === value);
      });
      const replicas = owners.reduce((sum, owner) => sum + Number(at(owner, "spec", "replicas") ?? 1), 0);
      const [least, most] = [at(budget, "spec", "minAvailable"), at(budget, "spec", "maxUnavailable")];
      const kept = least === undefined ? replicas - share(most, replicas) : share(least, replicas);
      return replicas > 0 && kept >= replicas ? [`${budget.metadata?.name} keeps all ${replicas} pods`] : [];
    });
}

/** A number, or a percentage of the pods, rounded up (kubernetes.io, Specifying a Disruption Budget). */
const share = (value: unknown, of: number): number =>
  typeof value === "string" && value.endsWith("%")
    ? Math.ceil((Number.parseFloat(value) / 100) * of)
    : Number(value ?? 0);

test("a budget that keeps the only pod is found", () => {
  const owner = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    spec: { replicas: 2, template: { metadata: { labels: { a: "b" } }, spec: {} } },
  };
  const budget = (spec: object) => ({
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: "x" },
    spec: { selector: { matchLabels: { a: "b" } }, ...spec },
  });
  expect(blocking([owner, budget({ minAvailable: 2 })])).toEqual(["x keeps all 2 pods"]);
  expect(blocking([owner, budget({ maxUnavailable: 0 })])).toEqual(["x keeps all 2 pods"]);
  expect(blocking([owner, budget({ minAvailable: "51%" })])).toEqual(["x keeps all 2 pods"]);
  expect(blocking([owner, budget({ minAvailable: 1 })])).toEqual([]);
  expect(blocking([owner, budget({ maxUnavailable: 1 })])).toEqual([]);
});
