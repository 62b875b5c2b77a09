/**
 * Whether what a network begins with fits the machines people have: real charts, rendered with the values of homes as
 * people begin, and the table of it in sizes.txt. Needs HOMELAB_NET_CHARTS and HOMELAB_NET_COMPONENTS.
 */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unitFolder } from "../../src/model/layout.ts";
import { emitted, type Emitted } from "../fixtures/emitted.ts";
import { homes } from "../fixtures/homes.ts";
import { chartFolder, renderChart } from "../support/charts.ts";
import { readManifests, type KubernetesObject } from "../support/manifests.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";
import { CHARTS } from "./releases.ts";
import { isCrowded, roomOf, totalOf, workloadsOf } from "./sizes.ts";

/** Half of a machine is for the system, for Kubernetes and for the apps somebody has a cluster for. */
const SHARE = 0.5;

async function objectsOf({ plan, units, tree }: Emitted): Promise<readonly KubernetesObject[]> {
  const folder = temporaryFolder("home");
  writeFiles(folder, Object.fromEntries([...tree].map(([path, { content }]) => [path, content])));
  const objects = [...tree]
    .filter(
      ([path]) =>
        /^(?:kubernetes\/apps|k3s\/manifests|kubeadm\/manifests)\/.*\.yaml$/.test(path) &&
        !/\/(values|helmrelease|ks|kustomization|kustomizeconfig)\.yaml$/.test(path),
    )
    .flatMap(([path, { content }]) => readManifests(content, path));
  for (const unit of units) {
    if (unit.release === undefined) continue;
    const chartDir = chartFolder(CHARTS[unit.id]?.chart ?? unit.id);
    if (chartDir === undefined) throw new Error("HOMELAB_NET_CHARTS is not set");
    const rendered = await renderChart({
      chartDir,
      name: unit.release.name,
      namespace: unit.namespace,
      valuesFile: join(folder, unitFolder(unit, plan), "values.yaml"),
      kubeVersion: `${plan.cluster.kubernetes.minor}.0`,
      apiVersions: ["gateway.networking.k8s.io/v1/HTTPRoute"],
    });
    objects.push(...rendered);
  }
  return objects;
}

describe("what a network begins with", () => {
  const rows: string[] = [];

  it.each(Object.entries(homes))("fits %s", async (name, specText) => {
    const home = emitted(specText);
    const workloads = (await objectsOf(home)).flatMap((object) => workloadsOf(object, home.plan));
    expect(workloads.length).toBeGreaterThan(5);
    expect(workloads.filter(isCrowded)).toEqual([]);
    const [total, room] = [totalOf(workloads), roomOf(home.plan)];
    expect(total.cpu).toBeLessThanOrEqual(room.cpu * SHARE);
    expect(total.memory).toBeLessThanOrEqual(room.memory * SHARE);
    const most = Math.max(...workloads.map(({ nodesNeeded }) => nodesNeeded));
    rows.push(
      [
        name,
        home.plan.nodes.length,
        total.pods,
        most,
        `${total.cpu}m of ${room.cpu}m`,
        `${Math.round(total.memory)} of ${room.memory} MiB`,
      ].join(" | "),
    );
  });

  it("is told in a table", async () => {
    const head = ["home", "machines", "pods", "machines needed", "CPU requested", "memory requested"].join(" | ");
    await expect(`${[head, ...rows].join("\n")}\n`).toMatchFileSnapshot("sizes.txt");
  });
});
