/** The files around the network: what git, Renovate, editors and mise need to know about this repository. */
import type { Catalog } from "../model/component.ts";
import type { OrderedUnit, PinId, View } from "../model/unit.ts";
import { at } from "../model/layout.ts";
import { literally } from "../model/text.ts";
import type { Plan } from "../model/plan.ts";
import type { RepoPath } from "../model/names.ts";
import { pinOf } from "../model/pins.ts";
import type { Tree } from "../model/tree.ts";
import { stateHousekeeping } from "../tree/stateFolder.ts";
import { createTree, type Entry } from "../tree/tree.ts";
import { ciFiles } from "./ci.ts";
import type { Extras } from "./extras.ts";
import { componentsOf, engineOf, platformsOf, toolsOf } from "./inUse.ts";

/** Where git is told to look for hooks, below the folder of homelab.yaml. */
const HOOKS = ".githooks";
const HOOK = `${HOOKS}/pre-commit`;

/** As seen from the top of the repository. */
export const hooksPath = (plan: Plan): string => at(plan, HOOKS);

interface RepositoryFile {
  readonly template: string;
  readonly path: string;
  readonly executable?: true;
}

// The templates carry no leading dot: git would take theirs for its own.
const FILES: readonly RepositoryFile[] = [
  { template: "repository/_gitignore", path: ".gitignore" },
  { template: "repository/gitattributes", path: ".gitattributes" },
  { template: "repository/editorconfig", path: ".editorconfig" },
  { template: "repository/renovaterc.json5", path: ".renovaterc.json5" },
  { template: "repository/mise.toml", path: ".mise/config.toml" },
  { template: "repository/hooks/pre-commit.sh", path: HOOK, executable: true },
  { template: "repository/vscode/extensions.json", path: ".vscode/extensions.json" },
  { template: "repository/vscode/settings.json", path: ".vscode/settings.json" },
];

export function repositoryFiles(
  plan: Plan,
  units: readonly OrderedUnit[],
  catalog: Catalog,
  { version }: Extras,
): Tree {
  const workstations = platformsOf(plan, catalog).flatMap(({ workstation = [] }) => workstation);
  const views: Readonly<Record<string, View>> = {
    [HOOK]: { root: plan.root === "" ? null : plan.root },
    ".gitignore": { ignored: workstations.flatMap(({ ignored }) => ignored) },
    ".renovaterc.json5": {
      engine: engineOf(plan, catalog).renovate,
      groups: renovateGroups(plan, units, catalog),
      schemes: versionSchemes(plan),
      refused: refusedLines(plan),
      kubernetes: plan.cluster.kubernetes.pin?.depName ?? null,
    },
    ".mise/config.toml": {
      version,
      node: pinOf(catalog.pins, "node").version,
      tools: tools(plan, catalog),
      environment: workstations.flatMap(({ environment }) =>
        // mise puts the folder of the repository in place of this.
        Object.entries(environment).map(([name, path]) => ({ name, path: `{{config_root}}/${path}` })),
      ),
    },
  };
  return createTree([
    ...FILES.map(({ template, path, executable }): Entry => {
      const [place, made] = file(at(plan, path), catalog.templates.render(template, views[path] ?? {}));
      return [place, { ...made, ...(executable && { executable }) }];
    }),
    ...ciFiles(plan, catalog),
    ...[...stateHousekeeping].map(([path, content]) => file(at(plan, path), content)),
  ]);
}

const file = (path: RepoPath, content: string): Entry => [path, { content, kept: "managed", by: "repository" }];

/** Pins of one component move together: its CRDs and its controller are one thing in two places. */
function renovateGroups(plan: Plan, units: readonly OrderedUnit[], catalog: Catalog): readonly Group[] {
  const { pins } = catalog;
  const owners: readonly { readonly id: string; readonly ids: readonly PinId[] }[] = [
    ...platformsOf(plan, catalog).map(({ id, pins: own = [], kubernetes = [] }) => ({
      id,
      ids: [...own, ...kubernetes],
    })),
    ...componentsOf(plan, catalog).map(({ id, pins: own = [] }) => ({ id, ids: own })),
  ];
  return owners
    .map(({ id, ids }) => ({ name: id, packages: [...new Set(ids.map((id) => pinOf(pins, id).depName))] }))
    .filter(({ packages }) => packages.length > 0);
}

/** Of what is in use: packages whose versions Renovate has to be told how to read. */
const versionSchemes = ({ pins }: Plan): readonly View[] =>
  [...pins.values()].flatMap(({ depName, versioning }) => (versioning === undefined ? [] : [{ depName, versioning }]));

/** Renovate documentation, allowedVersions: a pattern with an exclamation mark before it is for what is not allowed. */
const refusedLines = ({ pins }: Plan): readonly View[] =>
  [...pins.values()].flatMap(({ depName, refused = [] }) =>
    refused.length === 0
      ? []
      : [
          {
            depName,
            because: refused.map(({ because, line }) => `${line}: ${because}`).join("; "),
            allowed: `!/^v?(${refused.map(({ line }) => literally(line)).join("|")})\\./`,
          },
        ],
  );

type Group = {
  readonly name: string;
  readonly packages: readonly string[];
};

const tools = (plan: Plan, catalog: Catalog): readonly View[] =>
  toolsOf(plan, catalog).map(({ id, version }) => ({ name: id, version: version.replace(/^v/, "") }));
