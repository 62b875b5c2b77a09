/** From Applications to everything they apply: an Application names folders, which may have more of them. */
import type { Plan } from "../../model/plan.ts";
import { at } from "../../model/unknown.ts";
import { build, unbuilt, type Instance, type Root } from "../builds.ts";
import type { KubernetesObject } from "../objects.ts";
import { folderOf } from "../paths.ts";
import type { Subject } from "../subject.ts";
import { asText } from "../values.ts";
import { applicationsOf } from "./applicationSets.ts";
import { filesTaken } from "./directories.ts";
import { ARGO_NAMESPACE, isApplication, isApplicationSet, ROOT } from "./names.ts";
import { folderHere, sourcesOf, toolFor, type Source } from "./sources.ts";

type Here = Pick<Plan, "root" | "repository">;

/** Every object that Argo CD comes to, beginning at the Application that applies all others. */
export function argoObjects(subject: Subject, plan: Here): readonly Instance[] {
  const led = new Map<KubernetesObject, readonly Instance[]>();
  const leadsTo = (object: KubernetesObject): readonly Instance[] => {
    const known = led.get(object) ?? appliedBy(object, subject, plan);
    led.set(object, known);
    return known;
  };
  const first = beginnings(subject, leadsTo).map(standing);
  const found: Instance[] = [];
  const visited = new Set<KubernetesObject>();
  const waiting = [...first];
  for (let instance = waiting.shift(); instance !== undefined; instance = waiting.shift()) {
    if (visited.has(instance.object)) continue;
    visited.add(instance.object);
    const next = leadsTo(instance.object);
    found.push(...next);
    waiting.push(...next.filter(({ object }) => isApplication(object) || isApplicationSet(object)));
  }
  // The first may lie in its own folder; one that does not was applied by hand.
  const applied = new Set(found.map(({ object }) => object));
  return [...first.filter(({ object }) => !applied.has(object)), ...found];
}

/** By hand, or at bootstrap. */
const standing = (object: KubernetesObject): Instance => ({
  object,
  name: object.name,
  namespace: object.namespace ?? ARGO_NAMESPACE,
  root: { folder: folderOf(object.file) },
  isPatched: false,
});

type LeadsTo = (object: KubernetesObject) => readonly Instance[];

/** The one with the agreed name; else all that no other leads to. */
function beginnings({ objects }: Subject, leadsTo: LeadsTo): readonly KubernetesObject[] {
  const all = objects.filter((object) => isApplication(object) || isApplicationSet(object));
  const roots = all.filter((object) => isApplication(object) && object.name === ROOT);
  if (roots.length > 0) return roots;
  const led = new Set(
    all.flatMap((object) => leadsTo(object).flatMap((instance) => (instance.object === object ? [] : instance.object))),
  );
  return all.filter((object) => !led.has(object));
}

/** What one Application or ApplicationSet puts into the cluster, and nothing of what that puts there in turn. */
function appliedBy(object: KubernetesObject, subject: Subject, plan: Here): readonly Instance[] {
  if (isApplicationSet(object))
    return (applicationsOf(object, subject, plan) ?? []).map((made) => ({ ...standing(made), root: rootOf(object) }));
  return isHome(object) ? sourcesOf(object).flatMap((source) => brought(source, object, subject, plan)) : [];
}

const rootOf = (object: KubernetesObject): Root => ({ folder: folderOf(object.file), by: object });

/** Where Argo CD runs itself: a cluster that is called otherwise is another one. */
const HOME = "https://kubernetes.default.svc";

export function isHome({ value }: KubernetesObject): boolean {
  const destination = at(value, "spec", "destination");
  const [server, name] = [asText(at(destination, "server")), asText(at(destination, "name"))];
  return server === undefined ? name === undefined || name === "in-cluster" : server === HOME;
}

function brought(source: Source, by: KubernetesObject, subject: Subject, plan: Here): readonly Instance[] {
  const folder = folderHere(source, plan);
  if (folder === undefined) return [];
  const tool = toolFor(source, folder, subject);
  const root = {
    folder,
    // Application, spec.destination.namespace: for objects that have no namespace.
    namespace: asText(at(by.value, "spec", "destination", "namespace")),
    by,
  };
  if (tool === "kustomize" && subject.kustomizations.has(folder))
    return build({ ...root, around: inWordsOfKustomize(source) }, subject);
  return tool === "directory"
    ? unbuilt(
        root,
        filesTaken(source, folder, subject).flatMap((file) => subject.inFile.get(file) ?? []),
      )
    : [];
}

/** `kustomize` of a source is edited into the kustomization (util/kustomize/kustomize.go: Build). */
const inWordsOfKustomize = ({ value }: Source) => {
  const said = (field: string): unknown => at(value, "kustomize", field);
  return {
    namespace: said("namespace"),
    namePrefix: said("namePrefix"),
    nameSuffix: said("nameSuffix"),
    patches: said("patches"),
  };
};

export const applyByArgo = ({ file }: KubernetesObject): string => `have an Application apply ${folderOf(file)}`;
