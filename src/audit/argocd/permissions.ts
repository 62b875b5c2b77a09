/** What an AppProject allows, as Argo CD works it out (pkg/apis/application/v1alpha1/app_project_types.go, v3.5.1). */
import { asList, asMap, at } from "../../model/unknown.ts";
import type { KubernetesObject } from "../objects.ts";
import { asText, asTexts } from "../values.ts";
import { matches, type Dialect } from "./globs.ts";

const isDenial = (pattern: string): boolean => pattern.startsWith("!");

/** A denial is met by everything else. */
const isMet = (pattern: string, text: string, dialect: Dialect): boolean =>
  isDenial(pattern) ? !matches(pattern.slice(1), text, dialect) : pattern === "*" || matches(pattern, text, dialect);

/** IsSourcePermitted. */
export function allowsSource(project: KubernetesObject, repoURL: string): boolean {
  const patterns = asTexts(at(project.value, "spec", "sourceRepos")).map((pattern) =>
    isDenial(pattern) ? `!${tidy(pattern.slice(1))}` : tidy(pattern),
  );
  const url = tidy(repoURL);
  return (
    patterns.some((pattern) => isMet(pattern, url, "segments")) &&
    patterns.every((pattern) => !isDenial(pattern) || isMet(pattern, url, "segments"))
  );
}

/** NormalizeGitURL. */
function tidy(url: string): string {
  const lower = url.trim().toLowerCase();
  const path = /^[^/:]*@[^@]+$/.test(lower) ? lower.replace(":", "/") : lower;
  return path.replace(/\.git$/, "").replace(/^ssh:\/\//, "");
}

// Under both names Argo CD knows the cluster it runs in.
const SERVER = "https://kubernetes.default.svc";
const NAME = "in-cluster";

/** isDestinationMatched, for the cluster Argo CD runs in. */
export function allowsNamespace(project: KubernetesObject, namespace: string): boolean {
  let isMatched = false;
  for (const item of asList(at(project.value, "spec", "destinations"))) {
    const [server, name, where] = ["server", "name", "namespace"].map((field) => asText(at(item, field)) ?? "");
    const isServer = isMet(server ?? "", SERVER, "anything");
    const isName = isMet(name ?? "", NAME, "anything");
    const isThere = isMet(where ?? "", namespace, "anything");
    if ((isServer || isName) && isThere) isMatched = true;
    else if ((!isName && isDenial(name ?? "")) || (!isServer && isDenial(server ?? "") && isThere)) return false;
    else if (!isThere && isDenial(where ?? "") && isServer) return false;
  }
  return isMatched;
}

/** IsGroupKindNamePermitted, of what is in no namespace. */
export function allowsClusterWide(project: KubernetesObject, object: KubernetesObject, name: string): boolean {
  const spec = asMap(project.value["spec"]);
  const isIn = (list: unknown): boolean =>
    asList(list).some(
      (item) =>
        matches(asText(at(item, "kind")) ?? "", object.kind, "plain") &&
        matches(asText(at(item, "group")) ?? "", object.group, "plain") &&
        matches(asText(at(item, "name")) ?? "*", name, "plain"),
    );
  return isIn(spec["clusterResourceWhitelist"]) && !isIn(spec["clusterResourceBlacklist"]);
}
