/**
 * Flux: one Kustomization a unit, with `dependsOn` for the order and `wait` for readiness; values from the file all
 * engines share. Every object is `kubernetes/apps/<namespace>/<app>/…`, as Flux users expect it.
 */
import type { Engine } from "../model/component.ts";
import { joinTrees } from "../tree/tree.ts";
import { bootstrapScript } from "./bootstrapScript.ts";
import { kustomizations, stepsFile } from "./flux/kustomizations.ts";
import { ENGINE_NAMESPACE } from "./flux/names.ts";
import { register, registerNamespace } from "./flux/register.ts";
import { rootFile, rootFiles } from "./flux/root.ts";
import { unitFiles } from "./flux/units.ts";

/** Of the controllers, of extensions, and of the operator that installs them. */
const GROUPS = ["toolkit.fluxcd.io", "extensions.fluxcd.io", "fluxcd.controlplane.io"];

export const flux: Engine = {
  id: "flux",
  title: "Flux",
  keep: { "kustomize.toolkit.fluxcd.io/prune": "disabled" },
  namespace: ENGINE_NAMESPACE,
  entry: rootFile,
  isOwn: (group) => GROUPS.some((own) => group === own || group.endsWith(`.${own}`)),
  fileOf: stepsFile,
  watch: "kubectl get kustomizations.kustomize.toolkit.fluxcd.io --all-namespaces --watch",
  renovate: "flux",
  pins: ["kubectl", "helm"],
  root: (plan, units, _shared, catalog) =>
    joinTrees(rootFiles(plan), bootstrapScript({ id: "flux", title: "Flux" }, plan, units, catalog)),
  app: (app, plan, units, shared, catalog) =>
    joinTrees(kustomizations(app, units, plan, catalog), unitFiles(app, plan, shared, catalog)),
  register,
  registerNamespace,
};
