/**
 * What helm renders of every release, judged by the real server, and its pods by the Pod Security of the namespace
 * they run in. Run by `npm run test:cluster`. Needs HOMELAB_NET_CHARTS and HOMELAB_NET_COMPONENTS.
 */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unitFolder } from "../../src/model/layout.ts";
import { chartFolder, renderChart } from "../support/charts.ts";
import { readManifests, type KubernetesObject } from "../support/manifests.ts";
import { kustomize } from "../support/tools.ts";
import { CHARTS, networksOnDisk, type OnDisk } from "../components/releases.ts";
import { podsOf } from "./pods.ts";
import { serverFor } from "./server.ts";

const server = serverFor({ services: "10.43.0.0/16" });

interface Rendered {
  readonly unit: string;
  readonly namespace: string;
  readonly objects: readonly KubernetesObject[];
}

async function rendered({ plan, units, folder }: OnDisk): Promise<readonly Rendered[]> {
  const releases = units.flatMap(({ release, ...unit }) => (release === undefined ? [] : [{ ...unit, release }]));
  const all: Rendered[] = [];
  for (const { id, namespace, release } of releases) {
    const chartDir = chartFolder(CHARTS[id]?.chart ?? id);
    if (chartDir === undefined)
      throw new Error("HOMELAB_NET_CHARTS is not set: it names the folder with the charts this check renders");
    const objects = await renderChart({
      chartDir,
      name: release.name,
      namespace,
      valuesFile: join(folder, unitFolder({ id, namespace }, plan), "values.yaml"),
      kubeVersion: "1.36.0",
      apiVersions: ["gateway.networking.k8s.io/v1/HTTPRoute"],
    });
    all.push({ unit: id, namespace, objects });
  }
  return all;
}

const ofKind = (objects: readonly KubernetesObject[], wanted: string) => objects.filter(({ kind }) => kind === wanted);

it.each(networksOnDisk())("every object of a chart is taken, and every pod of it: $name", async (network) => {
  const own = readManifests(await kustomize(join(network.folder, network.plan.root, "kubernetes/apps")));
  await server.keep(ofKind(own, "Namespace"));
  let count = 0;
  for (const { unit, namespace, objects } of await rendered(network)) {
    // A chart may put objects into a namespace that it makes itself.
    if (ofKind(objects, "Namespace").length > 0) await server.keep(ofKind(objects, "Namespace"));
    const pods = podsOf(objects);
    for (const judged of [objects, pods]) {
      const { refused, taken } = await server.judgeRelease(judged, namespace);
      expect(refused, unit).toEqual([]);
      expect(taken, unit).toBe(judged.length);
    }
    count += pods.length;
  }
  expect(count).toBeGreaterThan(5);
});

describe("a pod that is given the network of its machine", () => {
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "a" },
    spec: { hostNetwork: true, containers: [{ name: "a", image: "example.com/a:1" }] },
  };
  it.each(["default", "network", "cert-manager"])("is refused in %s", async (namespace) => {
    const { refused } = await server.judgeRelease([pod], namespace);
    expect(refused.join("\n")).toContain('violates PodSecurity "baseline:latest": host namespaces');
  });
  it("is taken in kube-system", async () => {
    expect(await server.judgeRelease([pod], "kube-system")).toEqual({ refused: [], warnings: [], taken: 1 });
  });
});
