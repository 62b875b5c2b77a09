/** The folders Flux is told to apply. */
import type { Finding } from "../../model/finding.ts";
import { suggest } from "../../model/suggest.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import { foldersAbove } from "../paths.ts";
import type { KubernetesObject } from "../objects.ts";
import { at } from "../../model/unknown.ts";
import { asText } from "../values.ts";
import { belowRoot, hasFiles } from "../repository.ts";
import { deployedFolder, isFluxInstance } from "./deployments.ts";
import { KUSTOMIZE_GROUP } from "./names.ts";

export const missingFolder: Audit = {
  id: "FLUX-PATH",
  severity: "error",
  title: "Flux is told to apply a folder that is not there or has no manifests.",
  because: "Flux reports that the path is not found and applies nothing of it, and what waits for it never starts.",
  source: "fluxcd.io/flux/components/kustomize/kustomizations, Path; FluxInstance, spec.sync.path",
};

export function* paths({ subject, plan, ofKind }: Cluster): Generator<Finding> {
  for (const object of subject.objects.filter(isFluxInstance)) {
    const path = asText(at(object.value, "spec", "sync", "path"));
    const folder = path === undefined ? undefined : belowRoot(path, plan);
    if (path !== undefined && folder !== undefined && !hasFiles(folder, subject))
      yield absent(object, path, folder, ["spec", "sync", "path"], subject.paths);
  }
  for (const instance of ofKind("Kustomization", KUSTOMIZE_GROUP)) {
    const folder = deployedFolder(instance, subject, plan);
    const path = asText(at(instance.object.value, "spec", "path")) ?? "./";
    if (folder !== undefined && !hasFiles(folder, subject))
      yield absent(instance.object, path, folder, ["spec", "path"], subject.paths);
  }
}

function absent(
  object: KubernetesObject,
  path: string,
  folder: string,
  where: readonly string[],
  known: ReadonlySet<string>,
): Finding {
  const folders = new Set([...known].flatMap(foldersAbove));
  const near = folders.has(folder) ? undefined : suggest(folder, [...folders]);
  return toFinding(missingFolder, {
    message: folders.has(folder)
      ? `${object.kind} ${object.name} applies ${path}, which has neither a kustomization.yaml nor manifests`
      : `${object.kind} ${object.name} applies ${path}, and there is no such folder`,
    places: [object.place(where, "value")],
    fix:
      near === undefined
        ? "correct the path, counted from the top of the Git repository, or restore the folder from git"
        : `did you mean ./${near}? Paths are counted from the top of the Git repository`,
  });
}
