/** Needs HOMELAB_NET_CHARTS: what the chart of Prometheus says is missing has to be asked for. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unitFolder } from "../../src/model/layout.ts";
import { machinesMetered, meteredIn } from "../../src/model/metrics.ts";
import { asList, at } from "../../src/model/unknown.ts";
import { chartFolder, renderChart } from "../support/charts.ts";
import type { KubernetesObject } from "../support/manifests.ts";
import { networksOnDisk } from "./releases.ts";

const STACK = "kube-prometheus-stack";

const looked = networksOnDisk().filter(({ units }) => units.some(({ id }) => id === STACK));

/** Jobs whose absence is an alarm. */
const missed = (objects: readonly KubernetesObject[]): readonly string[] => [
  ...new Set(
    objects
      .filter(({ kind }) => kind === "PrometheusRule")
      .flatMap((rule) => asList(at(rule, "spec", "groups")))
      .flatMap((group) => asList(at(group, "rules")))
      .flatMap((rule) => [...String(at(rule, "expr")).matchAll(/absent\(\s*up\{job="([^"]+)"/g)])
      .map(([, job = ""]) => job),
  ),
];

/** Named by a label of their Service; the API server has its own, and the kubelet one that the operator makes. */
const asked = (objects: readonly KubernetesObject[]): ReadonlySet<string> =>
  new Set([
    ...objects
      .filter(({ kind }) => kind === "Service")
      .flatMap(({ metadata }) => asText(at(metadata, "labels", "jobLabel")))
      .filter((job) => objects.some((object) => isMonitorOf(object, job))),
    ...(objects.some((object) => isMonitorOf(object, "apiserver")) ? ["apiserver"] : []),
    ...(objects.some((object) => isMonitorOf(object, "kubelet")) ? ["kubelet"] : []),
  ]);

const isMonitorOf = ({ kind, metadata }: KubernetesObject, job: string): boolean =>
  kind === "ServiceMonitor" && String(at(metadata, "name")).endsWith(job.replace(/^kube-/, ""));

const asText = (value: unknown): readonly string[] => (typeof value === "string" ? [value] : []);

it("has networks to look at", () => expect(looked.length).toBeGreaterThan(3));

it("finds what an alarm misses", () => {
  const rule = {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    spec: { groups: [{ rules: [{ expr: 'absent(up{job="kube-scheduler"})' }] }] },
  };
  expect(missed([rule])).toEqual(["kube-scheduler"]);
  expect([...asked([rule])]).toEqual([]);
});

describe.each(looked)("$name", ({ plan, units, folder }) => {
  it("has no alarm about what nobody asks", async () => {
    const unit = units.find(({ id }) => id === STACK);
    const chartDir = chartFolder(STACK);
    if (unit === undefined || chartDir === undefined) throw new Error("HOMELAB_NET_CHARTS is not set");
    const objects = await renderChart({
      chartDir,
      name: STACK,
      namespace: unit.namespace,
      valuesFile: join(folder, unitFolder(unit, plan), "values.yaml"),
      kubeVersion: `${plan.cluster.kubernetes.minor}.0`,
    });
    const all = new Set([
      ...asked(objects),
      ...meteredIn(plan).map(({ name }) => name),
      ...machinesMetered(plan).map(({ job }) => job),
    ]);
    expect(missed(objects)).toContain("apiserver");
    expect(missed(objects).filter((job) => !all.has(job))).toEqual([]);
    const etcd = objects.some(
      ({ kind, metadata }) => kind === "PrometheusRule" && String(at(metadata, "name")).endsWith("etcd"),
    );
    expect(etcd).toBe(all.has("kube-etcd"));
  });
});
