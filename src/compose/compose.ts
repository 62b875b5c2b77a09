/**
 * Plan → repository. The table of contents of what is emitted: read this first, then follow the name you need.
 * Pure: the same plan, catalog and version give the same bytes.
 */
import type { Catalog } from "../model/component.ts";
import type { Plan } from "../model/plan.ts";
import type { Tree } from "../model/tree.ts";
import { unitsOf } from "../plan/units.ts";
import { joinTrees } from "../tree/tree.ts";
import { appsOf } from "./apps.ts";
import { documents } from "./docs/documents.ts";
import { evenPages } from "./docs/evenPages.ts";
import type { Extras } from "./extras.ts";
import { hostTree } from "./hosts/hosts.ts";
import { engineOf, platformsOf } from "./inUse.ts";
import { inOrder } from "./inOrder.ts";
import { kindsOf } from "./kinds.ts";
import { namespaceFiles, namespacesOf } from "./namespaces.ts";
import { registrationFiles } from "./registrations.ts";
import { repositoryFiles } from "./repositoryFiles.ts";
import { routerTree } from "./routers.ts";
import { fetchedSecrets } from "./secretFiles.ts";
import { secretsScript } from "./secretsScript.ts";
import { specFiles } from "./specFiles.ts";
import { unitFiles } from "./unitFiles.ts";

export interface Composition {
  readonly tree: Tree;
  readonly units: ReturnType<typeof inOrder>;
}

export function compose(plan: Plan, catalog: Catalog, extras: Extras): Composition {
  const engine = engineOf(plan, catalog);
  const platforms = platformsOf(plan, catalog);

  const steps = unitsOf(plan, catalog);
  const ofUnits = unitFiles(steps, plan, catalog);
  const early = [
    ...steps.filter((unit) => unit.early).map(({ id }) => id),
    ...platforms.flatMap((platform) => platform.early(plan)),
  ];
  const units = inOrder(steps, kindsOf(steps, ofUnits, plan), early, plan);
  const shared = joinTrees(ofUnits, fetchedSecrets(units, plan));

  const apps = appsOf(units);
  const namespaces = namespacesOf(units);
  const ofPlatforms = evenPages(joinTrees(...platforms.map((platform) => platform.files(plan, units, catalog))));
  const ofComponents = evenPages(
    joinTrees(
      ...plan.chosen.map((chosen) => chosen.component.files?.(plan, chosen.options, chosen, catalog) ?? new Map()),
    ),
  );
  const ofRouters = evenPages(routerTree(plan, catalog));
  const ofHosts = evenPages(hostTree(plan, catalog));
  const tree = joinTrees(
    shared,
    namespaceFiles(namespaces, engine, plan),
    registrationFiles(
      [
        ...namespaces.flatMap(({ name }) => engine.registerNamespace(name, plan)),
        ...apps.flatMap((app) => engine.register(app, plan)),
      ],
      engine,
    ),
    engine.root(plan, units, shared, catalog),
    ...apps.map((app) => engine.app(app, plan, units, shared, catalog)),
    ofPlatforms,
    ofComponents,
    ofRouters,
    ofHosts,
    secretsScript(plan, units, catalog),
    documents(plan, units, catalog, extras, joinTrees(ofPlatforms, ofComponents, ofRouters, ofHosts)),
    repositoryFiles(plan, units, catalog, extras),
    specFiles(plan, catalog, extras),
  );
  return { tree, units };
}
