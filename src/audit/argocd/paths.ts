/** The folders Argo CD is told to apply, and what it takes of them. */
import type { Finding } from "../../model/finding.ts";
import { suggest } from "../../model/suggest.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import { foldersAbove, folderOf, join } from "../paths.ts";
import { fromTop } from "../repository.ts";
import { asText } from "../values.ts";
import { applicationsIn, type Application } from "./applications.ts";
import { filesTaken } from "./directories.ts";
import { folderHere, isHere, toolFor, type Source, type Tool } from "./sources.ts";

export const missingPath: Audit = {
  id: "ARGO-PATH",
  severity: "error",
  title: "Argo CD is told to apply a folder that is not there or has nothing for it.",
  because:
    "The Application has no objects: Argo CD reports that the path does not exist, or that all is well with nothing.",
  source: "argo-cd v3.5.1, util/app/path/path.go; reposerver/repository: findManifests",
};

export const rawKustomization: Audit = {
  id: "ARGO-RAW",
  severity: "error",
  title: "A kustomization.yaml is applied as if it were an object.",
  because:
    "A source of the kind directory builds nothing: the API server has no such kind, and the whole Application fails to sync.",
  source: "argo-cd.readthedocs.io, Directory: only works for plain manifest files",
};

export function* paths(cluster: Cluster): Generator<Finding> {
  for (const application of applicationsIn(cluster))
    for (const source of application.sources) {
      const path = source.path;
      if (path === undefined || !isHere(source, cluster.plan)) continue;
      if (path.startsWith("/")) yield absolute(application, source, path);
      const folder = folderHere(source, cluster.plan);
      if (path.startsWith("/") || folder === undefined) continue;
      const tool = toolFor(source, folder, cluster.subject);
      yield* empty(application, source, folder, tool, cluster);
      if (tool === "directory") yield* raw(application, source, folder, cluster);
    }
}

const placeOf = ({ object }: Application, { at: base }: Source, field = "path") =>
  object.place([...base, field], "value");

const absolute = (application: Application, source: Source, path: string): Finding =>
  toFinding(missingPath, {
    message: `Application ${application.name} applies ${path}, and a path that begins with / is refused`,
    places: [placeOf(application, source)],
    fix: `path: ${path.replace(/^\/+/, "")}, counted from the top of the Git repository`,
  });

function* empty(
  application: Application,
  source: Source,
  folder: string,
  tool: Tool,
  { subject, plan }: Cluster,
): Generator<Finding> {
  const folders = new Set([...subject.paths].flatMap(foldersAbove));
  const what = lackOf(source, folder, tool, { subject, folders });
  if (what === undefined) return;
  const near = folders.has(folder) ? undefined : suggest(folder, [...folders]);
  yield toFinding(missingPath, {
    message: `Application ${application.name} applies ${source.path ?? ""}, ${what}`,
    places: [placeOf(application, source)],
    fix:
      near === undefined
        ? "correct the path, counted from the top of the Git repository, or restore the folder from git"
        : `did you mean ${fromTop(near, plan)}? Paths are counted from the top of the Git repository`,
  });
}

/** As the end of a sentence. */
function lackOf(
  source: Source,
  folder: string,
  tool: Tool,
  { subject, folders }: Pick<Cluster, "subject"> & { readonly folders: ReadonlySet<string> },
): string | undefined {
  if (subject.paths.has(folder)) return "which is a file and no folder";
  if (!folders.has(folder)) return "and there is no such folder";
  if (tool === "kustomize" && !subject.kustomizations.has(folder)) return "which has no kustomization.yaml";
  if (tool === "helm" && !subject.paths.has(join(folder, "Chart.yaml"))) return "which has no Chart.yaml";
  if (tool !== "directory") return undefined;
  const taken = filesTaken(source, folder, subject);
  // What no YAML reader here understands may be a manifest all the same.
  const isManifest = (file: string): boolean =>
    /\.json(net)?$/.test(file) || (subject.inFile.get(file)?.length ?? 0) > 0;
  // One that brings values may have nothing else.
  if (taken.some(isManifest) || source.ref !== undefined) return undefined;
  return taken.length === 0 && source.value["directory"] !== undefined
    ? "and takes no file of it"
    : "which has neither a kustomization.yaml nor manifests";
}

function* raw(application: Application, source: Source, folder: string, { subject }: Cluster): Generator<Finding> {
  const taken = new Set(filesTaken(source, folder, subject));
  for (const { file, value, document } of subject.kustomizations.values())
    if (taken.has(file) && asText(value["apiVersion"]) !== undefined && asText(value["kind"]) !== undefined)
      yield toFinding(rawKustomization, {
        message: `Application ${application.name} takes ${file} for an object, as it takes every manifest of ${source.path ?? ""}`,
        places: [document.place(["kind"], "value"), placeOf(application, source)],
        fix:
          folderOf(file) === folder
            ? "remove directory from the source, so that the folder is built, or remove the kustomization.yaml"
            : `directory.exclude for it, and an Application of its own for ${folderOf(file)}; or remove the kustomization.yaml`,
      });
}
