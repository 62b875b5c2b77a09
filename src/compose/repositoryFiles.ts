/** The files around the network: what git, Renovate, editors and mise need to know about this repository. */
import type { Catalog, OrderedUnit, View } from "../model/component.ts";
import { at } from "../model/layout.ts";
import type { Plan } from "../model/plan.ts";
import type { RepoPath } from "../model/names.ts";
import { pinOf } from "../model/pins.ts";
import type { Tree } from "../model/tree.ts";
import { stateHousekeeping } from "../tree/stateFolder.ts";
import { createTree, type Entry } from "../tree/tree.ts";
import type { Extras } from "./extras.ts";
import { platformsOf } from "./inUse.ts";

interface RepositoryFile {
  readonly template: string;
  readonly path: string;
}

// The templates carry no leading dot: git would take theirs for its own.
const FILES: readonly RepositoryFile[] = [
  { template: "repository/gitignore", path: ".gitignore" },
  { template: "repository/gitattributes", path: ".gitattributes" },
  { template: "repository/editorconfig", path: ".editorconfig" },
  { template: "repository/renovaterc.json5", path: ".renovaterc.json5" },
  { template: "repository/mise.toml", path: ".mise/config.toml" },
];

export function repositoryFiles(
  plan: Plan,
  units: readonly OrderedUnit[],
  catalog: Catalog,
  { version }: Extras,
): Tree {
  const views: Readonly<Record<string, View>> = {
    ".renovaterc.json5": { groups: renovateGroups(plan, units, catalog) },
    ".mise/config.toml": { version, tools: toolPins(plan, catalog) },
  };
  return createTree([
    ...FILES.map(({ template, path }): Entry =>
      file(at(plan, path), catalog.templates.render(template, views[path] ?? {})),
    ),
    ...[...stateHousekeeping].map(([path, content]) => file(at(plan, path), content)),
  ]);
}

const file = (path: RepoPath, content: string): Entry => [path, { content, kept: "managed", by: "repository" }];

/** Pins of one component move together: its CRDs and its controller are one thing in two places. */
function renovateGroups(
  plan: Plan,
  units: readonly OrderedUnit[],
  { components, platforms, pins }: Catalog,
): readonly Group[] {
  const ofComponents = components
    .filter(({ id }) => plan.chosen.has(id))
    .map(({ id, pins: more = [] }) => {
      const own = units.filter(({ component }) => component === id);
      return {
        name: id,
        ids: [...own.flatMap(({ release, remote }) => [release?.chart ?? [], remote?.pin ?? []].flat()), ...more],
      };
    });
  const ofPlatforms = platforms
    .filter(({ id }) => id === plan.cluster.distribution || id === plan.cluster.hardware)
    .map(({ id, pins: own = [] }) => ({ name: id, ids: own }));
  return [...ofPlatforms, ...ofComponents]
    .map(({ name, ids }) => ({ name, packages: [...new Set(ids.map((id) => pinOf(pins, id).depName))] }))
    .filter(({ packages }) => packages.length > 0);
}

type Group = {
  readonly name: string;
  readonly packages: readonly string[];
};

/** Those of platforms in use, and those that belong to no platform. */
function toolPins(plan: Plan, catalog: Catalog): readonly { readonly name: string; readonly version: string }[] {
  const used = platformsOf(plan, catalog);
  const others = catalog.platforms.filter((platform) => !used.includes(platform));
  const needless = others.flatMap(({ pins = [] }) => pins).filter((id) => !used.some(({ pins }) => pins?.includes(id)));
  return [...catalog.pins.values()]
    .filter(({ id, kind }) => kind === "tool" && !needless.includes(id))
    .map(({ id, version }) => ({ name: id, version: version.replace(/^v/, "") }));
}
