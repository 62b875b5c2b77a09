/** Every object of a network, those of its charts among them. */
import { join } from "node:path";
import { unitFolder } from "../../src/model/layout.ts";
import type { Emitted } from "../fixtures/emitted.ts";
import { chartFolder, renderChart, type RenderOptions } from "../support/charts.ts";
import { readManifests, type KubernetesObject } from "../support/manifests.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";
import { CHARTS } from "./releases.ts";

const known = new Map<string, Promise<readonly KubernetesObject[]>>();

/** What is rendered of the same values again is the same again. */
function rendered(options: RenderOptions, values: string): Promise<readonly KubernetesObject[]> {
  const { valuesFile: _file, ...rest } = options;
  const key = JSON.stringify({ ...rest, values });
  const objects = known.get(key) ?? renderChart(options);
  known.set(key, objects);
  return objects;
}

const ROOT = /^(?:.*\/)?(?:kubernetes\/apps|k3s\/manifests|kubeadm\/manifests)\/.*\.yaml$/;
const OF_ENGINES = /\/(values|helmrelease|ks|kustomization|kustomizeconfig)\.yaml$/;

export async function objectsOf({ plan, units, tree }: Emitted): Promise<readonly KubernetesObject[]> {
  const folder = temporaryFolder("home");
  writeFiles(folder, Object.fromEntries([...tree].map(([path, { content }]) => [path, content])));
  const objects = [...tree]
    .filter(([path]) => ROOT.test(path) && !OF_ENGINES.test(path))
    .flatMap(([path, { content }]) =>
      readManifests(content, path).map(inNamespace(/\/apps\/([^/]+)\//.exec(path)?.[1])),
    );
  for (const unit of units) {
    if (unit.release === undefined) continue;
    const chartDir = chartFolder(CHARTS[unit.id]?.chart ?? unit.id);
    if (chartDir === undefined) throw new Error("HOMELAB_NET_CHARTS is not set");
    const values = [...tree].find(([path]) => path === `${unitFolder(unit, plan)}/values.yaml`)?.[1].content ?? "";
    const options = {
      chartDir,
      name: unit.release.name,
      namespace: unit.namespace,
      valuesFile: join(folder, unitFolder(unit, plan), "values.yaml"),
      kubeVersion: `${plan.cluster.kubernetes.minor}.0`,
      apiVersions: ["gateway.networking.k8s.io/v1/HTTPRoute"],
    };
    objects.push(...(await rendered(options, values)).map(inNamespace(unit.namespace)));
  }
  return objects;
}

/** Where it is applied, unless it says so itself; of what is in none, a word that nobody reads. */
const inNamespace =
  (namespace: string | undefined) =>
  (object: KubernetesObject): KubernetesObject => ({
    ...object,
    metadata: { ...(namespace !== undefined && { namespace }), ...object.metadata },
  });
