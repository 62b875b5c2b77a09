/** From Flux's own objects to everything it applies: a Kustomization names a folder, which may have more of them. */
import type { Plan } from "../../model/plan.ts";
import { build, topmost, type Instance, type Root } from "../builds.ts";
import type { KubernetesObject } from "../objects.ts";
import { folderOf } from "../paths.ts";
import { belowRoot, hasFiles, sameUrl } from "../repository.ts";
import { listerOf, type Subject } from "../subject.ts";
import { at } from "../../model/unknown.ts";
import { asText } from "../values.ts";
import { FLUX_SYSTEM, KUSTOMIZE_GROUP, OPERATOR_GROUP, SOURCE_GROUP } from "./names.ts";

type Place = Pick<Plan, "root" | "repository">;

/** Every object that Flux comes to, beginning at what it was told to sync. */
export function fluxObjects(subject: Subject, plan: Place): readonly Instance[] {
  const first = beginnings(subject, plan);
  const found = new Map(first.map((root) => [root, build(root, subject)]));
  const visited = new Set<KubernetesObject>();
  const waiting: Instance[] = [...found.values()].flat();
  for (let instance = waiting.shift(); instance !== undefined; instance = waiting.shift()) {
    if (!isFluxKustomization(instance.object) || visited.has(instance.object)) continue;
    visited.add(instance.object);
    const folder = deployedFolder(instance, subject, plan);
    if (folder === undefined) continue;
    const { object } = instance;
    const root = { folder, around: { namespace: at(object.value, "spec", "targetNamespace") }, by: object };
    found.set(root, build(root, subject));
    waiting.push(...(found.get(root) ?? []));
  }
  const instances = [...found.values()].flat();
  // After `flux bootstrap` the first Kustomization applies the folder it lies in.
  const deployed = new Set(instances.filter(({ root }) => !first.includes(root)).map(({ object }) => object));
  return instances.filter(({ root, object }) => !first.includes(root) || !deployed.has(object));
}

const isFluxKustomization = ({ kind, group }: KubernetesObject): boolean =>
  kind === "Kustomization" && group === KUSTOMIZE_GROUP;

/** The folder in this repository that a Kustomization applies. Undefined when it lies elsewhere or nobody can tell. */
export function deployedFolder({ object, namespace }: Instance, subject: Subject, plan: Place): string | undefined {
  const source = at(object.value, "spec", "sourceRef");
  const wanted = { name: asText(at(source, "name")) ?? "", namespace: asText(at(source, "namespace")) ?? namespace };
  const isOurs = ownSources(subject, plan).some(
    (own) => own.name === wanted.name && (own.namespace === wanted.namespace || own.namespace === undefined),
  );
  return isOurs ? belowRoot(asText(at(object.value, "spec", "path")) ?? "./", plan) : undefined;
}

interface Source {
  readonly name: string;
  readonly namespace: string | undefined;
}

/** Names under which this repository is known: what the FluxInstance makes, and sources with its URL. */
export function ownSources({ objects }: Subject, { repository }: Pick<Plan, "repository">): readonly Source[] {
  return [
    { name: FLUX_SYSTEM, namespace: FLUX_SYSTEM },
    ...objects.filter(isFluxInstance).map(({ value, namespace }) => ({
      // FluxInstance, spec.sync.name: the namespace of the instance when absent.
      name: asText(at(value, "spec", "sync", "name")) ?? namespace ?? FLUX_SYSTEM,
      namespace: namespace ?? FLUX_SYSTEM,
    })),
    ...objects
      .filter(({ kind, group, value }) => {
        const url = asText(at(value, "spec", "url"));
        return kind === "GitRepository" && group === SOURCE_GROUP && url !== undefined && sameUrl(url, repository.url);
      })
      .map(({ name, namespace }) => ({ name, namespace })),
  ];
}

export const isFluxInstance = ({ kind, group }: KubernetesObject): boolean =>
  kind === "FluxInstance" && group === OPERATOR_GROUP;

/**
 * Where Flux begins: the folder the FluxInstance syncs. Where that is said outside the repository, every folder with
 * a Kustomization in it that is part of no other.
 */
function beginnings(subject: Subject, plan: Place): readonly Root[] {
  const synced = subject.objects.filter(isFluxInstance).flatMap(({ value }) => {
    const path = asText(at(value, "spec", "sync", "path"));
    const folder = path === undefined ? undefined : belowRoot(path, plan);
    return folder !== undefined && hasFiles(folder, subject) ? [folder] : [];
  });
  const folders = synced.length > 0 ? synced : tops(subject);
  return [...new Set(folders)].map((folder) => ({ folder }));
}

function tops(subject: Subject): readonly string[] {
  const standing = topmost(subject).filter((root) =>
    build(root, subject).some(({ object }) => isFluxKustomization(object)),
  );
  const alone = subject.objects.filter(
    (object) => isFluxKustomization(object) && listerOf(object.file, subject) === undefined,
  );
  return [...standing.map(({ folder }) => folder), ...alone.map(({ file }) => folderOf(file))];
}
