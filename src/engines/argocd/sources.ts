/** Where Argo CD takes an Application from: this repository, a chart, or manifests of somebody else. */
import { objectsIn } from "../sharedFiles.ts";
import { unitFolder, VALUES } from "../../model/layout.ts";
import { keepsSecretsBeside } from "../../model/keptSecrets.ts";
import { pinOf } from "../../model/pins.ts";
import type { Plan } from "../../model/plan.ts";
import type { Catalog } from "../../model/component.ts";
import type { Tree } from "../../model/tree.ts";
import type { OrderedUnit, Pin } from "../../model/unit.ts";
import { VALUES_REF } from "./names.ts";
import { isOfUser } from "./waves.ts";

const OCI = "oci://";

export const ownRepository = ({ repository: { url, branch } }: Plan) => ({ repoURL: url, targetRevision: branch });

/**
 * Whether there is something to apply in its folder beside values, or will be as soon as somebody fills it in. An app gets a
 * route whenever somebody wants one.
 */
export const hasFolder = (unit: OrderedUnit, plan: Plan, shared: Tree): boolean =>
  objectsIn(unit, plan, shared).length > 0 || keepsSecretsBeside(unit, plan) || isOfUser(unit, plan);

/** `source` where there is one, `sources` where there are several: with both, Argo CD takes the second without a word. */
export function sourcesOf(
  unit: OrderedUnit,
  plan: Plan,
  units: readonly OrderedUnit[],
  shared: Tree,
  catalog: Catalog,
): object {
  if (unit.remote !== undefined) {
    const { source, version } = pinOf(catalog.pins, unit.remote.pin);
    return { source: { repoURL: source, targetRevision: version, path: unit.remote.path } };
  }
  const objects = hasFolder(unit, plan, shared) && { path: unitFolder(unit, plan) };
  if (unit.release === undefined) return { source: { ...ownRepository(plan), ...objects } };
  return {
    sources: [
      {
        ...placeOf(pinOf(catalog.pins, unit.release.chart)),
        targetRevision: pinOf(catalog.pins, unit.release.chart).version,
        helm: {
          releaseName: unit.release.name,
          valueFiles: [`$${VALUES_REF}/${unitFolder(unit, plan)}/${VALUES}`],
          ...(!unit.seeded && !bringsTypes(unit, units) && { skipCrds: true }),
        },
      },
      { ...ownRepository(plan), ref: VALUES_REF, ...objects },
    ],
  };
}

const installedBy = ({ release, remote }: OrderedUnit): readonly string[] =>
  [release, remote].flatMap((part) => part?.installs ?? []);

/**
 * Of several steps with the same types the first has them. Types that another brings would have two owners, which take
 * them from each other without end: a chart has its types in it wherever it is installed.
 */
function bringsTypes(unit: OrderedUnit, units: readonly OrderedUnit[]): boolean {
  const own = installedBy(unit);
  return units.find((other) => installedBy(other).some((kind) => own.includes(kind)))?.id === unit.id;
}

/** A registry without its scheme and the chart as its last part (Argo CD documentation, Helm: OCI), or a repository and its chart. */
function placeOf({ id, source, chart: name }: Pin): { readonly repoURL: string; readonly chart: string } {
  if (source.startsWith(OCI)) {
    const path = source.slice(OCI.length);
    const cut = path.lastIndexOf("/");
    return { repoURL: path.slice(0, cut), chart: path.slice(cut + 1) };
  }
  if (name === undefined) throw new Error(`pin ${id} names a chart repository and no chart in it`);
  return { repoURL: source, chart: name };
}

/** As `sourceRepos` of a project spell them. */
export function repositoriesOf(units: readonly OrderedUnit[], plan: Plan, { pins }: Catalog): readonly string[] {
  const others = units.flatMap(({ release, remote }) => [
    ...(release === undefined ? [] : [placeOf(pinOf(pins, release.chart)).repoURL]),
    ...(remote === undefined ? [] : [pinOf(pins, remote.pin).source]),
  ]);
  return [plan.repository.url, ...[...new Set(others)].sort()];
}
