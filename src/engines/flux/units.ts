/** What Flux needs beside the shared files in a unit's folder: the release with its chart, and the list of files. */
import type { Catalog, OrderedUnit, Release } from "../../model/component.ts";
import { unitFolder } from "../../model/layout.ts";
import { repoPath } from "../../model/names.ts";
import { pinOf } from "../../model/pins.ts";
import type { Plan } from "../../model/plan.ts";
import type { Tree } from "../../model/tree.ts";
import { createTree } from "../../tree/tree.ts";
import { HELM_RELEASE, KUSTOMIZE, OCI_REPOSITORY, relative } from "./names.ts";
import { objectFile, type Entry } from "./objectFile.ts";

const VALUES = "values.yaml";

export function unitFiles(plan: Plan, units: readonly OrderedUnit[], shared: Tree, catalog: Catalog): Tree {
  return createTree(
    units.filter(({ remote }) => remote === undefined).flatMap((unit) => filesOf(unit, plan, shared, catalog)),
  );
}

function filesOf(unit: OrderedUnit, plan: Plan, shared: Tree, catalog: Catalog): readonly Entry[] {
  const folder = unitFolder(unit, plan);
  const objects = [...shared.keys()]
    .filter((path) => path.startsWith(`${folder}/`) && !path.endsWith(`/${VALUES}`))
    .map((path) => path.slice(folder.length + 1));
  const release = unit.release === undefined ? [] : releaseFiles(unit.release, catalog);
  const files = [...release, ["kustomization.yaml", kustomization(unit, [...objects, ...applied(release)])] as const];
  return files.map(([name, object]) => objectFile(repoPath(folder, name), [object], unit.id, unit.seeded));
}

type NamedObject = readonly [name: string, object: unknown];

const CONFIGURATION = "kustomizeconfig.yaml";

const releaseFiles = (release: Release, catalog: Catalog): readonly NamedObject[] => [
  ["helmrelease.yaml", helmRelease(release)],
  ["ocirepository.yaml", ociRepository(release, catalog)],
  [CONFIGURATION, referenceToValues],
];

const applied = (files: readonly NamedObject[]): readonly string[] =>
  files.map(([name]) => name).filter((name) => name !== CONFIGURATION);

const valuesName = ({ name }: Release): string => `${name}-values`;

/** The hash in the generated name changes with the values, and with it the HelmRelease: that is what starts an upgrade. */
function kustomization({ release }: OrderedUnit, files: readonly string[]) {
  return {
    ...KUSTOMIZE,
    resources: [...files].sort().map(relative),
    ...(release !== undefined && {
      configMapGenerator: [{ name: valuesName(release), files: [relative(VALUES)] }],
      configurations: [relative(CONFIGURATION)],
    }),
  };
}

/** Tells kustomize that a HelmRelease names the ConfigMap, so that it writes the hash there too. */
const referenceToValues = {
  nameReference: [
    { kind: "ConfigMap", version: "v1", fieldSpecs: [{ path: "spec/valuesFrom/name", kind: HELM_RELEASE.kind }] },
  ],
};

const helmRelease = (release: Release) => ({
  ...HELM_RELEASE,
  metadata: { name: release.name },
  spec: {
    chartRef: { kind: OCI_REPOSITORY.kind, name: release.name },
    interval: "1h",
    valuesFrom: [{ kind: "ConfigMap", name: valuesName(release) }],
  },
});

/** Without `copy` the layer is unpacked and the helm-controller finds no chart (Flux documentation, OCIRepository, layerSelector). */
function ociRepository({ name, chart }: Release, catalog: Catalog) {
  const { source, version } = pinOf(catalog.pins, chart);
  if (!source.startsWith("oci://")) throw new Error(`chart ${chart} is not in an OCI registry: ${source}`);
  return {
    ...OCI_REPOSITORY,
    metadata: { name },
    spec: {
      interval: "15m",
      layerSelector: { mediaType: "application/vnd.cncf.helm.chart.content.v1.tar+gzip", operation: "copy" },
      ref: { tag: version },
      url: source,
    },
  };
}
