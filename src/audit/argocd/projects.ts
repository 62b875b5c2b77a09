/** Projects: every Application is in one, and may do what that allows. */
import type { Finding } from "../../model/finding.ts";
import { suggest } from "../../model/suggest.ts";
import { asMap, at } from "../../model/unknown.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Instance } from "../builds.ts";
import type { Cluster } from "../cluster.ts";
import { isClusterWide } from "../../model/clusterWide.ts";
import type { KubernetesObject } from "../objects.ts";
import { releasesOf } from "../releases.ts";
import { asText, asTexts, grouped } from "../values.ts";
import { applicationsIn, broughtBy, type Application } from "./applications.ts";
import { isHome } from "./deployments.ts";
import { ARGO_GROUP, DEFAULT_PROJECT } from "./names.ts";
import { allowsClusterWide, allowsNamespace, allowsSource } from "./permissions.ts";

export const missingProject: Audit = {
  id: "ARGO-PROJECT",
  severity: "error",
  title: "An Application is in a project that does not exist.",
  because: "Argo CD refuses the Application (InvalidSpecError) and syncs nothing of it.",
  source: "argo-cd.readthedocs.io, Projects",
};

export const notAllowed: Audit = {
  id: "ARGO-ALLOWED",
  severity: "error",
  title: "An Application does what its project does not allow.",
  because: "Argo CD refuses the Application, or stops its sync at the object that is not allowed.",
  source: "argo-cd.readthedocs.io, Projects; app_project_types.go v3.5.1",
};

export function* projects(cluster: Cluster): Generator<Finding> {
  for (const application of applicationsIn(cluster)) {
    const wanted = asText(at(application.object.value, "spec", "project")) ?? DEFAULT_PROJECT;
    const project = cluster.ofKind("AppProject", ARGO_GROUP).find(({ name }) => name === wanted);
    if (project === undefined) yield* missing(application, wanted, cluster);
    else if (!project.isPatched) yield* refused(application, project.object, cluster);
  }
}

function* missing({ object, name }: Application, wanted: string, cluster: Cluster): Generator<Finding> {
  const { ofKind, unlisted, toApply } = cluster;
  if (wanted === DEFAULT_PROJECT || madeByChart(wanted, cluster)) return;
  const off = unlisted({ kind: "AppProject", name: wanted });
  const names = ofKind("AppProject", ARGO_GROUP).map((project) => project.name);
  const near = suggest(wanted, names);
  yield toFinding(missingProject, {
    message: `Application ${name} is in project ${wanted}, which does not exist`,
    places: [object.place(["spec", "project"], "value")],
    fix:
      off !== undefined
        ? toApply(off)
        : near !== undefined
          ? `did you mean ${near}?`
          : `one of ${[...new Set([...names, DEFAULT_PROJECT])].join(", ")}, or an AppProject called ${wanted}`,
  });
}

/** By argocd-apps (`projects`), or with whatever a chart applies besides. */
const madeByChart = (name: string, cluster: Cluster): boolean =>
  releasesOf(cluster).some(({ values }) =>
    values.some(
      ({ value }) =>
        asMap(value["projects"])[name] !== undefined ||
        JSON.stringify(value["extraObjects"] ?? []).includes(`"${name}"`),
    ),
  );

function* refused(application: Application, project: KubernetesObject, cluster: Cluster): Generator<Finding> {
  const { object, name, sources } = application;
  const foreign = sources.filter(({ repoURL }) => repoURL !== undefined && !allowsSource(project, repoURL));
  for (const source of new Map(foreign.map((one) => [one.repoURL, one])).values())
    yield toFinding(notAllowed, {
      message: `Application ${name} fetches ${source.repoURL ?? ""}, which project ${project.name} does not allow`,
      places: [object.place([...source.at, "repoURL"], "value"), project.place(["spec", "sourceRepos"], "key")],
      fix: isDenied("sourceRepos", project)
        ? `what begins with ! in sourceRepos of ${project.file} leaves it out, or nothing there names it`
        : `- ${source.repoURL ?? ""} in sourceRepos of ${project.file}`,
    });
  if (!isHome(object)) return;
  const home = asText(at(object.value, "spec", "destination", "namespace")) ?? "";
  if (!allowsNamespace(project, home)) {
    yield toFinding(notAllowed, {
      message: `Application ${name} goes to namespace ${home}, which project ${project.name} does not allow`,
      places: [object.place(["spec", "destination"], "key"), project.place(["spec", "destinations"], "key")],
      fix: `a destination with namespace: ${home} in ${project.file}`,
    });
    return;
  }
  for (const [, same] of grouped(
    broughtBy(application, cluster).filter((one) => !isFine(one, project)),
    subjectOf,
  ))
    yield* objects(same, application, project);
}

const isDenied = (list: string, { value }: KubernetesObject): boolean =>
  asTexts(at(value, "spec", list)).some((pattern) => pattern.startsWith("!"));

const isFine = ({ object, name, namespace }: Instance, project: KubernetesObject): boolean =>
  isClusterWide(object.kind, object.group)
    ? allowsClusterWide(project, object, name)
    : namespace === undefined || allowsNamespace(project, namespace);

const subjectOf = ({ object, namespace }: Instance): string =>
  isClusterWide(object.kind, object.group) ? `${object.group}/${object.kind}` : (namespace ?? "");

function* objects(same: readonly Instance[], { name }: Application, project: KubernetesObject): Generator<Finding> {
  const [first] = same;
  if (first === undefined) return;
  const { object, namespace } = first;
  const isWide = isClusterWide(object.kind, object.group);
  const isListed = at(project.value, "spec", "clusterResourceBlacklist") !== undefined;
  const more = same.length > 1 ? ` and ${same.length - 1} more` : "";
  yield toFinding(notAllowed, {
    message: isWide
      ? `Application ${name} has ${object.kind} ${first.name}${more}, and project ${project.name} does not allow that kind`
      : `Application ${name} has ${object.kind} ${first.name}${more} in namespace ${namespace ?? ""}, which project ${project.name} does not allow`,
    places: [
      object.place(isWide ? ["kind"] : ["metadata", "namespace"], "value"),
      project.place(["spec", isWide ? "clusterResourceWhitelist" : "destinations"], "key"),
    ],
    fix: isWide
      ? `${isListed ? `nothing for it in clusterResourceBlacklist of ${project.file}, and ` : ""}- { group: ${object.group === "" ? '""' : object.group}, kind: ${object.kind} } in clusterResourceWhitelist of ${project.file}`
      : `a destination with namespace: ${namespace ?? ""} in ${project.file}`,
  });
}
