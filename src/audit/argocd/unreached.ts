/** Manifests that no Application leads to. */
import type { Finding } from "../../model/finding.ts";
import type { Plan } from "../../model/plan.ts";
import { literally } from "../../model/text.ts";
import { at } from "../../model/unknown.ts";
import { STATE_FOLDER } from "../../tree/stateFolder.ts";
import { toFinding, type Audit } from "../audit.ts";
import { build } from "../builds.ts";
import type { Cluster } from "../cluster.ts";
import type { KubernetesObject } from "../objects.ts";
import { folderOf, isBelow } from "../paths.ts";
import { fromTop } from "../repository.ts";
import { listerOf, type Subject } from "../subject.ts";
import { grouped } from "../values.ts";
import { applicationsIn, broughtBy } from "./applications.ts";
import { applicationsOf } from "./applicationSets.ts";
import { ARGO_GROUP, isApplication, isApplicationSet, isProject } from "./names.ts";
import { folderHere, toolFor } from "./sources.ts";

export const unreached: Audit = {
  id: "ARGO-UNREACHED",
  severity: "warning",
  title: "A manifest is part of no Application that Argo CD knows.",
  because:
    "Argo CD applies what Applications name, beginning at the first of them; the file changes nothing in the cluster.",
  source: "argo-cd.readthedocs.io, Cluster Bootstrapping: App of Apps; Directory: recurse, include, exclude",
};

/** Where a repository of ours has what goes to the cluster. */
const KUBERNETES = "kubernetes";

export function* leftOver(cluster: Cluster): Generator<Finding> {
  const { subject, live, plan } = cluster;
  if (applicationsIn(cluster).length === 0 || isBeyond(cluster)) return;
  const reached = new Set(live.map(({ object }) => object));
  const built = new Set(live.map(({ root }) => root.folder));
  const isAstray = leadsNowhere(cluster);
  const idle = subject.objects.filter(
    (object) =>
      !reached.has(object) &&
      listerOf(object.file, subject) === undefined &&
      ((isBelow(object.file, KUBERNETES) && !isAstray) || isOfArgo(object)),
  );
  const told = grouped(idle, ({ file }) => file);
  const unnamed = [...told.values()].flatMap((objects) =>
    isNamed(folderOf(objects[0]?.file ?? ""), objects, subject, plan) ? [] : objects,
  );
  // Whoever leaves out one folder mostly leaves out several.
  for (const objects of grouped(unnamed, ({ file }) => holderOf(file, cluster)?.name ?? folderOf(file)).values())
    yield left(folderOf(objects[0]?.file ?? ""), objects, cluster, false);
  if (isAstray) return;
  for (const { folder, isComponent } of subject.kustomizations.values()) {
    if (isComponent || built.has(folder) || !isBelow(folder, KUBERNETES) || isListed(folder, subject)) continue;
    const objects = build({ folder }, subject).map(({ object }) => object);
    const isIdle = objects.length > 0 && !objects.some((object) => reached.has(object));
    if (isIdle && listerOf(folder, subject) === undefined && !isNamed(folder, objects, subject, plan))
      yield left(folder, objects, cluster, true);
  }
}

const isOfArgo = (object: KubernetesObject): boolean =>
  isApplication(object) || isApplicationSet(object) || isProject(object);

/** Applications that something else than files decides about may be anywhere. */
const isBeyond = ({ subject, plan, ofKind }: Cluster): boolean =>
  ofKind("ApplicationSet", ARGO_GROUP).some(({ object }) => applicationsOf(object, subject, plan) === undefined);

/** A path with a slip in it is said once, and not again about the folder that was meant. */
const leadsNowhere = (cluster: Cluster): boolean =>
  applicationsIn(cluster).some(({ sources }) =>
    sources.some((source) => {
      const folder = folderHere(source, cluster.plan);
      return folder !== undefined && ![...cluster.subject.paths].some((path) => isBelow(path, folder));
    }),
  );

const isListed = (folder: string, { kustomizations }: Subject): boolean =>
  [...kustomizations.values()].some(({ entries }) => entries.some(({ path }) => path === folder));

// Prose and records name paths too, and apply nothing.
const APPLIES = /\.(ya?ml|sh|toml)$|(^|\/)(Makefile|justfile)$/;

/** By an Application that itself is not applied, a script, or a line that was turned into a comment. */
function isNamed(
  folder: string,
  objects: readonly KubernetesObject[],
  { texts }: Subject,
  plan: Pick<Plan, "root">,
): boolean {
  const own = new Set(objects.map(({ file }) => file));
  const names = [folder, ...own].filter((path) => path !== "").map((path) => literally(fromTop(path, plan)));
  const name = new RegExp(`(${names.join("|")})(?![\\w./-])`);
  return [...texts].some(
    ([path, text]) => APPLIES.test(path) && !own.has(path) && !isBelow(path, STATE_FOLDER) && name.test(text),
  );
}

/** `isBuilt`: the folder has a kustomization.yaml, which takes what it lists. */
function left(folder: string, objects: readonly KubernetesObject[], cluster: Cluster, isBuilt: boolean): Finding {
  const [first] = objects;
  const others = new Set(objects.map(({ file }) => file)).size - 1;
  const more = others > 0 ? ` and ${others} more ${others === 1 ? "file" : "files"}` : "";
  const what = isBuilt ? folder : `${first?.file ?? ""} (${first?.kind ?? ""} ${first?.name ?? ""})${more}`;
  return toFinding(unreached, {
    message: `no Application leads to ${what}, so ${isBuilt || others === 0 ? "it is" : "they are"} not installed`,
    places: first === undefined ? [] : [first.place([])],
    fix: fixFor(folder, objects, cluster, isBuilt),
  });
}

function fixFor(folder: string, [first]: readonly KubernetesObject[], cluster: Cluster, isBuilt: boolean): string {
  const holder = isBuilt ? undefined : holderOf(first?.file ?? "", cluster);
  if (holder !== undefined)
    return `Application ${holder.name} applies ${holder.path} and leaves it out: directory.recurse and directory.exclude say what it takes`;
  const root = applicationsIn(cluster).find((application) =>
    broughtBy(application, cluster).some(({ object }) => object !== application.object && isApplication(object)),
  );
  return first !== undefined && isOfArgo(first) && root !== undefined
    ? `move it below ${root.sources[0]?.path ?? ""}, which Application ${root.name} applies`
    : `an Application whose path is ${fromTop(folder, cluster.plan)}, or remove it`;
}

/** An Application that takes manifests of the folder of a file or of one around it, and not only chosen ones. */
const holderOf = (file: string, cluster: Cluster): { readonly name: string; readonly path: string } | undefined =>
  applicationsIn(cluster)
    .flatMap(({ name, sources }) => sources.map((source) => ({ name, source, path: source.path ?? "" })))
    .find(({ source }) => {
      const from = folderHere(source, cluster.plan);
      const isOpen = at(source.value, "directory", "include") === undefined;
      if (from === undefined || !isOpen || toolFor(source, from, cluster.subject) !== "directory") return false;
      return isBelow(file, from);
    });
