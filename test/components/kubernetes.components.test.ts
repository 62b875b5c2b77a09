/** What the network emits, through the real kustomize, against custom resource definitions and chart values. Needs HOMELAB_NET_COMPONENTS. */
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { unitFolder } from "../../src/model/layout.ts";
import { repoPath } from "../../src/model/names.ts";
import type { Tree } from "../../src/model/tree.ts";
import { chartOf, valuesProblems } from "../support/charts.ts";
import { readManifests, type KubernetesObject } from "../support/manifests.ts";
import { validateObjects } from "../support/schemas.ts";
import { kustomize, kustomizeTogether } from "../support/tools.ts";
import { writeFiles } from "../support/workspace.ts";
import { CHARTS, networksOnDisk } from "./releases.ts";

const built = networksOnDisk();

test.each(built)("every object has the fields of its kind: $name", async ({ plan, units, tree, folder }) => {
  const overlays = units
    .filter(({ remote }) => remote === undefined)
    .filter((unit) => tree.has(repoPath(unitFolder(unit, plan), "kustomization.yaml")))
    .map((unit) => ({ folder: join(folder, unitFolder(unit, plan)), namespace: unit.namespace }));
  const inUnits = readManifests(await kustomizeTogether(overlays), "units");
  const ofEngine = plan.engine === "flux" ? await ofFlux(join(folder, plan.root)) : plainly(tree, OF_ARGO);
  expect(validateObjects([...inUnits, ...ofEngine, ...plainly(tree, MANIFESTS)])).toEqual([]);
});

const ofFlux = async (root: string): Promise<readonly KubernetesObject[]> => [
  ...readManifests(await kustomize(join(root, "kubernetes/apps")), "apps"),
  ...readManifests(await kustomize(join(root, "kubernetes/flux/cluster")), "root"),
];

/** Files that are read as they are. */
const plainly = (tree: Tree, paths: RegExp): readonly KubernetesObject[] =>
  [...tree].filter(([path]) => paths.test(path)).flatMap(([path, { content }]) => readManifests(content, path));

/** What its root and its Application of namespaces read. */
const OF_ARGO = /(?:^|\/)kubernetes\/(?:argo\/.+|apps\/[^/]+\/namespace)\.yaml$/;

/** Objects that machines have before GitOps is there. */
const MANIFESTS = /(?:^|\/)(?:k3s|kubeadm)\/manifests\/[^/]+\.yaml$/;

test("networks have such objects, of both distributions", () => {
  const paths = built.flatMap(({ tree }) => [...tree.keys()].filter((path) => MANIFESTS.test(path)));
  expect(new Set(paths.map((path) => path.split("/").at(-3)))).toEqual(new Set(["k3s", "kubeadm"]));
});

test.each(built)("no kustomization is left unbuilt: $name", ({ plan, units, tree }) => {
  const apps = join(plan.root, "kubernetes/apps");
  const known = new Set([
    apps,
    join(plan.root, "kubernetes/flux/cluster"),
    ...units.flatMap((unit) => [unitFolder(unit, plan), join(apps, unit.namespace)]),
  ]);
  const folders = [...tree.keys()].filter((path) => path.endsWith("/kustomization.yaml")).map((path) => dirname(path));
  expect(folders.filter((folder) => !known.has(folder))).toEqual([]);
});

test.each(built.filter(({ plan }) => plan.engine === "flux"))(
  "a HelmRelease names the ConfigMap kustomize made of its values: $name",
  async ({ plan, units, folder }) => {
    const releases = units.filter(({ release }) => release !== undefined);
    const overlays = releases.map((unit) => ({
      folder: join(folder, unitFolder(unit, plan)),
      namespace: unit.namespace,
    }));
    const objects = readManifests(await kustomizeTogether(overlays), "releases");
    const maps = objects.filter(({ kind }) => kind === "ConfigMap").map(({ metadata }) => metadata?.name);
    const named = objects.filter(({ kind }) => kind === "HelmRelease").map((object) => valuesFrom(object));
    expect(named).toHaveLength(releases.length);
    expect(named.filter((name) => !maps.includes(name) || !/-values-[a-z0-9]{10}$/.test(name))).toEqual([]);
  },
);

test("the root gives its defaults to Kustomizations, and leaves those of resource types alone", async () => {
  const [usual] = built;
  if (usual === undefined) throw new Error("no network");
  const [root] = readManifests(await kustomize(join(usual.folder, "kubernetes/flux/cluster")), "root");
  // What the kustomize-controller does with spec.path and spec.patches.
  const spec = root?.["spec"] as { path: string; patches: object[] };
  writeFiles(usual.folder, {
    "kustomization.yaml": JSON.stringify({ kind: "Kustomization", resources: [spec.path], patches: spec.patches }),
  });
  const policies = readManifests(await kustomize(usual.folder), "patched")
    .filter(({ kind }) => kind === "Kustomization")
    .map(({ metadata, spec: child }) => [metadata?.name, (child as { deletionPolicy?: string }).deletionPolicy]);
  expect(Object.fromEntries(policies)).toMatchObject({
    "gateway-api": "Orphan",
    "envoy-gateway-crds": "Orphan",
    cilium: "WaitForTermination",
    echo: "WaitForTermination",
  });
});

// The data has no values of these: the chart itself reads them where it is there (releases.charts.test.ts).
const WITHOUT_VALUES: readonly string[] = ["nvidia-device-plugin", "bitwarden-sdk-server"];

test.each(built)("every values file has keys its chart knows: $name", ({ plan, units, tree }) => {
  for (const unit of units) {
    if (unit.release === undefined || WITHOUT_VALUES.includes(unit.id)) continue;
    const values = [...tree].find(([path]) => path === `${unitFolder(unit, plan)}/values.yaml`)?.[1].content ?? "";
    const { component = unit.id, values: known } = CHARTS[unit.id] ?? {};
    expect(valuesProblems(values, chartOf(component, known)), unit.id).toEqual([]);
  }
});

test("a key nobody knows is found", () => {
  expect(valuesProblems("cgroup:\n  automount:\n    enabled: false\n", chartOf("cilium"))).toEqual([
    "line 2: cilium/values.yaml knows no cgroup.automount",
  ]);
});

const valuesFrom = (release: KubernetesObject): string =>
  (release["spec"] as { valuesFrom?: readonly { name: string }[] }).valuesFrom?.[0]?.name ?? "";
