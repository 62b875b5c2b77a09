/** AppProjects: which repositories, namespaces and kinds without a namespace Applications of theirs may touch. */
import type { App, Catalog } from "../../model/component.ts";
import { isClusterWide } from "../../model/clusterWide.ts";
import { at } from "../../model/layout.ts";
import type { Plan } from "../../model/plan.ts";
import type { Mention } from "../../model/registration.ts";
import type { Tree } from "../../model/tree.ts";
import type { OrderedUnit } from "../../model/unit.ts";
import { createTree } from "../../tree/tree.ts";
import { objectFile } from "../objectFile.ts";
import { kindsOf } from "../sharedFiles.ts";
import { CLUSTER, ENGINE, ENGINE_NAMESPACE, FOLDER, KEEP, KINDS, PROJECT } from "./names.ts";
import { repositoriesOf } from "./sources.ts";
import { inWave, isOfUser, PROJECTS_WAVE } from "./waves.ts";

interface Allowed {
  readonly description: string;
  readonly repositories: readonly string[];
  readonly namespaces: readonly string[];
  /** `group/Kind`. */
  readonly clusterWide?: readonly string[];
  /** Every kind when absent. */
  readonly namespaced?: readonly string[];
}

export function projectFiles(plan: Plan, units: readonly OrderedUnit[], shared: Tree, catalog: Catalog): Tree {
  const [apps, network] = [units.filter((unit) => isOfUser(unit, plan)), units.filter((unit) => !isOfUser(unit, plan))];
  const projects: Readonly<Record<string, Allowed>> = {
    root: {
      description: "the Applications and projects of this repository, and nothing else",
      repositories: [plan.repository.url],
      namespaces: [ENGINE_NAMESPACE],
      namespaced: KINDS.map((kind) => `argoproj.io/${kind}`),
    },
    network: {
      description: "what the network is made of",
      repositories: repositoriesOf(network, plan, catalog),
      namespaces: [
        ENGINE_NAMESPACE,
        "kube-system",
        ...network.flatMap(({ namespace, release }) => [namespace, ...(release?.namespaces ?? [])]),
      ],
      clusterWide: ["/Namespace", ...network.flatMap((unit) => clusterWideKinds(unit, plan, shared))],
    },
    apps: {
      description: "what runs on it; gen add-app adds what an app needs",
      repositories: repositoriesOf(apps, plan, catalog),
      namespaces: apps.map(({ namespace }) => namespace),
    },
    // Argo CD makes it where nobody does, open to everything (Argo CD documentation, Projects).
    default: { description: "closed: everything here has a project of its own", repositories: [], namespaces: [] },
  };
  return createTree(
    Object.entries(projects).map(([name, allowed]) =>
      objectFile(fileOf(name, plan), [projectOf(name, allowed)], ENGINE),
    ),
  );
}

const fileOf = (name: string, plan: Plan) => at(plan, FOLDER, "projects", `${name}.yaml`);

const projectOf = (name: string, { description, repositories, namespaces, clusterWide = [], namespaced }: Allowed) => ({
  ...PROJECT,
  metadata: { name, namespace: ENGINE_NAMESPACE, annotations: { ...inWave(PROJECTS_WAVE), ...KEEP } },
  spec: {
    description,
    sourceRepos: repositories,
    destinations: [...new Set(namespaces)].sort().map(destination),
    clusterResourceWhitelist: [...new Set(clusterWide)].sort().map(kind),
    namespaceResourceWhitelist: namespaced?.map(kind),
  },
});

const destination = (namespace: string) => ({ namespace, server: CLUSTER });

function kind(text: string) {
  const cut = text.lastIndexOf("/");
  return { group: text.slice(0, cut), kind: text.slice(cut + 1) };
}

/** Of almost every chart. */
const OF_CHARTS = [
  "apiextensions.k8s.io/CustomResourceDefinition",
  "rbac.authorization.k8s.io/ClusterRole",
  "rbac.authorization.k8s.io/ClusterRoleBinding",
];

function clusterWideKinds(unit: OrderedUnit, plan: Plan, shared: Tree): readonly string[] {
  return [
    ...kindsOf(unit, plan, shared).filter((one) => isClusterWide(kind(one).kind, kind(one).group)),
    ...(unit.release === undefined ? [] : [...OF_CHARTS, ...(unit.release.clusterWide ?? [])]),
    ...(unit.remote === undefined ? [] : ["apiextensions.k8s.io/CustomResourceDefinition"]),
  ];
}

/** What the project of apps has to allow for one that comes later. */
export function mentions(app: App, plan: Plan, catalog: Catalog): readonly Mention[] {
  const at = { file: fileOf("apps", plan), object: { kind: PROJECT.kind, name: "apps" } };
  return [
    { ...at, list: ["spec", "destinations"], item: destination(app.namespace), by: "namespace" },
    ...repositoriesOf(app.units, plan, catalog).map((item) => ({ ...at, list: ["spec", "sourceRepos"], item })),
  ];
}
