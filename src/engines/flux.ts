/**
 * Flux: one Kustomization a unit, with `dependsOn` for the order and `wait` for readiness; charts by OCI, values from
 * the file both engines share. Every object is `kubernetes/apps/<namespace>/<app>/…`, as Flux users expect it.
 */
import type { Engine } from "../model/component.ts";
import { joinTrees } from "../tree/tree.ts";
import { appFiles } from "./flux/apps.ts";
import { bootstrapFiles } from "./flux/bootstrap.ts";
import { namespaceFiles } from "./flux/namespaces.ts";
import { rootFiles } from "./flux/root.ts";
import { unitFiles } from "./flux/units.ts";

export const flux: Engine = {
  id: "flux",
  title: "Flux",
  summary: "controllers in the cluster that pull this repository and apply it; no web interface of their own",
  files: (plan, units, shared, catalog) =>
    joinTrees(
      rootFiles(plan),
      namespaceFiles(plan, units),
      appFiles(plan, units, catalog),
      unitFiles(plan, units, shared, catalog),
      bootstrapFiles(plan, units, catalog),
    ),
};
