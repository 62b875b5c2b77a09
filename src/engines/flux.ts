/**
 * Flux: one Kustomization a unit, with `dependsOn` for the order and `wait` for readiness; values from the file all
 * engines share. Every object is `kubernetes/apps/<namespace>/<app>/…`, as Flux users expect it.
 */
import type { Engine } from "../model/component.ts";
import { joinTrees } from "../tree/tree.ts";
import { bootstrapFiles } from "./flux/bootstrap.ts";
import { kustomizations } from "./flux/kustomizations.ts";
import { register, registerNamespace } from "./flux/register.ts";
import { rootFiles } from "./flux/root.ts";
import { unitFiles } from "./flux/units.ts";

export const flux: Engine = {
  id: "flux",
  title: "Flux",
  summary: "controllers in the cluster that pull this repository and apply it; no web interface of their own",
  proposed: "it runs without an interface of its own to log in to",
  keep: { "kustomize.toolkit.fluxcd.io/prune": "disabled" },
  pins: ["kubectl", "helm"],
  root: (plan, units, catalog) => joinTrees(rootFiles(plan), bootstrapFiles(plan, units, catalog)),
  app: (app, plan, units, shared, catalog) =>
    joinTrees(kustomizations(app, units, plan, catalog), unitFiles(app, plan, shared, catalog)),
  register,
  registerNamespace,
};
