/** Sources of an Application: where its objects and charts come from. */
import type { Plan } from "../../model/plan.ts";
import { asList, asMap, at, isMap, type Mapping } from "../../model/unknown.ts";
import type { Path } from "../../yaml/stream.ts";
import { join } from "../paths.ts";
import type { KubernetesObject } from "../objects.ts";
import { belowRoot, sameUrl } from "../repository.ts";
import type { Subject } from "../subject.ts";
import { asText } from "../values.ts";

export interface Source {
  /** Where it stands in the Application. */
  readonly at: Path;
  readonly value: Mapping;
  readonly repoURL: string | undefined;
  readonly chart: string | undefined;
  readonly path: string | undefined;
  readonly ref: string | undefined;
  readonly revision: string | undefined;
}

/** Those that count: `sources` where it has any, else `source` (types.go, ApplicationSpec.GetSources). */
export function sourcesOf({ value }: KubernetesObject): readonly Source[] {
  const spec = asMap(value["spec"]);
  const several = asList(spec["sources"]);
  const dry = at(spec, "sourceHydrator", "drySource");
  if (isMap(dry)) return [sourceAt(dry, ["spec", "sourceHydrator", "drySource"])];
  if (several.length > 0) return several.map((source, index) => sourceAt(asMap(source), ["spec", "sources", index]));
  return isMap(spec["source"]) ? [sourceAt(spec["source"], ["spec", "source"])] : [];
}

const sourceAt = (value: Mapping, path: Path): Source => ({
  at: path,
  value,
  repoURL: asText(value["repoURL"]),
  chart: asText(value["chart"]),
  path: asText(value["path"]),
  ref: asText(value["ref"]),
  revision: asText(value["targetRevision"]),
});

type Here = Pick<Plan, "root" | "repository">;

/** Whether it is this repository, as it lies here: what another branch has nobody can look at. */
export function isHere({ repoURL, chart, revision }: Source, { repository }: Here): boolean {
  if (repoURL === undefined || chart !== undefined || !sameUrl(repoURL, repository.url)) return false;
  return revision === undefined || ["HEAD", repository.branch, `refs/heads/${repository.branch}`].includes(revision);
}

/**
 * The folder in this repository that it applies. Undefined when it lies elsewhere, only brings values, or is counted from
 * the root of a disk, which Argo CD refuses (util/app/path).
 */
export function folderHere(source: Source, plan: Here): string | undefined {
  const { path } = source;
  return path === undefined || path.startsWith("/") || !isHere(source, plan) ? undefined : belowRoot(path, plan);
}

export type Tool = "kustomize" | "helm" | "plugin" | "directory";

/** Who makes objects of the folder: as the source says, or by what lies in it (reposerver: GetAppSourceType, discovery.go). */
export function toolFor({ value }: Source, folder: string, { kustomizations, paths }: Subject): Tool {
  const said = (["kustomize", "helm", "directory", "plugin"] as const).find((tool) => !isNothing(tool, value[tool]));
  if (said !== undefined) return said;
  if (kustomizations.has(folder)) return "kustomize";
  return paths.has(join(folder, "Chart.yaml")) ? "helm" : "directory";
}

/** `directory` that changes nothing is as if it were not there (util/argo: NormalizeSource). */
const isNothing = (tool: string, value: unknown): boolean =>
  !isMap(value) ||
  Object.keys(value).length === 0 ||
  (tool === "directory" && Object.values(value).every((field) => field === false || field === ""));
