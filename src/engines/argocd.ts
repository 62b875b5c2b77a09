/**
 * Argo CD: one Application a unit, found by an Application of Applications; waves for the order, a health check for
 * readiness; values from the file all engines share. Nothing has to be listed: what lies below kubernetes/argo is applied.
 */
import type { Engine } from "../model/component.ts";
import { joinTrees } from "../tree/tree.ts";
import { appFiles, applicationsFile } from "./argocd/applications.ts";
import { ENGINE_NAMESPACE, KEEP, KINDS } from "./argocd/names.ts";
import { mentions, projectFiles } from "./argocd/projects.ts";
import { rootFile, rootFiles } from "./argocd/root.ts";
import { bootstrapScript } from "./bootstrapScript.ts";

export const argocd: Engine = {
  id: "argocd",
  title: "Argo CD",
  keep: KEEP,
  // It prunes what Helm would keep, and looks at that word only when an Application is deleted (controller/appcontroller.go).
  keepMade: KEEP,
  oneNamespace: true,
  namespace: ENGINE_NAMESPACE,
  entry: rootFile,
  // Rollouts, Workflows and Events are of the same group, and not of Argo CD.
  isOwn: (group, kind) => group === "argoproj.io" && KINDS.includes(kind),
  fileOf: applicationsFile,
  watch: "kubectl get applications.argoproj.io --namespace argocd --watch",
  renovate: "argocd",
  pins: ["kubectl", "helm"],
  root: (plan, units, shared, catalog) =>
    joinTrees(
      rootFiles(plan),
      projectFiles(plan, units, shared, catalog),
      bootstrapScript({ id: "argocd", title: "Argo CD" }, plan, units, catalog),
    ),
  app: appFiles,
  register: () => [],
  mentions,
  registerNamespace: () => [],
};
