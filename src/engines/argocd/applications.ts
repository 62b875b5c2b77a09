/**
 * kubernetes/argo/apps/<namespace>/<app>.yaml: an Application for each unit of an app, and beside the objects of a unit
 * the list of them.
 */
import type { App, Catalog, Engine } from "../../model/component.ts";
import { at, objectNameOf, unitFolder } from "../../model/layout.ts";
import { repoPath } from "../../model/names.ts";
import type { Plan } from "../../model/plan.ts";
import type { Tree } from "../../model/tree.ts";
import type { OrderedUnit } from "../../model/unit.ts";
import { createTree } from "../../tree/tree.ts";
import { objectFile, type Entry } from "../objectFile.ts";
import { kindsOf, objectsIn } from "../sharedFiles.ts";
import { APPLICATION, CASCADE, CLUSTER, ENGINE, ENGINE_NAMESPACE, FOLDER, KUSTOMIZE, type Project } from "./names.ts";
import { hasFolder, sourcesOf } from "./sources.ts";
import { inWave, isOfUser, waveOf } from "./waves.ts";

export const applicationsFile: Engine["fileOf"] = ({ namespace, name }, plan) =>
  at(plan, FOLDER, "apps", namespace, `${name}.yaml`);

export function appFiles(app: App, plan: Plan, units: readonly OrderedUnit[], shared: Tree, catalog: Catalog): Tree {
  const path = applicationsFile(app, plan);
  const applications = app.units.map((unit) => applicationOf(unit, plan, units, shared, catalog));
  const seeded = app.units.every((unit) => unit.seeded);
  return createTree([
    objectFile(path, applications, ENGINE, seeded),
    ...app.units.flatMap((unit) => listOf(unit, plan, shared)),
  ]);
}

function listOf(unit: OrderedUnit, plan: Plan, shared: Tree): readonly Entry[] {
  if (!hasFolder(unit, plan, shared)) return [];
  const files = objectsIn(unit, plan, shared);
  const list = { ...KUSTOMIZE, resources: [...files].sort().map((file) => `./${file}`) };
  return [objectFile(repoPath(unitFolder(unit, plan), "kustomization.yaml"), [list], unit.id, unit.seeded)];
}

function applicationOf(
  unit: OrderedUnit,
  plan: Plan,
  units: readonly OrderedUnit[],
  shared: Tree,
  catalog: Catalog,
): object {
  return application({
    name: objectNameOf(unit),
    wave: waveOf(unit, units, plan),
    project: isOfUser(unit, plan) ? "apps" : "network",
    namespace: unit.namespace,
    sources: sourcesOf(unit, plan, units, shared, catalog),
    cascade: isCascading(unit, plan, shared),
    prune: unit.remote === undefined,
    waits: unit.dependsOn.length > 0,
  });
}

/** What the nodes, the engine or objects of others live on stays when its Application goes. */
const isCascading = (unit: OrderedUnit, plan: Plan, shared: Tree): boolean =>
  !unit.early &&
  unit.remote === undefined &&
  (unit.release?.installs ?? []).length === 0 &&
  !kindsOf(unit, plan, shared).includes("apiextensions.k8s.io/CustomResourceDefinition");

export interface Wanted {
  readonly name: string;
  readonly wave?: number;
  readonly project: Project;
  readonly namespace: string;
  /** `source` or `sources`. */
  readonly sources: object;
  /** Deleting it deletes what it applied. */
  readonly cascade?: boolean;
  /** What left its files is deleted. */
  readonly prune?: boolean;
  /** Kinds of its objects may come with another Application. */
  readonly waits?: boolean;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Keys in the order of the API; what is absent is left out. */
export const application = (wanted: Wanted): object => ({
  ...APPLICATION,
  metadata: {
    name: wanted.name,
    namespace: ENGINE_NAMESPACE,
    annotations: wanted.wave === undefined ? undefined : { ...inWave(wanted.wave), ...wanted.annotations },
    finalizers: wanted.cascade ? [CASCADE] : undefined,
  },
  spec: {
    project: wanted.project,
    destination: { server: CLUSTER, namespace: wanted.namespace },
    ...wanted.sources,
    syncPolicy: {
      automated: { prune: wanted.prune ?? true, selfHeal: true },
      retry: RETRY,
      syncOptions: [
        // As bootstrap and Flux apply too: large resource types have no room in the annotation of the other way.
        "ServerSideApply=true",
        ...(wanted.waits ? ["SkipDryRunOnMissingResource=true"] : []),
      ],
    },
  },
});

/**
 * Without end, and each time with what the repository says by then: a sync that failed is not tried again otherwise, and
 * one that waits would never see its correction (Argo CD documentation, Automated Sync Policy).
 */
const RETRY = { limit: -1, refresh: true, backoff: { duration: "15s", factor: 2, maxDuration: "5m" } };
