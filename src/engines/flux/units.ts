/** What Flux needs beside the shared files in a unit's folder: the release with its chart, and the list of files. */
import type { App, Catalog } from "../../model/component.ts";
import type { OrderedUnit, Pin, Release } from "../../model/unit.ts";
import { unitFolder, VALUES } from "../../model/layout.ts";
import { repoPath } from "../../model/names.ts";
import { pinOf } from "../../model/pins.ts";
import type { Plan } from "../../model/plan.ts";
import type { Tree } from "../../model/tree.ts";
import { createTree } from "../../tree/tree.ts";
import { HELM_RELEASE, HELM_REPOSITORY, KUSTOMIZE, OCI_REPOSITORY, relative } from "./names.ts";
import { objectsIn } from "../sharedFiles.ts";
import { objectFile, type Entry } from "../objectFile.ts";

export function unitFiles({ units }: App, plan: Plan, shared: Tree, catalog: Catalog): Tree {
  return createTree(
    units.filter(({ remote }) => remote === undefined).flatMap((unit) => filesOf(unit, plan, shared, catalog)),
  );
}

function filesOf(unit: OrderedUnit, plan: Plan, shared: Tree, catalog: Catalog): readonly Entry[] {
  const folder = unitFolder(unit, plan);
  const objects = objectsIn(unit, plan, shared);
  const release = unit.release === undefined ? [] : releaseFiles(unit.release, catalog);
  const files = [...release, ["kustomization.yaml", kustomization(unit, [...objects, ...applied(release)])] as const];
  return files.map(([name, object]) => objectFile(repoPath(folder, name), [object], unit.id, unit.seeded));
}

type NamedObject = readonly [name: string, object: unknown];

const CONFIGURATION = "kustomizeconfig.yaml";

function releaseFiles(release: Release, { pins }: Catalog): readonly NamedObject[] {
  const pin = pinOf(pins, release.chart);
  return [
    ["helmrelease.yaml", helmRelease(release, pin)],
    isOci(pin)
      ? ["ocirepository.yaml", ociRepository(release, pin)]
      : ["helmrepository.yaml", helmRepository(release, pin)],
    [CONFIGURATION, referenceToValues],
  ];
}

const isOci = ({ source }: Pin): boolean => source.startsWith("oci://");

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

const helmRelease = (release: Release, pin: Pin) => ({
  ...HELM_RELEASE,
  metadata: { name: release.name },
  spec: {
    ...(isOci(pin)
      ? { chartRef: { kind: OCI_REPOSITORY.kind, name: release.name } }
      : { chart: { spec: fromRepository(release, pin) } }),
    interval: "1h",
    valuesFrom: [{ kind: "ConfigMap", name: valuesName(release) }],
  },
});

/** Without `copy` the layer is unpacked and the helm-controller finds no chart (Flux documentation, OCIRepository, layerSelector). */
const ociRepository = ({ name }: Release, { source, version }: Pin) => ({
  ...OCI_REPOSITORY,
  metadata: { name },
  spec: {
    interval: "15m",
    layerSelector: { mediaType: "application/vnd.cncf.helm.chart.content.v1.tar+gzip", operation: "copy" },
    ref: { tag: version },
    url: source,
  },
});

/** An index of all charts of a repository is large and seldom new. */
const helmRepository = ({ name }: Release, { source }: Pin) => ({
  ...HELM_REPOSITORY,
  metadata: { name },
  spec: { interval: "12h", url: source },
});

function fromRepository({ name }: Release, { id, chart, version }: Pin) {
  if (chart === undefined) throw new Error(`pin ${id} names a chart repository and no chart in it`);
  return { chart, sourceRef: { kind: HELM_REPOSITORY.kind, name }, version };
}
