/** ks.yaml of each app: one Kustomization a unit, and the source of manifests that lie in somebody else's repository. */
import type { App, Catalog, Engine } from "../../model/component.ts";
import type { OrderedUnit, RemoteManifests } from "../../model/unit.ts";
import { namespaceFolder, objectNameOf, unitFolder } from "../../model/layout.ts";
import { repoPath } from "../../model/names.ts";
import { pinOf } from "../../model/pins.ts";
import type { Plan } from "../../model/plan.ts";
import type { Tree } from "../../model/tree.ts";
import { createTree } from "../../tree/tree.ts";
import { ENGINE, GIT_REPOSITORY, KEEP_LABEL, KUSTOMIZATION, REPOSITORY, relative } from "./names.ts";
import { objectFile } from "../objectFile.ts";

/** Long enough for an image of some hundred megabytes over a home line. */
const TIMEOUT = "10m";

export const stepsFile: Engine["fileOf"] = ({ namespace, name }, plan) =>
  repoPath(namespaceFolder(namespace, plan), name, "ks.yaml");

export function kustomizations(app: App, units: readonly OrderedUnit[], plan: Plan, catalog: Catalog): Tree {
  const path = stepsFile(app, plan);
  const objects = app.units.flatMap((unit) => documents(unit, units, plan, catalog));
  const seeded = app.units.every((unit) => unit.seeded);
  return createTree([objectFile(path, objects, ENGINE, seeded)]);
}

function documents(unit: OrderedUnit, units: readonly OrderedUnit[], plan: Plan, catalog: Catalog): readonly unknown[] {
  const order = { dependsOn: dependencies(unit, units) };
  return unit.remote === undefined ? [ours(unit, order, plan)] : theirs(unit, unit.remote, order, catalog);
}

const ours = (unit: OrderedUnit, order: object, plan: Plan) => ({
  ...KUSTOMIZATION,
  metadata: { name: objectNameOf(unit) },
  spec: {
    ...order,
    interval: "1h",
    path: relative(unitFolder(unit, plan)),
    prune: true,
    sourceRef: REPOSITORY,
    targetNamespace: unit.namespace,
    timeout: TIMEOUT,
    wait: true,
  },
});

/** A tag never moves, so it is looked at twice a day. Resource types are kept when the Kustomization goes. */
function theirs(unit: OrderedUnit, { pin, path }: RemoteManifests, order: object, catalog: Catalog) {
  const name = objectNameOf(unit);
  const { source, version } = pinOf(catalog.pins, pin);
  return [
    {
      ...GIT_REPOSITORY,
      metadata: { name },
      spec: { interval: "12h", ref: { tag: version }, sparseCheckout: [path], url: source },
    },
    {
      ...KUSTOMIZATION,
      metadata: { name, labels: KEEP_LABEL },
      spec: {
        ...order,
        deletionPolicy: "Orphan",
        interval: "1h",
        path: relative(path),
        prune: false,
        retryInterval: "2m",
        sourceRef: { kind: GIT_REPOSITORY.kind, name },
        timeout: TIMEOUT,
        wait: true,
      },
    },
  ];
}

/** Names of Kustomizations; the namespace where it is another one. */
function dependencies(unit: OrderedUnit, units: readonly OrderedUnit[]) {
  if (unit.dependsOn.length === 0) return undefined;
  return unit.dependsOn.map((id) => {
    const other = units.find((candidate) => candidate.id === id);
    if (other === undefined) throw new Error(`${unit.id} comes after ${id}, which is no unit of this plan`);
    return { name: objectNameOf(other), namespace: other.namespace === unit.namespace ? undefined : other.namespace };
  });
}
