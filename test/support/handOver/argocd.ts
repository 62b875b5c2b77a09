/**
 * What Argo CD v3.5.1 applies and deletes (controller/appcontroller.go: canProcessApp, autoSync, shouldBeDeleted,
 * finalizeApplicationDeletion; gitops-engine, sync_context.go: isPruningDisabled).
 */
import { asList, asMap, at } from "../../../src/model/unknown.ts";
import { isFolder, kustomized, plainly, standing } from "./build.ts";
import type { Cluster } from "./model.ts";
import { keyOf, type LiveObject } from "./objects.ts";

const NAMESPACE = "argocd";
const TRACKED = "argocd.argoproj.io/tracking-id";
const OPTIONS = "argocd.argoproj.io/sync-options";

export function argocd(cluster: Cluster): void {
  if (!cluster.isRunning("StatefulSet", NAMESPACE, "argocd-application-controller")) return;
  for (const app of cluster.ofKind("Application", "argoproj.io"))
    if (app.annotations["argocd.argoproj.io/skip-reconcile"] !== "true") reconcile(cluster, app);
}

const says = ({ annotations }: LiveObject, option: string): boolean =>
  (annotations[OPTIONS] ?? "").split(",").includes(option);

const isOf = ({ annotations }: LiveObject, { name }: LiveObject): boolean =>
  annotations[TRACKED]?.startsWith(`${name}:`) === true;

function reconcile(cluster: Cluster, app: LiveObject): void {
  const tracked = (): readonly LiveObject[] => cluster.all().filter((object) => isOf(object, app));
  if (app.isDeleting) {
    if (!app.finalizers.some((finalizer) => finalizer.startsWith("resources-finalizer."))) return;
    for (const object of tracked()) if (goesAlong(object)) cluster.remove(keyOf(object));
    cluster.setFinalizers(app, []);
    return;
  }
  const wanted = desired(cluster, app);
  app.status.isReady = wanted !== undefined;
  if (wanted === undefined || wanted.length === 0) return;
  for (const object of wanted)
    cluster.apply({ ...object, annotations: { ...object.annotations, [TRACKED]: `${app.name}:${keyOf(object)}` } });
  if (at(app.spec, "syncPolicy", "automated", "prune") !== true) return;
  const keys = new Set(wanted.map(keyOf));
  for (const object of tracked())
    if (!keys.has(keyOf(object)) && !says(object, "Prune=false")) cluster.remove(keyOf(object));
}

/** shouldBeDeleted. */
const goesAlong = (object: LiveObject): boolean =>
  object.kind !== "CustomResourceDefinition" &&
  !says(object, "Delete=false") &&
  object.annotations["helm.sh/resource-policy"] !== "keep";

/** Undefined where one of its sources cannot be read: it compares nothing then, and syncs nothing. */
function desired(cluster: Cluster, { name, spec }: LiveObject): readonly LiveObject[] | undefined {
  const namespace = String(at(spec, "destination", "namespace"));
  const sources = spec["sources"] === undefined ? [spec["source"]] : asList(spec["sources"]);
  try {
    const made = sources.flatMap((source) => manifests(cluster, name, asMap(source), namespace));
    return made.map((object) => standing(object, namespace));
  } catch {
    return undefined;
  }
}

function manifests(
  cluster: Cluster,
  app: string,
  source: Readonly<Record<string, unknown>>,
  namespace: string,
): readonly LiveObject[] {
  const { chart, path, helm, directory } = source;
  if (chart !== undefined) {
    for (const file of asList(at(helm, "valueFiles")).map((one) => String(one).replace("$values/", "")))
      if (!cluster.pushed.has(file)) throw new Error(`${file} is not there`);
    return cluster.chart(namespace, String(at(helm, "releaseName")));
  }
  // Only for the values of a chart beside it.
  if (path === undefined) return [];
  const remote = cluster.remote(app);
  if (remote.length > 0) return remote;
  const folder = String(path);
  if (!isFolder(cluster.pushed, folder)) throw new Error(`${folder}: app path does not exist`);
  return directory === undefined ? kustomized(cluster.pushed, folder) : filesOf(cluster, folder, asMap(directory));
}

/** `*` stands for slashes as well (gobwas/glob). */
const matches = (pattern: unknown, path: string): boolean =>
  new RegExp(`^${String(pattern).replaceAll(".", "\\.").replaceAll("*", ".*")}$`).test(path);

function filesOf({ pushed }: Cluster, folder: string, { include, exclude }: Readonly<Record<string, unknown>>) {
  const own = [...pushed].filter(([path]) => path.startsWith(`${folder}/`) && /\.ya?ml$/.test(path));
  return plainly(
    own.filter(([path]) => {
      const below = path.slice(folder.length + 1);
      return (include === undefined || matches(include, below)) && (exclude === undefined || !matches(exclude, below));
    }),
  );
}
